"""Freedom of information: all records on a subject, removed and former texts too, and the deadline of the answer."""

from __future__ import annotations

import csv
import json
import re
from datetime import date
from io import StringIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest

from ahtc_tui.domain.actions.model import Marking, Status
from ahtc_tui.domain.drafts.meetings import build_meeting_draft
from ahtc_tui.domain.errors import BadInput, Refused
from ahtc_tui.domain.i18n import Language, use_language
from ahtc_tui.domain.privacy.foi_requests import compute_request_due
from ahtc_tui.domain.record_names import PROGRAM_FIELDS, format_field_name
from ahtc_tui.services.actions.service import edit_action
from ahtc_tui.services.commissions.paragraphs import confirm_paragraphs
from ahtc_tui.services.meetings.service import add_meeting
from ahtc_tui.services.privacy.data_protection import answer_request
from ahtc_tui.services.workspace import Workspace
from tests.builders import TODAY, make_action, make_action_draft, make_update, remove_record


def read_archive(path: str | Path) -> dict[str, list[dict[str, Any]]]:
    """Return the contents of the archive by kind."""
    with ZipFile(path) as archive:
        records: dict[str, list[dict[str, Any]]] = json.loads(archive.read("everything.json"))["held"]
    return records


def join_record_names(path: str | Path, kind: str) -> str:
    return " ".join(record["record"] for record in read_archive(path).get(kind, ()))


@pytest.mark.parametrize(
    ("received", "due"),
    [
        ("2014-01-20", "2014-02-17"),
        ("2013-12-20", "2014-01-23"),  # Christmas, Boxing Day, New Year, and 2 January, which only Scotland keeps
        ("2014-03-03", "2014-04-01"),  # 17 March is kept in Northern Ireland alone
        ("2026-11-25", "2026-12-24"),  # St Andrew's Day is kept in Scotland
    ],
)
def test_the_answer_is_due_on_the_twentieth_working_day_of_the_whole_uk(received: str, due: str) -> None:
    assert compute_request_due(date.fromisoformat(received)).isoformat() == due


def test_everything_on_an_organisation_is_in_the_archive(wales: Workspace, tmp_path: Path) -> None:
    report = answer_request(wales, "Bawso", tmp_path / "bawso.zip", date(2014, 1, 20))
    assert report.due == date(2014, 2, 17)
    for ref in ("DP-11", "DP-28", "DP-29"):
        assert ref in join_record_names(report.file, "actions")
    assert "D-2013/1" in join_record_names(report.file, "decisions")
    assert "ht-marac-cardiff/bawso" in join_record_names(report.file, "seats")
    assert {"ht-marac", "ngo-first-responder"} <= set(join_record_names(report.file, "practices").split())
    sources = [record.get("source") for record in read_archive(report.file)["actions"]]
    assert all(sources), "a record without its source"


def test_words_in_minutes_updates_removed_records_and_the_past_are_found(wales: Workspace, tmp_path: Path) -> None:
    ref = make_action(wales, "Ask the lighthouse keepers").ref
    edit_action(wales, ref, make_action_draft(title="Ask the wardens"))
    make_update(wales, "DP-05", "The lighthouse answered.")
    removed = make_action(wales, "Paint the lighthouse")
    remove_record(wales, "actions", removed.key)
    report = answer_request(wales, "lighthouse", tmp_path / "light.zip")
    records_by_kind = read_archive(report.file)
    assert [record["removed"] for record in records_by_kind["actions"]] == [True]
    assert [record["text"] for record in records_by_kind["updates"]] == ["The lighthouse answered."]
    assert [(record["was"], record["is"]) for record in records_by_kind["journal"]] == [
        ("Ask the lighthouse keepers", "Ask the wardens")
    ]


def test_all_words_must_match_and_accents_are_ignored(wales: Workspace, tmp_path: Path) -> None:
    make_action(wales, "Cwrdd \N{LATIN SMALL LETTER A WITH CIRCUMFLEX} Si\N{LATIN SMALL LETTER A WITH CIRCUMFLEX}n")
    records_by_kind = read_archive(answer_request(wales, "sian cwrdd", tmp_path / "one.zip").file)
    assert len(records_by_kind["actions"]) == 1
    assert read_archive(answer_request(wales, "sian unheard", tmp_path / "two.zip").file) == {}


