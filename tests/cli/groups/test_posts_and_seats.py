"""Appointments, seats and groups on the command line."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from ahtc_tui.cli.main import run


def run_ahtc(folder: Path, *words: str, day: str = "2014-01-28") -> int:
    """Run a command on a day and return its exit code."""
    return run(["--workspace", str(folder), "--as-at", day, *words])


def read_output(
    capsys: pytest.CaptureFixture[str], folder: Path, *words: str, code: int = 0, day: str = "2014-01-28"
) -> str:
    """Return the stdout of a command."""
    capsys.readouterr()
    assert run_ahtc(folder, *words, day=day) == code
    return capsys.readouterr().out


def read_json(capsys: pytest.CaptureFixture[str], folder: Path, *words: str, day: str = "2014-01-28") -> Any:
    """Return the JSON document that a command prints."""
    return json.loads(read_output(capsys, folder, *words, "--json", day=day))


def test_an_appointment_changes_the_holder_from_its_day(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert read_output(capsys, folder, "contacts", "add", "First Holder", "--kind", "person") == "first-holder\n"
    assert run_ahtc(folder, "contacts", "appoint", "First Holder", "spoc-gwent", "--from", "2012-05-01") == 0
    output = read_output(
        capsys, folder, "contacts", "appoint", "Next Holder", "spoc-gwent", "--from", "10 feb 2014", "--new"
    )
    assert "Next Holder from 10 February 2014\nPreviously: First Holder, until 9 February 2014" in output
    assert "1 open action follows the post\n  DP-25 " in output
    for day, name in (("2014-02-09", "First Holder"), ("2014-02-10", "Next Holder")):
        assert read_json(capsys, folder, "contacts", "show", "spoc-gwent", day=day)["holder"] == name
        card = read_json(capsys, folder, "actions", "show", "DP-25", day=day)
        assert card["holders"] == {"Single Point of Contact, Gwent Police": name}
        assert f"Gwent Police ({name})" in read_output(capsys, folder, "actions", "show", "DP-25", day=day)
    visit = read_json(capsys, folder, "meetings", "show", "ukhtc-visit-2013-06", day="2014-06-01")
    assert {guest["ref"]: guest["holder"] for guest in visit["invitees"]}["spoc-gwent"] == "First Holder"


def test_records_held_in_person_are_a_question_and_exit_code_1(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run_ahtc(folder, "actions", "add", "Mine alone", "--lead", "stephen-chapman") == 0
    output = read_output(
        capsys, folder, "contacts", "appoint", "Third", "ahtc", "--from", "2014-04-01", "--new", code=1
    )
    assert "Held personally: to be reassigned\n  leads DP-45 Mine alone" in output
    assert run_ahtc(folder, "undo") == 0
    words = ("contacts", "appoint", "Third", "ahtc", "--from", "2014-04-01", "--to", "2014-05-31", "--acting", "--new")
    report = json.loads(read_output(capsys, folder, *words, "--json"))
    assert (report["acting"], report["from_on"], report["to_on"], report["former"]) == (
        True,
        "2014-04-01",
        "2014-05-31",
        [],
    )
    assert (len(report["actions"]), len(report["seats"]), len(report["kept"])) == (12, 10, 4)
    assert "vacant from 1 July 2014" in read_output(
        capsys, folder, "contacts", "vacate", "ahtc", "--on", "2014-06-30", code=1
    )


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("contacts", "appoint", "Nobody Atall", "ahtc", "--from", "2014-04-01"), 3),
        (("contacts", "appoint", "Joyce Watson", "no-post", "--from", "2014-04-01"), 3),
        (("contacts", "appoint", "Joyce Watson", "ahtc", "--from", "someday"), 2),
        (("contacts", "appoint", "Stephen Chapman", "ahtc", "--from", "2012-11"), 6),
        (("contacts", "vacate", "no-post", "--on", "2014-04-01"), 3),
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
        (("export", "brief", "idmg", "x.rtf"), 2),
        (("export", "handover", "jeff-farrar", "x.md"), 3),
    ],
)
def test_a_refusal_is_one_sentence(
    folder: Path, capsys: pytest.CaptureFixture[str], words: tuple[str, ...], code: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(folder)
    assert run_ahtc(folder, *words) == code
    err = capsys.readouterr().err
    assert err.startswith("ahtc: ")
    assert err.count("\n") == 1


def test_contacts_and_groups_are_written_and_renamed(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    body = ("--organisation", "bawso", "--email", "sian@example.org", "--language", "cy")
    row = json.loads(read_output(capsys, folder, "contacts", "add", "Siân", "--kind", "person", *body, "--json"))
    assert (row["ref"], row["organisation"], row["email"]) == ("sian", "Bawso", "sian@example.org")
    assert read_output(capsys, folder, "contacts", "edit", "sian", "phone=1", "review-on=2015") == "sian\n"
    assert read_json(capsys, folder, "contacts", "show", "sian")["language"] == "cy"
    assert "Language      Welsh" in read_output(capsys, folder, "contacts", "show", "sian")
    assert (
        read_output(capsys, folder, "contacts", "rename", "gla", "Labour Authority", "--from", "2014-01-01") == "gla\n"
    )
    kind = ("--kind", "sub-group", "--parent", "LG", "--chair", "Jeff Farrar", "--quorum", "3")
    assert read_output(capsys, folder, "groups", "add", "Training Board", *kind) == "training-board\n"
    assert run_ahtc(folder, "groups", "edit", "training-board", "state=closed") == 6
    assert "Training Board still has 1 seat." in capsys.readouterr().err
    assert (
        json.loads(read_output(capsys, folder, "groups", "edit", "training-board", "state=dormant", "--json"))["state"]
        == "dormant"
    )
    assert (
        read_output(capsys, folder, "groups", "rename", "training-board", "TB", "--from", "2014-01-01")
        == "training-board\n"
    )
    assert (
        read_output(capsys, folder, "groups", "chair", "TB", "Joyce Watson", "--from", "2014-01-10")
        == "training-board\n"
    )
    assert (
        run_ahtc(folder, "groups", "terms", "TB", "--version", "1", "--agreed", "2014-01-02", "--review", "2015") == 0
    )
    card = read_output(capsys, folder, "groups", "show", "training board")
    for words in (
        "training-board  TB",
        "Also called   Training Board (until 31 December 2013)",
        "Joyce Watson from 10 January 2014",
        "Jeff Farrar last day not recorded",
        "version 1, agreed 2 January 2014, review by 2015",
        "none planned",
    ):
        assert words in card
    card_data = read_json(capsys, folder, "groups", "show", "training board")
    assert (card_data["quorum"], card_data["chair"], len(card_data["chairs"]), card_data["terms"][0]["version"]) == (
        3,
        "Joyce Watson",
        2,
        "1",
    )


def test_a_seat_is_given_renewed_and_ended(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = ("--to", "2014-03-31", "--voting", "--deputy", "Jeff Farrar", "--basis", "Terms 3", "--role", "co-opted")
    assert read_output(capsys, folder, "groups", "seat", "forum-gwent", "bawso", *words) == "forum-gwent/bawso\n"
    (ending,) = read_json(capsys, folder, "groups", "seats", "--ending-within", "90d")
    assert (ending["ref"], ending["role"], ending["voting"], ending["to_on"]) == (
        "forum-gwent/bawso",
        "co-opted",
        True,
        "2014-03-31",
    )
    assert [deputy["person"] for deputy in ending["deputies"]] == ["Jeff Farrar"]
    new = json.loads(read_output(capsys, folder, "groups", "renew", ending["ref"], "--to", "2016-03-31", "--json"))
    assert (new["ref"], new["term"], new["state"], new["from_on"]) == (
        "forum-gwent/bawso-2",
        2,
        "future",
        "2014-04-01",
    )
    assert "deputy: Jeff Farrar" in read_output(capsys, folder, "groups", "seats", "forum-gwent")
    assert read_json(capsys, folder, "groups", "seats", "--ending-within", "90d") == []
    assert (
        read_output(capsys, folder, "groups", "unseat", "idmg/wales-office", "--on", "2014-01-27")
        == "idmg/wales-office\n"
    )
    (expired,) = read_json(capsys, folder, "groups", "seats", "idmg", "--expired")
    assert (expired["ref"], expired["state"]) == ("idmg/wales-office", "expired")
    assert (
        read_output(capsys, folder, "groups", "seat", "LG", "fire services", "--class")
        == "leadership-group/fire-services\n"
    )
    run_ahtc(
        folder,
        "contacts",
        "appoint",
        "X",
        "minister-for-security",
        "--from",
        "2013-01-01",
        "--to",
        "2014-01-10",
        "--new",
    )
    assert "vacant since 11 January 2014" in read_output(capsys, folder, "groups", "seats", "idmg", "--vacant")


def test_who_is_missing_where_and_which_area_has_no_forum(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    matrix = read_json(capsys, folder, "groups", "matrix")
    assert len(matrix["groups"]) == 22
    gwent = next(row for row in matrix["rows"] if row["ref"] == "gwent-police")
    assert gwent["cells"]["leadership-group"]["how"] == "sits"
    missing = [
        absence["ref"]
        for absence in matrix["missing"]
        if absence["group"] == "leadership-group" and absence["how"] == "missing"
    ]
    assert "south-wales-police" in missing
    assert len(missing) == 10
    text = read_output(capsys, folder, "groups", "matrix")
    assert "● has a seat" in text
    assert "Who is missing" in text
    missing_text = read_output(capsys, folder, "groups", "matrix", "--missing", "forum-gwent")
    assert "Gwent Police" in missing_text
    assert "●" not in missing_text
    assert read_output(capsys, folder, "groups", "matrix", "--missing", "cross-party") == ""
    assert read_json(capsys, folder, "groups", "map")["without_forum"] == []
    run_ahtc(folder, "groups", "close", "forum-cardiff")
    assert read_json(capsys, folder, "groups", "map")["without_forum"] == ["cardiff"]
    assert "no forum" in read_output(capsys, folder, "groups", "map")


def test_our_seats_and_attendance(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run_ahtc(folder, "meetings", "add", "Autumn", "--group", "idmg", "--starts", "2013-11-04 10:00") == 0
    assert run_ahtc(folder, "meetings", "attend", "IDMG-2013-01", "AHTC", "present") == 0
    seats = read_json(capsys, folder, "groups", "ours")
    assert len(seats) == 10
    assert (seats[0]["group_ref"], seats[0]["attendance_rate"], seats[0]["last_attended"]) == (
        "idmg",
        1.0,
        "2013-11-04",
    )
    assert seats[0]["beside"] == ["Lesley Griffiths"]
    assert "with Lesley Griffiths" in read_output(capsys, folder, "groups", "ours")
    rates = read_json(capsys, folder, "groups", "attendance", "idmg")
    ours = [rate for rate in rates if rate["ref"] == "idmg/ahtc"]
    assert [(rate["kind"], rate["attended"], rate["of"]) for rate in ours] == [("seat", 1, 1)]
    assert "1 of 1" in read_output(capsys, folder, "groups", "attendance", "--from", "2013-01-01", "--to", "2013")
    assert read_json(capsys, folder, "groups", "attendance", "idmg", "--to", "2013-01-01") == []


@pytest.mark.long
def test_a_brief_and_a_hand_over_are_written(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = folder / "idmg.md"
    assert read_output(capsys, folder, "export", "brief", "idmg", str(target)) == f"{target}\n"
    assert "with Lesley Griffiths" in target.read_text(encoding="utf-8")
    report = read_json(capsys, folder, "export", "handover", "ahtc", str(folder / "ahtc.docx"))
    counts = tuple(report[name] for name in ("led", "not_done", "continuing", "closed", "seats"))
    assert counts == (16, 12, 8, 4, 10)
    assert run_ahtc(folder, "export", "handover", "ahtc", str(folder / "ahtc.docx")) == 6
    run_ahtc(folder, "actions", "add", "Mine alone", "--lead", "stephen-chapman")
    assert run_ahtc(folder, "export", "handover", "ahtc", str(folder / "again.docx")) == 1
    assert "To decide: Stephen Chapman leads DP-45 Mine alone" in capsys.readouterr().err


def test_version_is_a_flag_of_the_program(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--version"]) == 0
    assert capsys.readouterr().out.startswith("ahtc ")
