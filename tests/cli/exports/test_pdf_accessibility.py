"""PDF files meet the conditions of the Matterhorn Protocol that a program can test without a validator of PDF/UA."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfWriter
from pypdf.generic import BooleanObject, NameObject

from ahtc_tui.cli.main import run
from tests.cli.exports.conftest import CONVERTED_FORMATS, RECORDS
from tests.clients.matterhorn import FAILURES, find_failures
from tests.clients.programs import find_program
from tests.conftest import Worlds

pytestmark = pytest.mark.clients
ROOT = Path(__file__).parents[3]
VARIANTS = {
    kind: [variant for variant in variants if variant.endswith(".pdf") and "published" not in variant]
    for kind, variants in CONVERTED_FORMATS.items()
}


@pytest.fixture(scope="module")
def desk(world: Worlds, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, ...]:
    """The global options of a workspace with a minuted meeting."""
    find_program("soffice", "apt-get install libreoffice-writer")
    office = tmp_path_factory.mktemp("pdf") / "office"
    shutil.copytree(world("wales"), office)
    options = ("--workspace", str(office), "--as-at", "2013-12-31", "--quiet")
    for record in RECORDS:
        assert run([*options, *(word.replace("_", " ") for word in record.split())]) in (0, 1), record
    return options


def write_pdf(desk: tuple[str, ...], folder: Path, kind: str, variant: str, language: str) -> Path:
    *words, out = variant.split()
    assert run([*desk, "--lang", language, "export", kind, *words, str(folder / out), "--force"]) in (0, 1)
    return folder / out


@pytest.mark.sample(9)
@pytest.mark.parametrize("language", ["en", "cy", "both"])
@pytest.mark.parametrize("kind", [kind for kind, variants in VARIANTS.items() if variants])
def test_a_pdf_file_fails_no_condition(desk: tuple[str, ...], tmp_path: Path, kind: str, language: str) -> None:
    for variant in VARIANTS[kind]:
        assert find_failures(write_pdf(desk, tmp_path, kind, variant, language)) == [], variant


def _hide_title(root: Any) -> None:
    root["/ViewerPreferences"][NameObject("/DisplayDocTitle")] = BooleanObject(False)


def _suspect_tags(root: Any) -> None:
    root["/MarkInfo"][NameObject("/Suspects")] = BooleanObject(True)


def _rename_paragraphs(root: Any) -> None:
    root["/StructTreeRoot"]["/RoleMap"][NameObject("/P")] = NameObject("/Div")


@pytest.mark.long
def test_the_conditions_find_what_is_broken(desk: tuple[str, ...], tmp_path: Path) -> None:
    written = write_pdf(desk, tmp_path, "brief", VARIANTS["brief"][0], "en")
    breaks: dict[str, Callable[[Any], None]] = {
        "06-001": lambda root: root.pop("/Metadata"),
        "11-006": lambda root: root.pop("/Lang"),
        "07-002": _hide_title,
        "01-007": _suspect_tags,
        "02-004": _rename_paragraphs,
    }
    for number, break_file in breaks.items():
        writer = PdfWriter(clone_from=written)
        break_file(writer.root_object)
        writer.write(tmp_path / "broken.pdf")
        assert number in {failure[:6] for failure in find_failures(tmp_path / "broken.pdf")}


def test_the_page_on_accessibility_lists_the_conditions() -> None:
    text = (ROOT / "docs/accessibility.md").read_text(encoding="utf-8")
    tested = text.partition("| condition |")[2].partition("\n\n")[0]
    assert re.findall(r"^\| (\d\d-\d{3}) \|", tested, re.MULTILINE) == list(FAILURES)
