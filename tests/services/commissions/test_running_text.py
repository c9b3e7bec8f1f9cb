"""A commissioned paper is running text that names people, places and dates, with its sources as footnotes."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from ahtc_tui.domain.commissions.statements import WHOLE_SENTENCE, Statement, compose_text, format_when, join_phrases
from ahtc_tui.domain.dates.date_as_known import read_iso_date
from ahtc_tui.domain.i18n import Language, ngettext_noop, use_language
from ahtc_tui.domain.text.english_phrases import add_article, begins_with_verb, put_in_past
from ahtc_tui.services.commissions.paragraphs import add_paragraph, edit_paragraph
from ahtc_tui.services.exports.commission import export_commission
from ahtc_tui.services.workspace import Workspace
from tests.builders import make_action
from tests.services.commissions.test_commissions import SEED, draft_paragraph
from tests.services.documents.test_office_papers import read_word_text

SITS = ngettext_noop("{subjects} sits on {group}", "{subjects} sit on {group}")
PAPER = "CELG(4)-31-13 Paper 1, Human Trafficking (2013)"


@pytest.mark.long
def test_the_paper_names_people_places_and_dates(wales: Workspace, tmp_path: Path) -> None:
    text = read_word_text(export_commission(wales, SEED, tmp_path / "paper.docx").file)
    for words in (
        "Stephen Chapman took up post as the Anti Human Trafficking Co-ordinator in November 2012.",
        "Joyce Watson AM chairs the Cross Party Group on Human Trafficking.",
        "took place on 18 October 2013, at Glyndŵr University, Wrexham, to mark Anti Slavery Day.",
        "Lesley Griffiths AM gave the keynote address.",
        "Shaun Sawyer is the Chief Constable of Devon and Cornwall Police",
        "Jeff Farrar is the Chief Constable of Gwent Police",
        "takes place at the Hydra Centre, South Wales Police HQ",
        "(due by the end of 2013)",
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
    assert f"{PAPER}, paragraph 2.13." in notes.values()
    assert f"{PAPER}, paragraphs 1.1 and 2.2." in notes.values()
    assert (f"{PAPER}, paragraff 2.13." in notes.values()) == (language is Language.BOTH)


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


def test_text_of_a_person_keeps_the_sources_of_its_records(wales: Workspace, tmp_path: Path) -> None:
    edit_paragraph(wales, SEED, "2.9", draft_paragraph(text="Four of the six fora meet."))
    text = export_commission(wales, SEED, tmp_path / "paper.md").file.read_text(encoding="utf-8")
    assert re.search(r"Regional fora\.\*\* Four of the six fora meet\.\[\^en-\d+\]\n", text)


def test_sentences_that_differ_in_the_subject_are_joined_with_one_note() -> None:
    values = (("group", "the forum"),)
    first, second = (Statement(SITS, name, values, "Paragraph 2.9, Paper 1") for name in ("Bawso", "Gwent Police"))
    other = Statement(SITS, "New Pathways", (("group", "the board"),), "Paragraphs 2.9 and 3.1, Paper 1")
    running = compose_text([first, other, second])
    assert running.text == "Bawso and Gwent Police sit on the forum. New Pathways sits on the board."
    assert [(running.text[: note.position][-6:], note.text) for note in running.notes] == [
        ("forum.", "Paper 1, paragraph 2.9."),
        ("board.", "Paper 1, paragraphs 2.9 and 3.1."),
    ]


def test_a_name_that_another_sentence_has_is_not_listed_again() -> None:
    named = Statement(SITS, "the Home Office", (("group", "the board"),))
    mentions = [Statement(SITS, name, (), only_name=name) for name in ("Home Office", "Bawso")]
    running = compose_text([Statement(WHOLE_SENTENCE, "Bawso reports.", most=1), *mentions[:1], named])
    assert running.text == "Bawso reports. The Home Office sits on the board."


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
