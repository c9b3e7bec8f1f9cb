"""Files in Welsh have no English label: what is in the English file as well is data, or the same in both languages."""

from __future__ import annotations

import csv
import json
import re
import zipfile
from collections.abc import Iterator
from email import policy
from email.parser import BytesParser
from html import unescape
from pathlib import Path

import pytest

from ahtc_tui.cli.main import run
from ahtc_tui.domain.actions.model import Status
from ahtc_tui.domain.text.cleaning import capitalise
from ahtc_tui.formats import contact_list
from ahtc_tui.services.workspace import Workspace
from tests.services.documents.test_file_languages import export_file
from tests.shape.messages import read_catalogue

KINDS = {
    "actions": "log.xlsx",
    "actions --all": "log.csv",
    "returns": "returns",
    "chasers --again": "chasers",
    "invites --meeting LG-2014-01": "invite.ics",
    "invites --meeting LG-2014-01 --method request": "drafts",
    "deadlines": "deadlines.ics",
    "calendars": "calendars",
    "contacts": "contacts.xlsx",
    "contacts --kind post": "posts.csv",
    "contacts --kind person": "people.vcf",
    "plan": "plan.xlsx",
    "matrix": "matrix.xlsx",
    "evidence": "evidence.xlsx",
    "attendance": "attendance.xlsx",
    "decisions": "decisions.xlsx",
    "decisions -": "decisions.md",
    "brief idmg": "brief.docx",
    "handover ahtc": "handover.docx",
    "paper celg-4-31-13 --force": "paper.docx",
    "since": "since.docx",
    "dashboard": "dashboard.html",
    "pack LG-2014-01": "pack",
    "after LG-2013-01": "after",
    "agenda LG-2014-01": "agenda.docx",
    "agenda LG-2014-01 -": "agenda.txt",
    "minutes LG-2013-01": "minutes.docx",
    "minutes LG-2013-01 -": "minutes.md",
}
MEMBERS = re.compile(
    r"xl/(worksheets|charts|tables)/.*\.xml|xl/(sharedStrings|workbook)\.xml|word/(document|header.*|footer.*)\.xml"
)
CALENDAR_TEXTS = "SUMMARY|DESCRIPTION|CATEGORIES|LOCATION|COMMENT|TITLE|ROLE|NOTE"
TECHNICAL = re.compile(
    r"[A-Z0-9-]{2,}|[a-z]+(_[a-z]+)+|[A-Z][a-z]+List|_xlnm\.\w+|.*@.*|ActionLog|[a-p]{16}|TableStyle\w+|.*\.\w{3,4}"
)
"""Names of properties, states and fields that programs read."""

BILINGUAL = re.compile(r"\S+ (?:Note of the meeting|Nodyn o'r cyfarfod), .*\.docx")
"""The note for publication, which is in both languages whatever the language of the other files."""

BETWEEN_DATA = re.compile(r"[;:,()–•|]|^[A-Z]+[-0-9/]+ | [a-z0-9]+(?:-[a-z0-9]+)+$|[0-9][0-9,.]*|\s{2,}")
"""What stands between the parts of a text of several: punctuation, references and numbers."""


def read_runs(path: Path) -> Iterator[str]:
    """Yield the texts of a file as a reader sees them, one for each cell, paragraph or line."""
    if path.is_dir():
        members = sorted(member for member in path.rglob("*") if member.is_file() and member.name[0] != ".")
        members = [member for member in members if not BILINGUAL.fullmatch(member.name)]
        yield from (run for member in members for run in read_runs(member))
        return
    readers = {
        ".docx": _read_office_runs,
        ".xlsx": _read_office_runs,
        ".eml": _read_mail_runs,
        ".html": _read_page_runs,
        ".ics": _read_calendar_runs,
        ".vcf": _read_calendar_runs,
    }
    yield from readers.get(path.suffix, _read_text_runs)(path)


def _read_mail_runs(path: Path) -> Iterator[str]:
    message = BytesParser(policy=policy.default).parsebytes(path.read_bytes())
    yield str(message["Subject"])
    for part in message.walk():
        if part.get_content_type() == "text/plain":
            yield from part.get_content().splitlines()


def _read_page_runs(path: Path) -> Iterator[str]:
    page = re.sub(r"(?s)<style>.*?</style>", "", path.read_text(encoding="utf-8"))
    yield from map(unescape, re.findall(r">([^<]+)<", page))
    yield from map(unescape, re.findall(r'(?:alt|title|aria-label)="([^"]*)"', page))


def _read_calendar_runs(path: Path) -> Iterator[str]:
    text = re.sub(r"\r?\n[ \t]", "", path.read_text(encoding="utf-8"))
    for value in re.findall(rf"(?m)^(?:{CALENDAR_TEXTS})[^:]*:(.*)$", text):
        yield from value.replace("\\,", ",").replace("\\;", ";").strip().split("\\n")


