"""Odd workbooks written again by LibreOffice, as xlsx, ods and xls: a second writer's habits, the same lines."""

from __future__ import annotations

import subprocess
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from ahtc_tui.domain.imports.sheets import Book
from ahtc_tui.domain.returns.readers import field_of
from ahtc_tui.formats.sheets.reader import read_book
from tests.clients.programs import program
from tests.formats.sheets.book_lines import cell_at, titles_of
from tests.formats.sheets.odd_books import ODD, Odd, saved

pytestmark = pytest.mark.clients

LEFT_OUT = (
    "formulas that nobody calculated",  # LibreOffice calculates them
    "a word in the last column, far below",  # it takes LibreOffice ten seconds to write
    "a space in the last cell of the sheet",  # the same
    "a format in the last cell of the sheet",  # the same
    "days since 1904",  # it writes dates since 1900
    "odd spaces and signs",  # an ods file keeps a tab as an element, which the reader of values leaves out
)
CHOSEN = [odd for odd in ODD if odd.trap not in LEFT_OUT]


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Odd, str], Path]:
    """The workbook of a trap in a format, all of them converted at once for each format."""
    soffice = program("soffice", "apt-get install libreoffice-calc")
    folder = tmp_path_factory.mktemp("odd")
    files = [str(saved(odd, folder / f"{number}.xlsx")) for number, odd in enumerate(CHOSEN)]
    profile = f"-env:UserInstallation=file://{folder}/profile"
    done: set[str] = set()

    def find(odd: Odd, kind: str) -> Path:
        if kind not in done:
            convert = [soffice, "--headless", profile, "--convert-to", kind, "--outdir", str(folder / kind), *files]
            subprocess.run(convert, check=True, capture_output=True, timeout=180)
            done.add(kind)
        return folder / kind / f"{CHOSEN.index(odd)}.{kind}"

    return find


def check(book: Book, odd: Odd) -> None:
    """The lines and cells of the trap are all there."""
    assert titles_of(book) == odd.titles, odd.trap
    assert {at: cell_at(book, at).value for at in odd.cells} == odd.cells, odd.trap


@pytest.mark.parametrize("kind", ["xlsx", "ods"])
def test_what_libreoffice_writes_gives_the_same_lines_and_looks(written: Callable[[Odd, str], Path], kind: str) -> None:
    for odd in CHOSEN:
        book = read_book(written(odd, kind), field_of)
        check(book, odd)
        assert odd.seen(book), odd.trap


def test_the_old_format_gives_the_same_lines_and_says_what_it_hides(written: Callable[[Odd, str], Path]) -> None:
    for odd in CHOSEN:
        book = read_book(written(odd, "xls"), field_of)
        check(book, odd)
        assert "cannot be seen" in book.warnings[0].reason


def test_a_workbook_with_macros_is_read_without_them(tmp_path: Path) -> None:
    macros = saved(CHOSEN[0], tmp_path / "log.xlsm")
    with zipfile.ZipFile(macros, "a") as packed:
        packed.writestr("xl/vbaProject.bin", b"\xd0\xcf\x11\xe0 Sub Auto_Open() End Sub")
    check(read_book(macros, field_of), CHOSEN[0])
