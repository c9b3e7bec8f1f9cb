"""Bilingual files: the Welsh file followed by the English one, and no sentence in which a line or slash joins both."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from email import policy
from email.parser import BytesParser
from html import unescape
from pathlib import Path
from typing import Any

import pytest

from ahtc_tui.domain.documents.translation import translate_names
from ahtc_tui.services.workspace import Workspace
from tests.services.documents.test_file_languages import export_file

PAPERS = {
    "brief idmg": "brief",
    "handover ahtc": "handover",
    "paper celg-4-31-13 --force": "paper",
    "since": "since",
    "agenda LG-2014-01": "agenda",
    "minutes LG-2013-01": "minutes",
}
WORKBOOKS = {
    "actions": "log",
    "returns": "returns",
    "plan": "plan",
    "matrix": "matrix",
    "evidence": "evidence",
    "attendance": "attendance",
    "decisions": "decisions",
    "contacts": "contacts",
}
BETWEEN_LANGUAGES = re.compile(r"(?<![0-9]) [/|] ")
MOST_JOINED_WORDS = 5
"""Number of words of the Welsh of a label that a line may join with its English in a cell of a table."""


def read_word_lines(path: Path) -> list[str]:
    import docx
    from docx.oxml.ns import qn

    body = docx.Document(str(path)).element.body
    lines = ("".join(text.text or "" for text in line.iter(qn("w:t"))) for line in body.iter(qn("w:p")))
    return [line for line in lines if line]


def read_workbook_texts(path: Path) -> Iterator[str]:
    with zipfile.ZipFile(path) as archive:
        for name in archive.namelist():
            if name.endswith(".xml"):
                text = archive.read(name).decode("utf-8")
                for part in re.findall(r"<(?:t|a:t|oddHeader|oddFooter)(?: [^>]*)?>([^<]*)<", text):
                    yield from re.split(r"&[LCR]", unescape(part))
                yield from map(unescape, re.findall(r'(?:prompt|error|name)="([^"]*)"', text))


@pytest.mark.sample(6)
@pytest.mark.parametrize("kind", PAPERS)
def test_bilingual_paper_is_the_welsh_one_and_then_the_english_one(office: Workspace, kind: str) -> None:
    name = PAPERS[kind]
    for ending in (".docx", ".md"):
        files = {each: export_file(office, each, kind, f"{name}-{each}{ending}") for each in ("cy", "en", "both")}
        lines = {
            each: read_word_lines(path) if ending == ".docx" else path.read_text(encoding="utf-8").split("\n\n")
            for each, path in files.items()
        }
        joined = [*lines["cy"], *lines["en"]]
        assert [line.rstrip() for line in lines["both"]] == [line.rstrip() for line in joined]


def find_joined_sentences(texts: Iterator[str]) -> set[str]:
    """Return the texts in which a line or slash joins more than a label with its translation."""
    parts = ((text, BETWEEN_LANGUAGES.split(text)) for text in texts)
    return {
        text
        for text, halves in parts
        if len(halves) > 1 and max(len(half.split()) for half in halves) > MOST_JOINED_WORDS
    }


@pytest.mark.sample(4)
@pytest.mark.parametrize("kind", WORKBOOKS)
def test_no_sentence_of_a_bilingual_workbook_is_joined_on_one_line(office: Workspace, kind: str) -> None:
    name = WORKBOOKS[kind]
    target = export_file(office, "both", kind, name if kind == "returns" else f"{name}.xlsx")
    for path in target.glob("*.xlsx") if target.is_dir() else [target]:
        assert find_joined_sentences(read_workbook_texts(path)) == set()


def test_a_joined_sentence_is_detected() -> None:
    assert find_joined_sentences(iter(["Statws | Status", "ar 31 Rhagfyr 2013"])) == set()
    sentence = "Cyflawn: wedi'i gyflawni a'i gau gan y Grŵp | Complete: delivered and closed by the Group"
    assert find_joined_sentences(iter([sentence])) == {sentence}


def test_no_heading_of_a_bilingual_workbook_is_clipped(office: Workspace) -> None:
    """Each line of a heading needs 12.75 points, and no word is wider than its column."""
    import openpyxl

    for kind in ("actions", "contacts"):
        sheet: Any = openpyxl.load_workbook(export_file(office, "both", kind, f"{kind}.xlsx")).worksheets[0]
        height = sheet.row_dimensions[3].height
        for cell in sheet[3]:
            assert cell.alignment.wrap_text
            assert height >= 12.75 * (str(cell.value).count("\n") + 1)
            width = sheet.column_dimensions[cell.column_letter].width
            assert max(map(len, str(cell.value).split())) <= width + 1
        assert sheet["A3"].value == "Cyf\nRef"


def test_bilingual_mail_has_a_welsh_letter_and_then_an_english_one(office: Workspace) -> None:
    folder = export_file(office, "both", "invites --meeting LG-2014-01 --method request", "drafts")
    draft = next(folder.glob("*.eml"))
    message = BytesParser(policy=policy.default).parsebytes(draft.read_bytes())
    body = message.get_body(("plain",))
    assert body is not None
    welsh, english = body.get_content().split("* * *")
    assert (welsh.count("Croeso"), english.count("Welcome")) == (1, 1)
    assert "Welcome" not in welsh
    subject = str(message["Subject"])
    assert re.fullmatch(r"SWYDDOGOL: [^|]*, 21 Ionawr 2014 \| OFFICIAL: [^|]*, 21 January 2014", subject)


def test_welsh_sheets_have_the_welsh_names_of_areas_and_bodies(office: Workspace) -> None:
    texts = set(read_workbook_texts(export_file(office, "both", "matrix", "names.xlsx")))
    assert {"Ynys Môn", "Isle of Anglesey", "Heddlu Gwent", "Gwent Police"} <= texts
    welsh = set(read_workbook_texts(export_file(office, "cy", "matrix", "cy.xlsx")))
    assert {"Isle of Anglesey", "Gwent Police"} & welsh == set()


def test_names_are_translated_alone_and_in_lists_only() -> None:
    names = {"Gwent Police": "Heddlu Gwent"}
    assert translate_names(("Gwent Police", "Bawso; Gwent Police", 3), names) == (
        "Heddlu Gwent",
        "Bawso; Heddlu Gwent",
        3,
    )
    assert translate_names("Brief Gwent Police", names) == "Brief Gwent Police"