def _read_text_runs(path: Path) -> Iterator[str]:
    text = path.read_text(encoding="utf-8-sig")
    if path.suffix == ".csv":
        yield from (cell for row in csv.reader(text.splitlines()) for cell in row)
        return
    yield from re.split(r'[\n|"]|\*\*|^#+ ', text, flags=re.MULTILINE)


def _read_office_runs(path: Path) -> Iterator[str]:
    with zipfile.ZipFile(path) as archive:
        for name in archive.namelist():
            if not MEMBERS.fullmatch(name):
                continue
            text = archive.read(name).decode("utf-8")
            if path.suffix == ".docx":
                for paragraph in text.split("</w:p>"):
                    parts = re.findall(r"<w:t(?: [^>]*)?>([^<]*)</w:t>|<w:(tab)/>", paragraph)
                    yield unescape("".join(text or " " * len(tab) for text, tab in parts))
                continue
            yield from map(unescape, re.findall(r"<(?:t|a:t|oddHeader|oddFooter)(?: [^>]*)?>([^<]*)<", text))
            yield from map(unescape, re.findall(r'(?:prompt|promptTitle|error|errorTitle|name)="([^"]*)"', text))


def read_data(workspace: Workspace) -> str:
    """Return every text that people have entered, and the names of files."""
    with workspace.database.read() as cursor:
        tables = [str(row[0]) for row in cursor.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")]
        return "\n".join(
            " ".join(value.split())
            for table in tables
            if not table.startswith(("search", "change", "sqlite"))
            for row in cursor.execute(f'SELECT * FROM "{table}"')
            for value in tuple(row)
            if isinstance(value, str)
        )


def find_english(welsh: Iterator[str], english: Iterator[str], data: str) -> set[str]:
    """Return the texts of the Welsh file that the English one has too, and that are not data."""
    same = {" ".join(run.split()).strip(" .:-") for run in welsh} & {
        " ".join(run.split()).strip(" .:-") for run in english
    }
    return {
        run
        for run in same
        if re.search(r"[A-Za-z]{2}", run) and not TECHNICAL.fullmatch(run) and not _is_data(run, data)
    }


def _is_data(run: str, data: str) -> bool:
    """Return whether each part of a text is part of a text that was entered."""
    return all(part.strip(" .-") in data for part in BETWEEN_DATA.split(run) if part)


def list_same_in_both() -> set[str]:
    """Return the messages that are the same in Welsh and English, such as "Agenda"."""
    return {str(message.id) for message in read_catalogue() if message.id == message.string}


@pytest.mark.sample(15)
@pytest.mark.parametrize("kind", KINDS)
def test_welsh_file_has_no_english_label(office: Workspace, kind: str) -> None:
    flags, out = kind.removesuffix(" -"), KINDS[kind]
    files = [export_file(office, language, flags, f"{language}-{out}") for language in ("cy", "en")]
    entered = read_data(office).splitlines()
    data = "\n".join((*entered, *map(capitalise, entered), *list_same_in_both(), *(status.value for status in Status)))
    assert find_english(read_runs(files[0]), read_runs(files[1]), data) == set()


def test_an_english_label_in_a_welsh_file_is_detected(office: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(contact_list, "contact_columns", lambda: ("Chief officer", *(f"C{n}" for n in range(11))))
    files = [export_file(office, language, "contacts", f"{language}.csv") for language in ("cy", "en")]
    assert "Chief officer" in find_english(read_runs(files[0]), read_runs(files[1]), read_data(office))


@pytest.mark.sample(3)
@pytest.mark.parametrize(
    ("language", "kinds"),
    [
        ("en", {"person", "post", "organisation"}),
        ("cy", {"person", "swydd", "sefydliad"}),
        ("both", {"person", "swydd | post", "sefydliad | organisation"}),
    ],
)
@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_contacts_in_every_language_are_read_again_without_changes(
    office: Workspace, language: str, kinds: set[str], ending: str, capsys: pytest.CaptureFixture[str]
) -> None:
    path = export_file(office, language, "contacts", f"{language}.{ending}")
    if ending == "csv":
        rows = list(csv.reader(path.read_text(encoding="utf-8-sig").splitlines()))
        assert {row[1] for row in rows[1:]} == kinds
    capsys.readouterr()
    flags = ["--workspace", str(office.root), "--as-at", "2013-12-31"]
    assert run([*flags, "import", "contacts", str(path), "--dry-run", "--json"]) == 0
    report = json.loads(capsys.readouterr().out)
    report = report[0] if isinstance(report, list) else report
    assert (report["added"], report["changed"], report["questions"], report["warnings"]) == ([], [], [], [])
