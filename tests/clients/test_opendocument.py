"""LibreOffice converts our files to OpenDocument: language, text alternatives, and the same text after a round trip."""

from __future__ import annotations

import subprocess
from pathlib import Path
from zipfile import ZipFile

import pytest
from lxml import etree

from ahtc_tui.cli.main import run
from ahtc_tui.services.workspace import Workspace
from tests.builders import make_line
from tests.clients.programs import find_program
from tests.clients.test_meeting_files import add_group_meeting

pytestmark = [pytest.mark.clients, pytest.mark.long]

TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
TITLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}title"
KINDS = {
    "agenda": "LG-2013-01",
    "minutes": "LG-2013-01",
    "note": "LG-2013-01",
    "brief": "leadership-group",
    "handover": "ahtc",
    "highlight": "",
    "nameplates": "LG-2014-01",
    "paper": "celg-4-31-13",
    "signin": "LG-2014-01",
    "since": "--from 2013-11-01",
}
"""Kinds of text documents, with what each is about."""


@pytest.fixture(scope="module")
def soffice() -> str:
    """LibreOffice, which converts the documents."""
    return find_program("soffice", "apt-get install libreoffice-writer libreoffice-calc")


@pytest.fixture
def office(wales: Workspace, soffice: str) -> Workspace:
    """The Wales data with a held meeting, that ends with an action, and one to come."""
    held = add_group_meeting(wales, "2013-12-10", "Training")
    make_line(wales, held, "d: The course is adopted.", 1)
    make_line(wales, held, "a: agree dates @bawso due end jan", 1)
    add_group_meeting(wales, "2014-02-11", "Training")
    return wales


def export(office: Workspace, language: str, target: Path, *words: str) -> Path:
    assert run(["--workspace", str(office.root), "--lang", language, "export", *words, str(target), "--force"]) in (
        0,
        1,
    )
    return target


def read_part(path: Path, name: str) -> etree._Element:
    with ZipFile(path) as archive:
        return etree.fromstring(archive.read(name))


def read_paragraphs(path: Path) -> list[str]:
    elements = read_part(path, "content.xml").iter(f"{TEXT}p", f"{TEXT}h")
    return ["".join(element.itertext()) for element in elements]


@pytest.mark.parametrize(("language", "tag"), [("en", "en-GB"), ("cy", "cy-GB"), ("both", "cy-GB")])
def test_a_workbook_has_its_language_and_its_charts_a_description(
    office: Workspace, tmp_path: Path, language: str, tag: str
) -> None:
    path = export(office, language, tmp_path / "log.ods", "actions")
    meta = read_part(path, "meta.xml")
    assert meta.findtext(".//{http://purl.org/dc/elements/1.1/}language") == tag
    styles = (read_part(path, "styles.xml")).iter("{urn:oasis:names:tc:opendocument:xmlns:style:1.0}text-properties")
    country = "{urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0}country"
    assert {style.get(country) for style in styles} <= {None, "GB"}
    frames = list(read_part(path, "content.xml").iter("{urn:oasis:names:tc:opendocument:xmlns:drawing:1.0}frame"))
    assert frames
    assert all(frame.findtext("{urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0}desc") for frame in frames)


def test_tables_of_minutes_have_a_title(office: Workspace, tmp_path: Path) -> None:
    path = export(office, "cy", tmp_path / "minutes.odt", "minutes", "LG-2013-01")
    titles = [element.text for element in read_part(path, "content.xml").iter(TITLE)]
    assert titles == ["Rhestr o'r penderfyniadau", "Rhestr o'r camau gweithredu"]


@pytest.mark.parametrize("language", ["en", "cy"])
def test_every_document_has_the_same_text_after_a_round_trip_through_word(
    office: Workspace, soffice: str, tmp_path: Path, language: str
) -> None:
    paths = [
        export(office, language, tmp_path / f"{kind}.odt", kind, *subject.split()) for kind, subject in KINDS.items()
    ]
    for step, ending in (("word", "docx"), ("back", "odt")):
        convert = [soffice, f"-env:UserInstallation=file://{tmp_path}/profile", "--headless", "--convert-to", ending]
        files = [str(path) for path in paths]
        subprocess.run(
            [*convert, "--outdir", str(tmp_path / step), *files], check=True, capture_output=True, timeout=300
        )
        paths = [tmp_path / step / f"{path.stem}.{ending}" for path in paths]
    for path in paths:
        assert read_paragraphs(path) == read_paragraphs(tmp_path / path.name), path.name
