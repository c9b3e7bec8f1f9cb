"""LibreOffice writes the odd workbooks as xlsx, ods and xls, and the same lines are found."""

from __future__ import annotations

import subprocess
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from ahtc_tui.domain.imports.sheets import Book
from ahtc_tui.domain.returns.headings import resolve_heading
from ahtc_tui.formats.sheets.reader import read_book
from tests.clients.programs import find_program
from tests.formats.sheets.book_lines import find_cell, titles_by_ref
from tests.formats.sheets.odd_books import ODD_WORKBOOKS, OddWorkbook, save_workbook

pytestmark = pytest.mark.clients

EXCLUDED_TRAPS = (
    "formulas that nobody calculated",  # LibreOffice calculates them
    "a word in the last column, far below",  # it takes LibreOffice ten seconds to write
    "a space in the last cell of the sheet",  # the same
    "a format in the last cell of the sheet",  # the same
    "days since 1904",  # it writes dates since 1900
    "odd spaces and signs",  # an ods file keeps a tab as an element, which the reader of values leaves out
)
CONVERTED = [odd for odd in ODD_WORKBOOKS if odd.trap not in EXCLUDED_TRAPS]


@pytest.fixture(scope="module")
def convert_workbook(tmp_path_factory: pytest.TempPathFactory) -> Callable[[OddWorkbook, str], Path]:
    """Return the workbook of a trap in a format; all are converted together, once for each format."""
    soffice = find_program("soffice", "apt-get install libreoffice-calc")
    folder = tmp_path_factory.mktemp("odd")
    files = [str(save_workbook(odd, folder / f"{number}.xlsx")) for number, odd in enumerate(CONVERTED)]
    profile = f"-env:UserInstallation=file://{folder}/profile"
    converted: set[str] = set()

    def find_converted(odd: OddWorkbook, kind: str) -> Path:
        if kind not in converted:
            convert = [soffice, "--headless", profile, "--convert-to", kind, "--outdir", str(folder / kind), *files]
            subprocess.run(convert, check=True, capture_output=True, timeout=180)
            converted.add(kind)
        return folder / kind / f"{CONVERTED.index(odd)}.{kind}"

    return find_converted


def assert_contents(book: Book, odd: OddWorkbook) -> None:
    """Check that all lines and cells of the trap are found."""
    assert titles_by_ref(book) == odd.titles, odd.trap
    assert {at: find_cell(book, at).value for at in odd.cells} == odd.cells, odd.trap


@pytest.mark.long
@pytest.mark.parametrize("kind", ["xlsx", "ods"])
def test_files_of_libreoffice_give_the_same_lines(
    convert_workbook: Callable[[OddWorkbook, str], Path], kind: str
) -> None:
    for odd in CONVERTED:
        book = read_book(convert_workbook(odd, kind), resolve_heading)
        assert_contents(book, odd)
        assert odd.check(book), odd.trap


@pytest.mark.long
def test_xls_files_give_the_same_lines_with_a_warning(convert_workbook: Callable[[OddWorkbook, str], Path]) -> None:
    for odd in CONVERTED:
        book = read_book(convert_workbook(odd, "xls"), resolve_heading)
        assert_contents(book, odd)
        assert "cannot be seen" in book.warnings[0].reason


def test_a_workbook_with_macros_is_read_without_them(tmp_path: Path) -> None:
    macros = save_workbook(CONVERTED[0], tmp_path / "log.xlsm")
    with zipfile.ZipFile(macros, "a") as packed:
        packed.writestr("xl/vbaProject.bin", b"\xd0\xcf\x11\xe0 Sub Auto_Open() End Sub")
    assert_contents(read_book(macros, resolve_heading), CONVERTED[0])
