"""Contact, lists and duplicates from the command line, as people and other programs call them."""

from __future__ import annotations

import io
import json
import shutil
from pathlib import Path

import pytest

from ahtc_tui.cli.main import run
from tests.conftest import Worlds


@pytest.fixture
def desk(world: Worlds, tmp_path: Path) -> Path:
    """A copy of the Wales 2013 data."""
    return Path(shutil.copytree(world("wales"), tmp_path / "desk"))


def out(capsys: pytest.CaptureFixture[str], desk: Path, *words: str, code: int = 0) -> str:
    """What a command prints."""
    capsys.readouterr()
    assert run(["--workspace", str(desk), "--as-at", "2014-01-28", *words]) == code
    return capsys.readouterr().out


def test_a_contact_is_written_down_and_the_overdue_are_listed(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = ("contacts", "engage", "bawso,spoc-gwent", "Awareness", "--kind", "visit", "--on", "12 jun 2013")
    assert (
        out(capsys, desk, *words, "--follow-up", "Send slides", "--due", "end feb", "--lead", "AHTC") == "E-2013-01\n"
    )
    (row,) = json.loads(out(capsys, desk, "contacts", "engagements", "bawso", "--json"))
    assert (row["on"], row["who_refs"], row["follow_up"]) == ("2013-06-12", ["bawso", "spoc-gwent"], "DP-45")
    assert "Awareness" in out(capsys, desk, "contacts", "engagements")
    assert out(capsys, desk, "contacts", "tier", "home-office", "1") == "home-office\n"
    (never,) = json.loads(out(capsys, desk, "contacts", "stale", "--json"))
    assert (never["ref"], never["last_on"], never["why"]) == ("home-office", None, "never spoken to")
    assert "last 12 June 2013 (visit)  230 days" in out(capsys, desk, "contacts", "stale", "--over", "6m")
    assert "Last spoke" in out(capsys, desk, "contacts", "show", "bawso")
    assert "tier 1, every 30 days" in out(capsys, desk, "contacts", "show", "home-office")
    assert "never spoken to" in out(capsys, desk, "today")
    assert out(capsys, desk, "contacts", "tiers", "1=6w").startswith("tier 1: 42 days\n")
    assert json.loads(out(capsys, desk, "contacts", "tiers", "--json"))[0] == {"tier": 1, "days": 42}
    assert out(capsys, desk, "contacts", "tier", "home-office", "none") == "home-office\n"
    assert out(capsys, desk, "contacts", "stale") == ""
    assert json.loads(out(capsys, desk, "contacts", "engage", "bawso", "A call", "--json"))["on"] == "2014-01-28"


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
def test_what_cannot_be_done_has_its_exit_code(
    words: str, code: int, desk: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert out(capsys, desk, "contacts", *words.split(), code=code) == ""


def test_a_circulation_list_is_made_edited_used_and_removed(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert out(capsys, desk, "contacts", "list-save", "Leadership", "group:leadership-group") == "Leadership\n"
    row = json.loads(out(capsys, desk, "contacts", "list-save", "Forces", "police", "kind:organisation", "--json"))
    assert row["filter"] == "police kind:organisation"
    assert out(capsys, desk, "contacts", "list-drop", "forces", "gwent-police") == "Forces\n"
    assert out(capsys, desk, "contacts", "list-add", "forces", "bawso") == "Forces\n"
    assert "+bawso -gwent-police" in out(capsys, desk, "contacts", "lists")
    assert len(json.loads(out(capsys, desk, "contacts", "lists", "--json"))) == 2
    listed = json.loads(out(capsys, desk, "contacts", "list", "--on", "forces", "--json"))
    assert {"bawso", "dyfed-powys-police"} <= {one["ref"] for one in listed}
    target = str(desk / "forces.csv")
    assert out(capsys, desk, "export", "contacts", target, "--list", "forces") == f"{target}\n"
    assert out(capsys, desk, "contacts", "list-delete", "leadership") == ""


def test_duplicates_are_suggested_parted_and_merged(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    add = ("contacts", "add", "Jeff Farrer", "--kind", "person", "--organisation", "Gwent Police")
    assert out(capsys, desk, *add, "--email", "jf@example.org") == "jeff-farrer\n"
    (pair,) = json.loads(out(capsys, desk, "contacts", "duplicates", "--json"))
    assert {pair["a_ref"], pair["b_ref"]} == {"jeff-farrar", "jeff-farrer"}
    assert "surname nearly the same" in out(capsys, desk, "contacts", "duplicates", "--kind", "person")
    merge = ("contacts", "merge", "jeff-farrar", "jeff-farrer")
    dry = json.loads(out(capsys, desk, *merge, "--dry-run", "--json"))
    assert (dry["applied"], next(f for f in dry["fields"] if f["name"] == "email")["kept"]) == (False, "jf@example.org")
    assert "Jeff Farrar" in out(capsys, desk, *merge, "--take", "name=B")
    assert json.loads(out(capsys, desk, "contacts", "show", "jeff-farrer", "--json"))["ref"] == "jeff-farrar"
    assert out(capsys, desk, "undo") == ""
    assert out(capsys, desk, "contacts", "duplicates", "--not", "jeff-farrar", "jeff-farrer") == ""
    assert json.loads(out(capsys, desk, "contacts", "duplicates", "--json")) == []


@pytest.mark.parametrize(("typed", "code", "name"), [("b\ny\n", 0, "Jeff Farrer"), ("\nn\n", 6, "Jeff Farrar")])
def test_on_a_terminal_each_field_that_differs_is_asked_for(
    typed: str, code: int, name: str, desk: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    out(capsys, desk, "contacts", "add", "Jeff Farrer", "--kind", "person")
    answers = io.StringIO(typed)
    monkeypatch.setattr(answers, "isatty", lambda: True)
    monkeypatch.setattr("sys.stdin", answers)
    out(capsys, desk, "contacts", "merge", "jeff-farrar", "jeff-farrer", code=code)
    assert json.loads(out(capsys, desk, "contacts", "show", "jeff-farrar", "--json"))["name"] == name
