"""A commissioned paper is running text that names people, places and dates, with its sources as footnotes."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from ahtc_tui.domain.commissions.statements import (
    WHOLE_SENTENCE,
    Statement,
    compose_text,
    format_when,
    join_phrases,
    select_statements,
)
from ahtc_tui.domain.dates.date_as_known import read_iso_date
from ahtc_tui.domain.drafts.meetings import build_meeting_draft
from ahtc_tui.domain.i18n import Language, ngettext_noop, use_language
from ahtc_tui.domain.text.english_phrases import (
    add_article,
    begins_with_verb,
    format_headline,
    is_plural,
    put_in_past,
    split_passive,
)
from ahtc_tui.services.actions.service import edit_action
from ahtc_tui.services.commissions.paragraphs import add_paragraph, edit_paragraph
from ahtc_tui.services.commissions.service import show_commission
from ahtc_tui.services.exports.commission import export_commission
from ahtc_tui.services.groups.service import edit_group
from ahtc_tui.services.meetings.service import add_meeting
from ahtc_tui.services.workspace import Workspace
from tests.builders import make_action, make_action_draft, set_clock
from tests.services.commissions.test_commissions import SEED, draft_paragraph, remove_wordings
from tests.services.documents.test_office_papers import read_word_text
from tests.services.groups.test_group_writing import make_group_draft

SITS = ngettext_noop("{subjects} sits on {group}", "{subjects} sit on {group}")
PAPER = "CELG(4)-31-13 Paper 1, Human Trafficking (2013)"


@pytest.fixture
def wales(wales: Workspace) -> Workspace:
    """The 2013 data without the wordings of its paper, so that each paragraph is composed from its records."""
    remove_wordings(wales)
    return wales


@pytest.mark.long
def test_the_paper_names_people_places_and_dates(wales: Workspace, tmp_path: Path) -> None:
    text = read_word_text(export_commission(wales, SEED, tmp_path / "paper.docx").file)
    for words in (
        "Stephen Chapman is the second Anti Human Trafficking Co-ordinator and took up post in November 2012.",
        "The post of Anti Human Trafficking Co-ordinator has been in existence since 4 April 2011.",
        "Joyce Watson AM chairs the Cross Party Group on Human Trafficking.",
        "took place on 18 October 2013 at Glyndŵr University, Wrexham, to mark Anti Slavery Day.",
        "Lesley Griffiths AM, Minister for Local Government and Government Business, gave the keynote address.",
        "Shaun Sawyer is the Chief Constable of Devon and Cornwall Police",
        "Jeff Farrar is the Chief Constable of Gwent Police",
        "takes place at the Hydra Centre, South Wales Police HQ",
        "which is due by the end of 2013",
        "The Violence Against Women and Domestic Abuse Team is part of the Community Safety Division.",
    ):
        assert words in text


def test_every_question_is_answered_in_paragraphs_without_lists(wales: Workspace, tmp_path: Path) -> None:
    import docx

    page = docx.Document(str(export_commission(wales, SEED, tmp_path / "paper.docx").file))
    numbered = [paragraph.text for paragraph in page.paragraphs if paragraph.style and paragraph.style.name == "Minute"]
    assert len(numbered) == 30
    assert all(re.search(r"[.’]$", text) for text in numbered), numbered
    assert not [paragraph for paragraph in page.paragraphs if paragraph.style and "List" in paragraph.style.name]


def read_footnotes(path: Path) -> tuple[list[str], dict[str, str]]:
    """Return the numbers of the references in a Word file, and the texts of its footnotes by number."""
    import docx
    from docx.opc.constants import RELATIONSHIP_TYPE
    from docx.oxml import parse_xml
    from docx.oxml.ns import qn

    page = docx.Document(str(path))
    references = [element.get(qn("w:id")) for element in page.element.body.iter(qn("w:footnoteReference"))]
    (part,) = [
        relation.target_part for relation in page.part.rels.values() if relation.reltype == RELATIONSHIP_TYPE.FOOTNOTES
    ]
    notes = {
        note.get(qn("w:id")): "".join(text.text or "" for text in note.iter(qn("w:t"))).strip()
        for note in parse_xml(part.blob).iter(qn("w:footnote"))
        if not note.get(qn("w:type"))
    }
    return references, notes


@pytest.mark.sample(2)
@pytest.mark.parametrize("language", [Language.EN, Language.BOTH])
def test_sources_are_word_footnotes_in_the_order_of_the_text(
    wales: Workspace, tmp_path: Path, language: Language
) -> None:
    with use_language(language):
        references, notes = read_footnotes(export_commission(wales, SEED, tmp_path / "paper.docx", force=True).file)
    assert references == list(notes)
    assert "CELG(4)-31-13 Paper 1, paragraph 2.13." in notes.values()
    assert f"{PAPER}, paragraphs 1.1 and 2.2." in notes.values()
    assert ("CELG(4)-31-13 Paper 1, paragraff 2.13." in notes.values()) == (language is Language.BOTH)


def test_markdown_has_the_same_footnotes(wales: Workspace, tmp_path: Path) -> None:
    text = export_commission(wales, SEED, tmp_path / "paper.md").file.read_text(encoding="utf-8")
    references = re.findall(r"\[\^(en-\d+)\](?!:)", text)
    assert references == re.findall(r"^\[\^(en-\d+)\]:", text, re.MULTILINE)
    assert len(references) == len(set(references)) >= 30


@pytest.mark.long
def test_an_action_without_a_source_cites_its_meeting_and_not_its_reference(wales: Workspace, tmp_path: Path) -> None:
    ref = make_action(wales, "Brief the four forces", meeting="ukhtc-visit-2013-06").ref
    add_paragraph(wales, SEED, 4, draft_paragraph(), [ref])
    _references, notes = read_footnotes(export_commission(wales, SEED, tmp_path / "paper.docx").file)
    assert "Visit to the UK Human Trafficking Centre, June 2013." in notes.values()
    assert not [note for note in notes.values() if "ukhtc-visit" in note]


def test_text_of_a_person_has_no_footnote_of_its_records(wales: Workspace, tmp_path: Path) -> None:
    edit_paragraph(wales, SEED, "2.9", draft_paragraph(text="Four of the six fora meet."))
    text = export_commission(wales, SEED, tmp_path / "paper.md").file.read_text(encoding="utf-8")
    assert "2.9 **Regional fora.** Four of the six fora meet.\n" in text


def write_paragraphs(workspace: Workspace, folder: Path) -> dict[str, str]:
    """Return the paragraphs of the 2013 paper with their footnotes in brackets, by number."""
    text = export_commission(workspace, SEED, folder / "paper.md", force=True).file.read_text(encoding="utf-8")
    notes = dict(re.findall(r"^\[\^(en-\d+)\]: (.*)$", text, re.MULTILINE))
    cited = re.sub(r"\[\^(en-\d+)\](?!:)", lambda match: f" [{notes[match[1]]}]", text)
    return dict(re.findall(r"^(\d\.\d+) (.*)$", cited, re.MULTILINE))


def test_a_list_of_partners_names_all_that_are_recorded(wales: Workspace, tmp_path: Path) -> None:
    paragraphs = write_paragraphs(wales, tmp_path)
    members = "the National Crime Agency, Home Office Immigration, the Gangmasters Licensing Authority, the police"
    assert f"Its members include {members}" in paragraphs["2.11"]
    assert "the Scotland Office, the Scottish Government, the Northern Ireland Executive" in paragraphs["3.1"]
    assert not [text for text in paragraphs.values() if "partners in this work are" in text]


def test_a_record_serves_every_paragraph_that_a_fact_of_it_names(wales: Workspace, tmp_path: Path) -> None:
    paragraphs = write_paragraphs(wales, tmp_path)
    assert "the Inter-Departmental Ministerial Group" in paragraphs["2.3"]
    stated = [number for number, text in paragraphs.items() if "Competent Authorit" in text]
    assert stated == ["2.4"]  # not where the two bodies are named for something else
    assert "The Minister for Security chairs the Inter-Departmental Ministerial Group" in paragraphs["3.1"]
    assert "police, health boards and relevant Welsh Government departments are represented on" in paragraphs["3.6"]


def test_a_fact_cites_its_own_source(wales: Workspace, tmp_path: Path) -> None:
    paragraphs = write_paragraphs(wales, tmp_path)
    venue, rest = paragraphs["2.16"].split("] ", 1)
    assert "Glyndŵr University" in venue
    assert venue.endswith("paragraph 2.16. Report of the conference on the website Welsh Icons.")
    assert "Welsh Icons" not in rest


def test_a_fact_that_a_person_entered_later_has_no_footnote(wales: Workspace, tmp_path: Path) -> None:
    edit_group(wales, "leadership-group", make_group_draft(chair="Lesley Griffiths"))
    edit_action(wales, "DP-27", make_action_draft(status="on_hold"))
    paragraphs = write_paragraphs(wales, tmp_path)
    assert paragraphs["2.2"].endswith("] Lesley Griffiths AM chairs the Wales Anti Human Trafficking Leadership Group.")
    reviewed, on_hold = paragraphs["2.13"].split("] ")
    assert reviewed.startswith("The Welsh Government web-pages on human trafficking have been reviewed")
    assert on_hold == "Work to keep the web-pages relevant and up to date is on hold."


def test_a_document_is_cited_in_full_once(wales: Workspace, tmp_path: Path) -> None:
    notes = re.findall(r"\[([^\]]*)\]", " ".join(write_paragraphs(wales, tmp_path).values()))
    assert notes[0] == f"{PAPER}, paragraphs 1.1 and 2.2."
    assert not [note for note in notes[1:] if PAPER in note]
    assert "CELG(4)-31-13 Paper 1, paragraph 1.2." in notes


def test_a_plan_whose_day_is_past_is_not_printed_as_a_plan(wales: Workspace, tmp_path: Path) -> None:
    later = replace(wales, today=lambda: date(2015, 1, 1))
    paragraphs = write_paragraphs(later, tmp_path)
    assert "which was due by the end of 2013" in paragraphs["2.6"]
    when = "in the New Year (January 2014 to March 2014)"
    assert f"The findings of the services review were to be published {when}." in paragraphs["2.6"]


def test_a_number_of_a_document_is_printed_where_its_source_can_be_cited(wales: Workspace, tmp_path: Path) -> None:
    paragraphs = write_paragraphs(wales, tmp_path)
    assert re.search(r"\(Cm 8421\) on 18 October 2012\. \[[^]]*Electronic Immigration Network", paragraphs["2.3"])
    assert "GRETA(2012)6" not in paragraphs["5.1"]


def test_sentences_that_differ_in_the_subject_are_joined_with_one_note() -> None:
    values = (("group", "the forum"),)
    first, second = (Statement(SITS, name, values, ("Paragraph 2.9, Paper 1",)) for name in ("Bawso", "Gwent Police"))
    other = Statement(SITS, "New Pathways", (("group", "the board"),), ("Paragraphs 2.9 and 3.1, Paper 1",))
    running = compose_text([first, other, second])
    assert running.text == "Bawso and Gwent Police sit on the forum. New Pathways sits on the board."
    assert [(running.text[: note.position][-6:], note.text) for note in running.notes] == [
        ("forum.", "Paper 1, paragraph 2.9."),
        ("board.", "Paper 1, paragraphs 2.9 and 3.1."),
    ]


def test_places_that_other_sentences_name_are_not_listed_again() -> None:
    named = Statement(SITS, "the Home Office", (("group", "the board"),))
    listed = [Statement(SITS, name, names=(name,)) for name in ("Home Office", "Bawso")]
    assert select_statements([named, *listed]) == [named, listed[1]]


def test_what_another_sentence_states_is_left_out() -> None:
    action = Statement(WHOLE_SENTENCE, "A forum was set up.", most=1, unless=frozenset({"state:1"}))
    state = Statement(WHOLE_SENTENCE, "The forum has been established.", most=1, states=frozenset({"state:1"}))
    assert select_statements([action, state]) == [state]
    assert select_statements([action]) == [action]


def test_sentences_about_one_record_stay_together_and_no_footnote_follows_one_without_a_source() -> None:
    source = ("Paragraph 2.9, Paper 1",)
    partners = Statement(WHOLE_SENTENCE, "Bawso is involved in this work.", sources=source, most=1, about="a")
    work = Statement(SITS, "Gwent Police", (("group", "the board"),), about="a")
    other = Statement(SITS, "New Pathways", (("group", "the board"),), source)
    running = compose_text(select_statements([work, partners, other]))
    assert running.text == (
        "New Pathways sits on the board. Gwent Police sits on the board. Bawso is involved in this work."
    )
    assert [running.text[: note.position] for note in running.notes] == ["New Pathways sits on the board."]


def test_work_under_way_has_its_day_in_a_sentence_of_its_own(wales: Workspace, tmp_path: Path) -> None:
    work = {"status": "in_progress", "due": "2014-01-17", "partner_text": "Police", "lead": "Bawso"}
    ref = make_action(wales, "Agree a protocol", **work).ref
    add_paragraph(wales, SEED, 4, draft_paragraph(), [ref])
    sentences = "Bawso is working to agree a protocol. This work {} by 17 January 2014. The police are involved"
    for day, verb in (("2013-12-31", "is due"), ("2014-02-01", "was due")):
        paper = export_commission(set_clock(wales, day), SEED, tmp_path / f"{day}.md").file.read_text(encoding="utf-8")
        assert sentences.format(verb) in paper


def test_meetings_of_one_group_in_one_place_share_a_sentence(wales: Workspace, tmp_path: Path) -> None:
    refs = []
    for day in ("2013-06-12", "2013-09-11"):
        draft = build_meeting_draft(
            {"group": "LG", "starts": f"{day} 10:00", "place": "Newport", "state": "held"}, wales.today()
        )
        refs.append(add_meeting(wales, draft).ref)
    add_paragraph(wales, SEED, 4, draft_paragraph(), refs)
    group = {Language.EN: "met on 12 June 2013 and on 11 September 2013 in Newport."}
    group[Language.CY] = "ar 12 Mehefin 2013 ac ar 11 Medi 2013 yng Nghasnewydd."
    for language, words in group.items():
        with use_language(language):
            paper = export_commission(wales, SEED, tmp_path / f"{language}.md").file.read_text(encoding="utf-8")
        assert words in paper


def test_a_composed_paragraph_of_the_paper_itself_writes_out_its_abbreviations(
    wales: Workspace, tmp_path: Path
) -> None:
    paragraphs = write_paragraphs(wales, tmp_path)
    assert "The Association of Chief Police Officers (ACPO) has recognised it as good practice" in paragraphs["2.10"]
    assert paragraphs["2.12"].startswith("ACPO launched Operation Eagle")


def test_a_coming_meeting_is_to_meet_at_its_venue(wales: Workspace, tmp_path: Path) -> None:
    draft = build_meeting_draft({"group": "LG", "starts": "2014-02-11 10:00", "venue": "Tŷ Hywel"}, wales.today())
    add_paragraph(wales, SEED, 4, draft_paragraph(), [add_meeting(wales, draft).ref])
    paper = export_commission(wales, SEED, tmp_path / "paper.md").file.read_text(encoding="utf-8")
    assert "The Wales Anti Human Trafficking Leadership Group is to meet on 11 February 2014 at Tŷ Hywel." in paper


def test_a_member_of_the_assembly_has_welsh_letters_in_a_welsh_paper(wales: Workspace, tmp_path: Path) -> None:
    with use_language(Language.CY):
        paper = export_commission(wales, SEED, tmp_path / "papur.md").file.read_text(encoding="utf-8")
    assert "Lesley Griffiths AC" in paper
    assert "Joyce Watson AC" in paper
    assert not re.search(r"(?:Griffiths|Watson) AM", paper)


@pytest.mark.parametrize(
    ("headline", "sentence"),
    [
        ("ACPO launches Operation Eagle", "ACPO launched Operation Eagle"),
        ("National Referral Mechanism introduced", "The National Referral Mechanism was introduced"),
        ("Round table on training", None),
    ],
)
def test_headlines_become_sentences(headline: str, sentence: str | None) -> None:
    assert format_headline(headline) == sentence


@pytest.mark.parametrize(
    ("title", "parts"),
    [
        ("Set up a group for Gwent", ("a group for Gwent", "set up")),
        ("Review and update the web-pages", ("the web-pages", "reviewed and updated")),
        ("Take part in the group", None),
        ("Work with partners", None),
    ],
)
def test_only_objects_become_subjects(title: str, parts: tuple[str, str] | None) -> None:
    assert split_passive(title) == parts


@pytest.mark.parametrize(
    ("subjects", "text"),
    [
        (("a forum for Gwent", "a forum for Powys"), "A forum for Gwent and a forum for Powys sit on the board."),
        (("the leads for Gwent", "the leads for Powys"), "The leads for Gwent and Powys sit on the board."),
    ],
)
def test_things_in_the_singular_are_named_one_by_one(subjects: tuple[str, ...], text: str) -> None:
    group = (("group", "the board"),)
    assert compose_text(Statement(SITS, subject, group) for subject in subjects).text == text


def test_a_class_of_partners_is_no_name(wales: Workspace, tmp_path: Path) -> None:
    ref = make_action(wales, "Agree a protocol", lead="Bawso", partner_text="Police").ref
    add_paragraph(wales, SEED, 4, draft_paragraph(), [ref])
    paper = export_commission(wales, SEED, tmp_path / "paper.md").file.read_text(encoding="utf-8")
    assert "Bawso plans to agree a protocol. The police are involved in this work." in paper


def test_a_later_name_of_an_area_is_no_change_of_a_paragraph(wales: Workspace) -> None:
    for day in ("2013-12-31", "2030-01-01"):
        assert not show_commission(set_clock(wales, day), SEED).stale_paragraphs


def test_number_of_a_phrase_is_that_of_its_first_noun() -> None:
    assert [phrase for phrase in ("the findings of the review", "leads in every force", "people") if is_plural(phrase)]
    assert not any(
        is_plural(phrase) for phrase in ("a forum for leads", "the review of services", "each of the boards")
    )


@pytest.mark.parametrize(
    ("title", "past"),
    [
        ("Establish the Cardiff forum", "established the Cardiff forum"),
        ("Review and update the web-pages", "reviewed and updated the web-pages"),
        ("Bring together the leads", "brought together the leads"),
        ("Identify secondary data sets", "identified secondary data sets"),
        ("Take part in the group", "took part in the group"),
        ("Set up a group for Gwent", "set up a group for Gwent"),
    ],
)
def test_titles_that_begin_with_a_verb_are_put_in_the_past(title: str, past: str) -> None:
    assert begins_with_verb(title)
    assert put_in_past(title) == past


@pytest.mark.parametrize("title", ["Review of services: report", "Operation Eagle: improve the response", "Training"])
def test_other_titles_are_quoted(title: str) -> None:
    assert not begins_with_verb(title)


@pytest.mark.parametrize(
    ("name", "in_text"),
    [
        ("Chief Constable, Gwent Police", "the Chief Constable of Gwent Police"),
        ("Single Point of Contact, Gwent Police", "the Single Point of Contact of Gwent Police"),
        ("Hydra Centre, South Wales Police HQ", "the Hydra Centre, South Wales Police HQ"),
        ("Council of Europe", "the Council of Europe"),
        ("University of Central Lancashire", "the University of Central Lancashire"),
        ("Joint Investigation Teams initiative", "the Joint Investigation Teams initiative"),
        ("Cardiff Council", "Cardiff Council"),
        ("Bawso", "Bawso"),
        ("Lesley Griffiths", "Lesley Griffiths"),
    ],
)
def test_names_have_the_article_of_running_text(name: str, in_text: str) -> None:
    assert add_article(name) == in_text


def test_days_have_their_preposition() -> None:
    days = [read_iso_date(text) for text in ("2013-10-18", "2013-03", "2013")]
    assert [format_when(day) for day in days] == ["on 18 October 2013", "in March 2013", "in 2013"]
    with use_language(Language.CY):
        assert [format_when(day) for day in days] == ["ar 18 Hydref 2013", "ym mis Mawrth 2013", "yn 2013"]


def test_phrases_with_commas_are_separated_by_semicolons() -> None:
    assert join_phrases(["A", "B", "C"]) == "A, B and C"
    assert join_phrases(["A, of B", "C"]) == "A, of B; and C"
    assert join_phrases(["‘A, of B’", "‘C’"]) == "‘A, of B’ and ‘C’"
