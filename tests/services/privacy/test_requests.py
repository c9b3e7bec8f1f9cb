"""Somebody asks under the Act what is held on a subject: everything, removed and past words too, and by which day."""

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

from ahtc_tui.domain.actions.model import Marking
from ahtc_tui.domain.errors import BadInput, Refused
from ahtc_tui.domain.privacy.foi_requests import request_due
from ahtc_tui.services.actions.service import edit_action
from ahtc_tui.services.privacy.foi_requests import answer_request
from ahtc_tui.services.workspace import Workspace
from tests.builders import a_draft, an_action, an_update, remove


def held(path: str | Path) -> dict[str, list[dict[str, Any]]]:
    """What the archive holds, by kind."""
    with ZipFile(path) as archive:
        said: dict[str, list[dict[str, Any]]] = json.loads(archive.read("everything.json"))["held"]
    return said


def records(path: str | Path, kind: str) -> str:
    return " ".join(one["record"] for one in held(path).get(kind, ()))


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
    assert request_due(date.fromisoformat(received)).isoformat() == due


def test_everything_on_a_body_is_in_the_archive_with_its_source(wales: Workspace, tmp_path: Path) -> None:
    done = answer_request(wales, "Bawso", tmp_path / "bawso.zip", date(2014, 1, 20))
    assert done.due == date(2014, 2, 17)
    for ref in ("DP-11", "DP-28", "DP-29"):
        assert ref in records(done.file, "actions")
    assert "D-2013/1" in records(done.file, "decisions")
    assert "ht-marac-cardiff/bawso" in records(done.file, "seats")
    assert {"ht-marac", "ngo-first-responder"} <= set(records(done.file, "practices").split())
    sources = [one.get("source") for one in held(done.file)["actions"]]
    assert all(sources), "a record without its source"


def test_words_in_minutes_updates_removed_records_and_the_past_are_found(wales: Workspace, tmp_path: Path) -> None:
    ref = an_action(wales, "Ask the lighthouse keepers").ref
    edit_action(wales, ref, a_draft(title="Ask the wardens"))
    an_update(wales, "DP-05", "The lighthouse answered.")
    gone = an_action(wales, "Paint the lighthouse")
    remove(wales, "actions", gone.key)
    done = answer_request(wales, "lighthouse", tmp_path / "light.zip")
    found = held(done.file)
    assert [one["removed"] for one in found["actions"]] == [True]
    assert [one["text"] for one in found["updates"]] == ["The lighthouse answered."]
    assert [(one["was"], one["is"]) for one in found["journal"]] == [("Ask the lighthouse keepers", "Ask the wardens")]


def test_all_the_words_must_be_there_and_accents_do_not_matter(wales: Workspace, tmp_path: Path) -> None:
    an_action(wales, "Cwrdd \N{LATIN SMALL LETTER A WITH CIRCUMFLEX} Si\N{LATIN SMALL LETTER A WITH CIRCUMFLEX}n")
    found = held(answer_request(wales, "sian cwrdd", tmp_path / "one.zip").file)
    assert len(found["actions"]) == 1
    assert held(answer_request(wales, "sian unheard", tmp_path / "two.zip").file) == {}


def test_names_addresses_and_numbers_are_listed_to_be_looked_at(wales: Workspace, tmp_path: Path) -> None:
    an_action(wales, "Meet Jeff Farrar on refuges", detail="spoc@example.org or 029 2000 0000")
    done = answer_request(wales, "refuges", tmp_path / "refuges.zip")
    with ZipFile(done.file) as archive:
        assert archive.testzip() is None
        rows = list(csv.reader(StringIO(archive.read("redactions.csv").decode("utf-8-sig"))))
        page = archive.read("index.html").decode("utf-8")
    assert rows[0] == ["OFFICIAL"]
    named = {row[0] for row in rows[2:]}
    assert {"Jeff Farrar", "spoc@example.org", "029 2000 0000"} <= named
    assert done.redactions == len(rows) - 2
    assert "the twentieth working day after it came" in page


def test_what_is_asked_for_is_shown_as_it_was_typed(wales: Workspace, tmp_path: Path) -> None:
    done = answer_request(wales, "<script>alert(1)</script>", tmp_path / "odd.zip", marking=Marking.OFFICIAL_SENSITIVE)
    with ZipFile(done.file) as archive:
        page = archive.read("index.html").decode("utf-8")
    assert "<script" not in page
    assert page.count("OFFICIAL-SENSITIVE") == 2


def test_a_request_without_words_another_ending_and_a_file_that_stands_are_refused(
    wales: Workspace, tmp_path: Path
) -> None:
    with pytest.raises(BadInput, match="Say what is asked for"):
        answer_request(wales, " - ", tmp_path / "x.zip")
    with pytest.raises(BadInput, match=r"ends in \.zip"):
        answer_request(wales, "Bawso", tmp_path / "x.docx")
    with pytest.raises(BadInput, match="No request comes on"):
        answer_request(wales, "Bawso", tmp_path / "x.zip", date(9999, 12, 20))
    (tmp_path / "x.zip").write_text("ours")
    with pytest.raises(Refused):
        answer_request(wales, "Bawso", tmp_path / "x.zip")


def test_what_a_record_names_is_called_by_its_name(wales: Workspace, tmp_path: Path) -> None:
    found = held(answer_request(wales, "Bawso", tmp_path / "bawso.zip").file)
    texts = [str(value) for some in found.values() for one in some for value in one.values()]
    assert not [text for text in texts if re.fullmatch(r"[0-9a-f]{32}", text)]
