"""Posts, seats and groups from the command line, as people and other programs call it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from ahtc_tui.cli.main import run
from tests.conftest import Worlds


@pytest.fixture
def desk(world: Worlds, tmp_path: Path) -> Path:
    """A copy of the Wales 2013 data."""
    import shutil

    return Path(shutil.copytree(world("wales"), tmp_path / "desk"))


def ahtc(desk: Path, *words: str, day: str = "2014-01-28") -> int:
    """A command on a day; its exit code."""
    return run(["--workspace", str(desk), "--as-at", day, *words])


def out(capsys: pytest.CaptureFixture[str], desk: Path, *words: str, code: int = 0, day: str = "2014-01-28") -> str:
    """What a command prints."""
    capsys.readouterr()
    assert ahtc(desk, *words, day=day) == code
    return capsys.readouterr().out


def said(capsys: pytest.CaptureFixture[str], desk: Path, *words: str, day: str = "2014-01-28") -> Any:
    """The JSON document that a command prints."""
    return json.loads(out(capsys, desk, *words, "--json", day=day))


def test_a_new_spoc_is_appointed_and_the_day_says_who_it_is(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert out(capsys, desk, "contacts", "add", "First Holder", "--kind", "person") == "first-holder\n"
    assert ahtc(desk, "contacts", "appoint", "First Holder", "spoc-gwent", "--from", "2012-05-01") == 0
    told = out(capsys, desk, "contacts", "appoint", "Next Holder", "spoc-gwent", "--from", "10 feb 2014", "--new")
    assert "Next Holder from 10 February 2014\nBefore: First Holder, until 9 February 2014" in told
    assert "Follows the post: 1 open action\n  DP-25 " in told
    for day, name in (("2014-02-09", "First Holder"), ("2014-02-10", "Next Holder")):
        assert said(capsys, desk, "contacts", "show", "spoc-gwent", day=day)["holder"] == name
        card = said(capsys, desk, "actions", "show", "DP-25", day=day)
        assert card["holders"] == {"Single Point of Contact, Gwent Police": name}
        assert f"Gwent Police ({name})" in out(capsys, desk, "actions", "show", "DP-25", day=day)
    visit = said(capsys, desk, "meetings", "show", "ukhtc-visit-2013-06", day="2014-06-01")
    assert {guest["ref"]: guest["holder"] for guest in visit["invitees"]}["spoc-gwent"] == "First Holder"


def test_what_is_held_in_person_is_a_question_and_exit_code_1(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert ahtc(desk, "actions", "add", "Mine alone", "--lead", "stephen-chapman") == 0
    told = out(capsys, desk, "contacts", "appoint", "Third", "ahtc", "--from", "2014-04-01", "--new", code=1)
    assert "To decide: held in person, not through the post\n  leads DP-45 Mine alone" in told
    assert ahtc(desk, "undo") == 0
    words = ("contacts", "appoint", "Third", "ahtc", "--from", "2014-04-01", "--to", "2014-05-31", "--acting", "--new")
    found = json.loads(out(capsys, desk, *words, "--json"))
    assert (found["acting"], found["from_on"], found["to_on"], found["former"]) == (
        True,
        "2014-04-01",
        "2014-05-31",
        [],
    )
    assert (len(found["actions"]), len(found["seats"]), len(found["kept"])) == (12, 10, 4)
    assert "vacant from 1 July 2014" in out(capsys, desk, "contacts", "vacate", "ahtc", "--on", "2014-06-30", code=1)


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("contacts", "appoint", "Nobody Atall", "ahtc", "--from", "2014-04-01"), 3),
        (("contacts", "appoint", "Joyce Watson", "no-post", "--from", "2014-04-01"), 3),
        (("contacts", "appoint", "Joyce Watson", "ahtc", "--from", "someday"), 2),
        (("contacts", "appoint", "Stephen Chapman", "ahtc", "--from", "2014-04-01"), 6),
        (("contacts", "vacate", "spoc-gwent", "--on", "2014-04-01"), 6),
        (("contacts", "edit", "bawso", "email"), 2),
        (("contacts", "edit", "bawso", "email=x"), 2),
        (("contacts", "add", " ", "--kind", "person"), 2),
        (("contacts", "rename", "nobody", "New", "--from", "2014"), 3),
        (("groups", "seat", "idmg", "nobody"), 3),
        (("groups", "seat", "idmg", "ahtc"), 6),
        (("groups", "renew", "idmg/ahtc", "--to", "2016"), 6),
        (("groups", "unseat", "idmg/nobody", "--on", "2016"), 3),
        (("groups", "edit", "idmg", "quorum=x"), 2),
        (("groups", "show", "nobody"), 3),
        (("groups", "attendance", "nobody"), 3),
        (("groups", "ours", "nobody"), 3),
        (("export", "brief", "nobody", "x.md"), 3),
        (("export", "brief", "idmg", "x.pdf"), 2),
        (("export", "handover", "jeff-farrar", "x.md"), 3),
    ],
)
def test_what_cannot_be_done_is_one_sentence(
    desk: Path, capsys: pytest.CaptureFixture[str], words: tuple[str, ...], code: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(desk)
    assert ahtc(desk, *words) == code
    err = capsys.readouterr().err
    assert err.startswith("ahtc: ")
    assert err.count("\n") == 1


def test_contacts_and_groups_are_written_and_renamed(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    body = ("--organisation", "bawso", "--email", "sian@example.org", "--language", "cy")
    row = json.loads(out(capsys, desk, "contacts", "add", "Siân", "--kind", "person", *body, "--json"))
    assert (row["ref"], row["organisation"], row["email"]) == ("sian", "Bawso", "sian@example.org")
    assert out(capsys, desk, "contacts", "edit", "sian", "phone=1", "review-on=2015") == "sian\n"
    assert said(capsys, desk, "contacts", "show", "sian")["language"] == "cy"
    assert "Language      Welsh" in out(capsys, desk, "contacts", "show", "sian")
    assert out(capsys, desk, "contacts", "rename", "gla", "Labour Authority", "--from", "2014-01-01") == "gla\n"
    kind = ("--kind", "sub-group", "--parent", "LG", "--chair", "Jeff Farrar", "--quorum", "3")
    assert out(capsys, desk, "groups", "add", "Training Board", *kind) == "training-board\n"
    assert (
        json.loads(out(capsys, desk, "groups", "edit", "training-board", "state=closed", "--json"))["state"] == "closed"
    )
    assert out(capsys, desk, "groups", "rename", "training-board", "TB", "--from", "2014-01-01") == "training-board\n"
    assert out(capsys, desk, "groups", "chair", "TB", "Joyce Watson", "--from", "2014-01-10") == "training-board\n"
    assert ahtc(desk, "groups", "terms", "TB", "--version", "1", "--agreed", "2014-01-02", "--review", "2015") == 0
    card = out(capsys, desk, "groups", "show", "training board")
    for words in (
        "training-board  TB",
        "Also called   Training Board (until 31 December 2013)",
        "Joyce Watson from 10 January 2014",
        "Jeff Farrar until 9 January 2014",
        "version 1, agreed 2 January 2014, review by 2015",
        "none planned",
    ):
        assert words in card
    found = said(capsys, desk, "groups", "show", "training board")
    assert (found["quorum"], found["chair"], len(found["chairs"]), found["terms"][0]["version"]) == (
        3,
        "Joyce Watson",
        2,
        "1",
    )


def test_a_seat_is_given_renewed_and_ended(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = ("--to", "2014-03-31", "--voting", "--deputy", "Jeff Farrar", "--basis", "Terms 3", "--role", "co-opted")
    assert out(capsys, desk, "groups", "seat", "forum-gwent", "bawso", *words) == "forum-gwent/bawso\n"
    (soon,) = said(capsys, desk, "groups", "seats", "--ending-within", "90d")
    assert (soon["ref"], soon["role"], soon["voting"], soon["to_on"]) == (
        "forum-gwent/bawso",
        "co-opted",
        True,
        "2014-03-31",
    )
    assert [one["person"] for one in soon["deputies"]] == ["Jeff Farrar"]
    new = json.loads(out(capsys, desk, "groups", "renew", soon["ref"], "--to", "2016-03-31", "--json"))
    assert (new["ref"], new["term"], new["state"], new["from_on"]) == (
        "forum-gwent/bawso-2",
        2,
        "future",
        "2014-04-01",
    )
    assert "deputy: Jeff Farrar" in out(capsys, desk, "groups", "seats", "forum-gwent")
    assert said(capsys, desk, "groups", "seats", "--ending-within", "90d") == []
    assert out(capsys, desk, "groups", "unseat", "idmg/wales-office", "--on", "2014-01-27") == "idmg/wales-office\n"
    (over,) = said(capsys, desk, "groups", "seats", "idmg", "--expired")
    assert (over["ref"], over["state"]) == ("idmg/wales-office", "expired")
    assert out(capsys, desk, "groups", "seat", "LG", "fire services", "--class") == "leadership-group/fire-services\n"
    ahtc(
        desk, "contacts", "appoint", "X", "minister-for-security", "--from", "2013-01-01", "--to", "2014-01-10", "--new"
    )
    assert "vacant since 11 January 2014" in out(capsys, desk, "groups", "seats", "idmg", "--vacant")


def test_who_is_missing_where_and_which_area_has_no_forum(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = said(capsys, desk, "groups", "matrix")
    assert len(found["groups"]) == 22
    gwent = next(row for row in found["rows"] if row["ref"] == "gwent-police")
    assert gwent["cells"]["leadership-group"]["how"] == "sits"
    missing = [one["ref"] for one in found["missing"] if one["group"] == "leadership-group" and one["how"] == "missing"]
    assert "south-wales-police" in missing
    assert len(missing) == 10
    text = out(capsys, desk, "groups", "matrix")
    assert "● sits there" in text
    assert "Who is missing" in text
    only = out(capsys, desk, "groups", "matrix", "--missing", "forum-gwent")
    assert "Gwent Police" in only
    assert "●" not in only
    assert out(capsys, desk, "groups", "matrix", "--missing", "cross-party") == ""
    assert said(capsys, desk, "groups", "map")["without_forum"] == []
    ahtc(desk, "groups", "edit", "forum-cardiff", "state=closed")
    assert said(capsys, desk, "groups", "map")["without_forum"] == ["cardiff"]
    assert "no forum" in out(capsys, desk, "groups", "map")


def test_our_seats_and_attendance(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert ahtc(desk, "meetings", "add", "Autumn", "--group", "idmg", "--starts", "2013-11-04 10:00") == 0
    assert ahtc(desk, "meetings", "attend", "IDMG-2013-01", "AHTC", "present") == 0
    found = said(capsys, desk, "groups", "ours")
    assert len(found) == 10
    assert (found[0]["group_ref"], found[0]["attendance_rate"], found[0]["last_attended"]) == (
        "idmg",
        1.0,
        "2013-11-04",
    )
    assert found[0]["beside"] == ["Lesley Griffiths"]
    assert "with Lesley Griffiths" in out(capsys, desk, "groups", "ours")
    rates = said(capsys, desk, "groups", "attendance", "idmg")
    ours = [rate for rate in rates if rate["ref"] == "idmg/ahtc"]
    assert [(rate["kind"], rate["attended"], rate["of"]) for rate in ours] == [("seat", 1, 1)]
    assert "1 of 1" in out(capsys, desk, "groups", "attendance", "--from", "2013-01-01", "--to", "2013")
    assert said(capsys, desk, "groups", "attendance", "idmg", "--to", "2013-01-01") == []


def test_a_brief_and_a_hand_over_are_written(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = desk / "idmg.md"
    assert out(capsys, desk, "export", "brief", "idmg", str(target)) == f"{target}\n"
    assert "with Lesley Griffiths" in target.read_text(encoding="utf-8")
    found = said(capsys, desk, "export", "handover", "ahtc", str(desk / "ahtc.docx"))
    counts = tuple(found[name] for name in ("led", "not_done", "continuing", "closed", "seats"))
    assert counts == (16, 12, 8, 4, 10)
    assert ahtc(desk, "export", "handover", "ahtc", str(desk / "ahtc.docx")) == 6
    ahtc(desk, "actions", "add", "Mine alone", "--lead", "stephen-chapman")
    assert ahtc(desk, "export", "handover", "ahtc", str(desk / "again.docx")) == 1
    assert "To decide: Stephen Chapman leads DP-45 Mine alone" in capsys.readouterr().err


def test_the_version_is_the_programs_only_where_no_command_has_one(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--version"]) == 0
    assert capsys.readouterr().out.startswith("ahtc ")
