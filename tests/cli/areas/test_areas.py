"""`ahtc areas list`, `add`, `edit` and `end`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from ahtc_tui.cli.main import run


@pytest.fixture
def office(tmp_path: Path) -> Path:
    """A new office of somebody else than the sample."""
    assert run(["--workspace", str(tmp_path), "--quiet", "init"]) == 0
    return tmp_path


def run_json(capsys: pytest.CaptureFixture[str], office: Path, *words: str, day: str = "2026-01-28") -> Any:
    capsys.readouterr()
    assert run(["--workspace", str(office), "--as-at", day, "areas", *words, "--json"]) == 0
    return json.loads(capsys.readouterr().out)


def test_a_new_office_lists_the_authorities_with_their_regions(
    office: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = run_json(capsys, office, "list", "--kind", "local authority")
    assert len(rows) == 22
    newport = next(row for row in rows if row["name"] == "Newport")
    expected = {"ref": "newport", "name_cy": "Casnewydd", "kind": "local authority", "part_of": "gwent"}
    assert expected.items() <= newport.items()
    assert (newport["from"], newport["until"]) == ("1996-04-01", None)


def test_an_area_is_added_renamed_from_a_day_and_ended(office: Path, capsys: pytest.CaptureFixture[str]) -> None:
    added = run_json(capsys, office, "add", "Canol Cymru", "--name-cy", "Canol Cymru", "--kind", "region")
    assert (added["ref"], added["kind"]) == ("canol-cymru", "region")
    edited = run_json(capsys, office, "edit", "canol-cymru", "name=Mid Wales", "--from", "2027-04-01")
    assert edited["name"] == "Canol Cymru"
    assert [(name["name"], name["from"], name["until"]) for name in edited["names"]] == [
        ("Canol Cymru", None, "2027-03-31"),
        ("Mid Wales", "2027-04-01", None),
    ]
    ended = run_json(capsys, office, "end", "canol-cymru", "--on", "2026-01-01")
    assert ended["until"] == "2026-01-01"
    assert "canol-cymru" not in {row["ref"] for row in run_json(capsys, office, "list")}
    assert "canol-cymru" in {row["ref"] for row in run_json(capsys, office, "list", "--all")}


def test_an_unknown_area_is_named_with_the_nearest(office: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--workspace", str(office), "areas", "end", "Gwentt"]) == 3
    assert "Gwent" in capsys.readouterr().err