def test_names_addresses_and_numbers_are_listed_as_redactions(wales: Workspace, tmp_path: Path) -> None:
    make_action(wales, "Meet Jeff Farrar on refuges", detail="spoc@example.org or 029 2000 0000")
    report = answer_request(wales, "refuges", tmp_path / "refuges.zip")
    with ZipFile(report.file) as archive:
        assert archive.testzip() is None
        rows = list(csv.reader(StringIO(archive.read("redactions.csv").decode("utf-8-sig"))))
        page = archive.read("index.html").decode("utf-8")
    assert rows[0] == ["OFFICIAL"]
    named = {row[0] for row in rows[2:]}
    assert {"Jeff Farrar", "spoc@example.org", "029 2000 0000"} <= named
    assert report.redactions == len(rows) - 2
    assert "30 January 2014, the twentieth working day after it was received" in page


def test_words_of_the_request_are_escaped_in_the_page(wales: Workspace, tmp_path: Path) -> None:
    report = answer_request(
        wales, "<script>alert(1)</script>", tmp_path / "odd.zip", marking=Marking.OFFICIAL_SENSITIVE
    )
    with ZipFile(report.file) as archive:
        page = archive.read("index.html").decode("utf-8")
    assert "<script" not in page
    assert page.count("OFFICIAL-SENSITIVE") == 2


def test_empty_request_other_ending_and_existing_file_are_refused(wales: Workspace, tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="Give one or more words"):
        answer_request(wales, " - ", tmp_path / "x.zip")
    with pytest.raises(BadInput, match=r"must end in \.zip"):
        answer_request(wales, "Bawso", tmp_path / "x.docx")
    with pytest.raises(BadInput, match="after the end of the calendar"):
        answer_request(wales, "Bawso", tmp_path / "x.zip", date(9999, 12, 20))
    (tmp_path / "x.zip").write_text("ours")
    with pytest.raises(Refused):
        answer_request(wales, "Bawso", tmp_path / "x.zip")


def test_references_to_records_are_written_as_names(wales: Workspace, tmp_path: Path) -> None:
    records_by_kind = read_archive(answer_request(wales, "Bawso", tmp_path / "bawso.zip").file)
    texts = [str(value) for records in records_by_kind.values() for record in records for value in record.values()]
    assert not [text for text in texts if re.fullmatch(r"[0-9a-f]{32}", text)]


def test_a_confirmed_paragraph_is_in_the_answer_with_the_record_behind_it(wales: Workspace, tmp_path: Path) -> None:
    make_update(wales, "DP-29", "Bawso asked for a date.")
    confirm_paragraphs(wales, "celg-4-31-13")
    archive = read_archive(answer_request(wales, "Bawso", tmp_path / "bawso.zip").file)
    assert "DP-29" in {record["record"] for record in archive["paragraph_links"]}
    assert [entry for entry in archive["journal"] if "Bawso asked for a date." in entry["is"]]


@pytest.mark.parametrize(
    ("language", "labels", "flags"),
    [
        (Language.EN, ("Lead", "Status", "In plan", "Written by", "After"), {"yes", "no"}),
        (Language.CY, ("Arweinydd", "Statws", "Yn y cynllun", "Ysgrifennwyd gan", "Ar ôl hynny"), {"ydy", "nac ydy"}),
    ],
)
def test_the_archive_has_the_labels_of_the_screen_and_no_fields_of_programs(
    wales: Workspace, tmp_path: Path, language: Language, labels: tuple[str, ...], flags: set[str]
) -> None:
    edit_action(wales, "DP-28", make_action_draft(title="Ask Bawso"))
    add_meeting(wales, build_meeting_draft({"group": "idmg", "starts": "2014-02-04", "title": "Bawso"}, TODAY))
    with use_language(language):
        report = answer_request(wales, "Bawso", tmp_path / "bawso.zip")
    with ZipFile(report.file) as archive:
        texts = {name: archive.read(name).decode("utf-8-sig") for name in archive.namelist()}
    page = texts["index.html"]
    names = set(re.findall("<dt>([^<]*)</dt>", page))
    assert names >= set(labels)
    assert not {name for name in names if name != name[:1].upper() + name[1:] or "_" in name}
    rows = list(csv.DictReader(texts["actions.csv"].splitlines()[1:]))
    assert {row[labels[2]] for row in rows} <= flags
    with use_language(language):
        assert {row[labels[1]] for row in rows} <= {status.label for status in Status}
        assert not names & set(map(format_field_name, PROGRAM_FIELDS))
    assert json.loads(texts["everything.json"])["held"]["meetings"][0]["uid"]
