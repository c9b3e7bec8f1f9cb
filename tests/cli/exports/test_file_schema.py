"""Every Office file that leaves the office follows its schema, in each cut, marking and language."""

from __future__ import annotations

from pathlib import Path

import docx
import openpyxl
import pptx
import pytest

from ahtc_tui.cli.console.parser import CommandParser
from ahtc_tui.cli.exports.commands import register
from ahtc_tui.domain.export_kinds import EXPORT_KINDS
from ahtc_tui.services.exports import report_menu
from tests.cli.exports.conftest import CONVERTED_FORMATS, EXPORTS, FURTHER_FORMATS, Exports
from tests.office_files import find_schema_faults

OFFICE = "Office of the Wales Anti Human Trafficking Co-ordinator"
WELSH_OFFICE = "Swyddfa Cydgysylltydd Atal Masnachu mewn Pobl Cymru"
OFFICE_FILES = (".docx", ".pptx", ".xlsx")
OFFICIAL, SENSITIVE = "official", "official-sensitive"


def check_exports(folder: Path) -> None:
    """Fail for each place of an Office file in the folder that breaks the schema."""
    files = sorted(path for path in folder.rglob("*") if path.suffix in OFFICE_FILES)
    kinds = [variant for variants in EXPORTS.values() for variant in variants]
    assert len(files) >= sum(variant.endswith(OFFICE_FILES) for variant in kinds)
    assert [fault for path in files for fault in find_schema_faults(path)] == []


@pytest.mark.long
def test_every_document_and_workbook_follows_its_schema(exports: Exports) -> None:
    check_exports(exports("both", OFFICIAL))


@pytest.mark.long
@pytest.mark.parametrize(
    ("language", "marking"),
    [("en", OFFICIAL), ("cy", OFFICIAL), ("en", SENSITIVE), ("cy", SENSITIVE), ("both", SENSITIVE)],
)
def test_every_language_and_marking_follows_the_schema(exports: Exports, language: str, marking: str) -> None:
    check_exports(exports(language, marking))


def test_every_kind_of_export_is_checked() -> None:
    parser = CommandParser()
    register(parser, "export")
    kinds = next(action.choices for action in parser._actions if action.metavar == "KIND")
    assert set(kinds or ()) == set(EXPORTS) == set(EXPORT_KINDS)


def test_every_format_of_a_kind_is_written_by_a_check() -> None:
    converted = (".odt", ".pdf", ".ods", ".htm")
    tables = (EXPORTS, FURTHER_FORMATS, CONVERTED_FORMATS)
    for kind in EXPORT_KINDS.values():
        variants = [variant for table in tables for variant in table.get(kind.name, ())]
        missing = [ending for ending in kind.formats if not any(variant.endswith(ending) for variant in variants)]
        assert [ending for ending in missing if ending not in converted] == [], kind.name


def test_the_reports_menu_writes_every_kind_that_it_lists() -> None:
    listed = {kind.name for kind in EXPORT_KINDS.values() if kind.key}
    assert listed | {report_menu.BACKUP} == {*report_menu.FILE_MAKERS, *report_menu.DOCUMENT_MAKERS}


@pytest.mark.long
def test_the_check_finds_faults_of_word_and_excel(tmp_path: Path) -> None:
    page = docx.Document()
    cell = page.add_table(1, 1).cell(0, 0)
    cell._tc.remove(cell._tc.p_lst[0])
    page.save(str(tmp_path / "bad.docx"))
    assert "bad.docx: word/document.xml: a table cell does not end with a paragraph" in find_schema_faults(
        tmp_path / "bad.docx"
    )
    openpyxl.Workbook().save(tmp_path / "bare.xlsx")
    assert find_schema_faults(tmp_path / "bare.xlsx") == []


@pytest.mark.long
@pytest.mark.parametrize(
    ("language", "author"),
    [
        ("en", OFFICE),
        ("both", WELSH_OFFICE + " | " + OFFICE),
    ],
)
def test_the_author_of_every_document_and_workbook_is_the_office(exports: Exports, language: str, author: str) -> None:
    folder = exports(language, OFFICIAL)
    authors: dict[Path, set[str | None]] = {}
    for path in folder.rglob("*.docx"):
        properties = docx.Document(str(path)).core_properties
        authors[path] = {properties.author, properties.last_modified_by}
    for path in folder.rglob("*.pptx"):
        properties = pptx.Presentation(str(path)).core_properties
        authors[path] = {properties.author, properties.last_modified_by}
    for path in folder.rglob("*.xlsx"):
        book = openpyxl.load_workbook(path).properties
        authors[path] = {book.creator, book.lastModifiedBy}
    (note,) = (folder / "after").glob("2013-12-10 N*.docx")
    bilingual = authors.pop(note)
    assert bilingual == {f"{WELSH_OFFICE} | {OFFICE}"}
    assert authors
    assert {path.name: names for path, names in authors.items() if names != {author}} == {}
