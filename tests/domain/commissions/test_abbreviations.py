"""An abbreviation of the register is written out where a paper first uses it, with the article of running text."""

from __future__ import annotations

from datetime import date

import pytest

from ahtc_tui.domain.commissions.abbreviations import Abbreviation, write_out
from ahtc_tui.domain.documents.office_paper import NumberedParagraph, OfficePaper, PaperPart, SourceNote
from ahtc_tui.domain.i18n import Language, use_language
from ahtc_tui.domain.welsh_names import WelshName

OFFICERS = Abbreviation("ACPO", "Association of Chief Police Officers", is_post=False)
POST = Abbreviation("AHTC", "Anti Human Trafficking Co-ordinator", is_post=True)
CROWN = Abbreviation("CPS", "Crown Prosecution Service", is_post=False)
SOCIETY = Abbreviation("SOLACE", "Society of Local Authority Chief Executives", is_post=False)
AGENCY = Abbreviation("NCA", "National Crime Agency", is_post=False)
PLACE = Abbreviation("Bawso", "Black Association of Women Step Out", is_post=False)
ALL = (OFFICERS, POST, CROWN, SOCIETY, AGENCY, PLACE)


def make_paper(*texts: str, heading: str = "Question") -> OfficePaper:
    paragraphs = tuple(NumberedParagraph(f"1.{number}", text=text) for number, text in enumerate(texts, 1))
    return OfficePaper("Paper", "", date(2014, 1, 31), (), (PaperPart(heading, paragraphs=paragraphs),))


def read_texts(paper: OfficePaper) -> list[str]:
    return [item.text for part in paper.parts for item in part.paragraphs]


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("ACPO launched it.", "The Association of Chief Police Officers (ACPO) launched it."),
        ("It was launched by ACPO.", "It was launched by the Association of Chief Police Officers (ACPO)."),
        ("The appointment of an AHTC.", "The appointment of an Anti Human Trafficking Co-ordinator (AHTC)."),
        ("The current AHTC spoke.", "The current Anti Human Trafficking Co-ordinator (AHTC) spoke."),
        ("An NCA officer spoke.", "A National Crime Agency (NCA) officer spoke."),
        ("The Wales ACPO Lead.", "The Wales Association of Chief Police Officers (ACPO) Lead."),
        ("the 2009 SOLACE report", "the 2009 Society of Local Authority Chief Executives (SOLACE) report"),
        ("Bawso spoke of ACPOS and LG-ACPO.", "Bawso spoke of ACPOS and LG-ACPO."),
    ],
)
def test_the_first_use_has_the_name_with_its_article(text: str, written: str) -> None:
    assert read_texts(write_out(make_paper(text), ALL)) == [written]


def test_the_abbreviation_stands_alone_after_its_first_use() -> None:
    paper = make_paper("The CPS leads.", "The Crown Prosecution Service (CPS) met the CPS.")
    assert read_texts(write_out(paper, ALL)) == [
        "The Crown Prosecution Service (CPS) leads.",
        "The Crown Prosecution Service met the CPS.",
    ]


def test_a_name_before_the_first_use_gets_the_abbreviation_only_where_the_paper_uses_it() -> None:
    named = "The Crown Prosecution Service leads."
    assert read_texts(write_out(make_paper(named, "The CPS met."), ALL)) == [
        "The Crown Prosecution Service (CPS) leads.",
        "The CPS met.",
    ]
    assert read_texts(write_out(make_paper(named), ALL)) == [named]


def test_what_the_first_question_writes_out_is_not_written_out_again() -> None:
    heading = "The role of the Anti Human Trafficking Co-ordinator (AHTC)"
    assert read_texts(write_out(make_paper("The AHTC leads.", heading=heading), ALL)) == ["The AHTC leads."]


def test_footnotes_stay_after_their_sentences() -> None:
    text = "It began. ACPO launched it. It goes on."
    notes = tuple(SourceNote(text.index(words) + len(words), ()) for words in ("began.", "launched it."))
    part = PaperPart("Question", paragraphs=(NumberedParagraph("1.1", text=text, sources=notes),))
    (changed,) = write_out(OfficePaper("Paper", "", date(2014, 1, 31), (), (part,)), ALL).parts[0].paragraphs
    assert [changed.text[: note.position].rsplit(" ", 1)[-1] for note in changed.sources] == ["began.", "it."]


def test_paragraphs_of_a_paper_as_it_was_sent_stay_as_they_are() -> None:
    paper = make_paper("ACPO launched it.", "ACPO leads it.")
    written = "The Association of Chief Police Officers (ACPO) leads it."
    assert read_texts(write_out(paper, ALL, kept={"1.1"})) == ["ACPO launched it.", written]


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("Lansiodd ACPO hyn.", "Lansiodd Cymdeithas Prif Swyddogion yr Heddlu (ACPO) hyn."),
        ("Mae hyn gan ACPO.", "Mae hyn gan Gymdeithas Prif Swyddogion yr Heddlu (ACPO)."),
        ("Mae'r NCA yn arwain.", "Mae'r Asiantaeth Troseddu Cenedlaethol (NCA) yn arwain."),
        ("Gwaith i NCA.", "Gwaith i'r Asiantaeth Troseddu Cenedlaethol (NCA)."),
        ("NCA sy'n arwain SOLACE.", "Yr Asiantaeth Troseddu Cenedlaethol (NCA) sy'n arwain SOLACE."),
    ],
)
def test_a_welsh_name_has_the_form_that_its_sentence_asks_for(text: str, written: str) -> None:
    officers = OFFICERS._replace(name=WelshName("Cymdeithas Prif Swyddogion yr Heddlu"))
    agency = AGENCY._replace(name=WelshName("Yr Asiantaeth Troseddu Cenedlaethol"))
    with use_language(Language.CY):
        assert read_texts(write_out(make_paper(text), (officers, agency, SOCIETY))) == [written]
