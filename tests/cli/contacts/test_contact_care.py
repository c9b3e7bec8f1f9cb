"""Engagement, circulation lists and duplicates on the command line."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

from ahtc_tui.cli.main import run


def read_output(capsys: pytest.CaptureFixture[str], folder: Path, *words: str, code: int = 0) -> str:
    """Return the stdout of a command on 28 January 2014."""
    capsys.readouterr()
    assert run(["--workspace", str(folder), "--as-at", "2014-01-28", *words]) == code
    return capsys.readouterr().out


def test_engagements_are_logged_and_stale_contacts_listed(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = ("contacts", "engage", "bawso,spoc-gwent", "Awareness", "--kind", "visit", "--on", "12 jun 2013")
    assert (
        read_output(capsys, folder, *words, "--follow-up", "Send slides", "--due", "end feb", "--lead", "AHTC")
        == "E-2013-01\n"
    )
    (row,) = json.loads(read_output(capsys, folder, "contacts", "engagements", "bawso", "--json"))
    assert (row["on"], row["who_refs"], row["follow_up"]) == ("2013-06-12", ["bawso", "spoc-gwent"], "DP-45")
    assert "Awareness" in read_output(capsys, folder, "contacts", "engagements")
    assert read_output(capsys, folder, "contacts", "tier", "home-office", "1") == "home-office\n"
    (never,) = json.loads(read_output(capsys, folder, "contacts", "stale", "--json"))
    assert (never["ref"], never["last_on"], never["why"]) == ("home-office", None, "no contact yet")
    assert "last 12 June 2013 (visit)  230 days" in read_output(capsys, folder, "contacts", "stale", "--over", "6m")
    assert "Last contact" in read_output(capsys, folder, "contacts", "show", "bawso")
    assert "tier 1, every 30 days" in read_output(capsys, folder, "contacts", "show", "home-office")
    assert "no contact yet" in read_output(capsys, folder, "today")
    assert read_output(capsys, folder, "contacts", "tiers", "1=6w").startswith("tier 1: 42 days\n")
    assert json.loads(read_output(capsys, folder, "contacts", "tiers", "--json"))[0] == {"tier": 1, "days": 42}
    assert read_output(capsys, folder, "contacts", "tier", "home-office", "none") == "home-office\n"
    assert read_output(capsys, folder, "contacts", "stale") == ""
    assert (
        json.loads(read_output(capsys, folder, "contacts", "engage", "bawso", "A call", "--json"))["on"] == "2014-01-28"
    )


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("stale --over soon", 2),
        ("tier bawso x", 2),
        ("tiers one=3", 2),
        ("engage nobody-here x", 3),
        ("duplicates --threshold 7", 2),
        ("merge bawso ahtc", 6),
        ("merge bawso bawso", 6),
        ("merge bawso nobody-here", 3),
        ("merge bawso new-pathways --take name", 2),
        ("list --on nothing", 3),
        ("list-delete nothing", 3),
    ],
)
def test_a_refusal_has_its_exit_code(words: str, code: int, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert read_output(capsys, folder, "contacts", *words.split(), code=code) == ""


def test_a_circulation_list_is_created_edited_used_and_removed(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert (
        read_output(capsys, folder, "contacts", "list-save", "Leadership", "group:leadership-group") == "Leadership\n"
    )
    row = json.loads(
        read_output(capsys, folder, "contacts", "list-save", "Forces", "police", "kind:organisation", "--json")
    )
    assert row["filter"] == "police kind:organisation"
    assert read_output(capsys, folder, "contacts", "list-drop", "forces", "gwent-police") == "Forces\n"
    assert read_output(capsys, folder, "contacts", "list-add", "forces", "bawso") == "Forces\n"
    assert "+bawso -gwent-police" in read_output(capsys, folder, "contacts", "lists")
    assert len(json.loads(read_output(capsys, folder, "contacts", "lists", "--json"))) == 2
    listed = json.loads(read_output(capsys, folder, "contacts", "list", "--on", "forces", "--json"))
    assert {"bawso", "dyfed-powys-police"} <= {contact["ref"] for contact in listed}
    target = str(folder / "forces.csv")
    assert read_output(capsys, folder, "export", "contacts", target, "--list", "forces") == f"{target}\n"
    assert read_output(capsys, folder, "contacts", "list-delete", "leadership") == ""


def test_duplicates_are_suggested_separated_and_merged(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    add = ("contacts", "add", "Jeff Farrer", "--kind", "person", "--organisation", "Gwent Police")
    assert read_output(capsys, folder, *add, "--email", "jf@example.org") == "jeff-farrer\n"
    (pair,) = json.loads(read_output(capsys, folder, "contacts", "duplicates", "--json"))
    assert {pair["a_ref"], pair["b_ref"]} == {"jeff-farrar", "jeff-farrer"}
    assert "similar surname" in read_output(capsys, folder, "contacts", "duplicates", "--kind", "person")
    merge = ("contacts", "merge", "jeff-farrar", "jeff-farrer")
    dry = json.loads(read_output(capsys, folder, *merge, "--dry-run", "--json"))
    assert (dry["applied"], next(f for f in dry["fields"] if f["name"] == "email")["kept"]) == (False, "jf@example.org")
    assert "Jeff Farrar" in read_output(capsys, folder, *merge, "--take", "name=B")
    assert json.loads(read_output(capsys, folder, "contacts", "show", "jeff-farrer", "--json"))["ref"] == "jeff-farrar"
    assert read_output(capsys, folder, "undo") == ""
    assert read_output(capsys, folder, "contacts", "duplicates", "--not", "jeff-farrar", "jeff-farrer") == ""
    assert json.loads(read_output(capsys, folder, "contacts", "duplicates", "--json")) == []


@pytest.mark.parametrize(("typed", "code", "name"), [("b\ny\n", 0, "Jeff Farrer"), ("\nn\n", 6, "Jeff Farrar")])
def test_on_a_terminal_each_field_that_differs_is_asked_for(
    typed: str, code: int, name: str, folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    read_output(capsys, folder, "contacts", "add", "Jeff Farrer", "--kind", "person")
    answers = io.StringIO(typed)
    monkeypatch.setattr(answers, "isatty", lambda: True)
    monkeypatch.setattr("sys.stdin", answers)
    read_output(capsys, folder, "contacts", "merge", "jeff-farrar", "jeff-farrer", code=code)
    assert json.loads(read_output(capsys, folder, "contacts", "show", "jeff-farrar", "--json"))["name"] == name
