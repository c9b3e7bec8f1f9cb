"""`ahtc meetings`: lists, cards, series, attendance."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import read_json, run_ahtc

KEYS = ("ref", "group", "title", "starts", "ends", "tz", "venue", "state", "uid", "sequence")


def add_meeting(folder: Path, capsys: pytest.CaptureFixture[str], *words: str) -> str:
    """Add a meeting and return its reference."""
    assert run_ahtc(folder, "meetings", "add", "--group", "LG", "--starts", "2014-01-14 10:00", *words) == 0
    return capsys.readouterr().out.strip()


def test_the_list_gives_11_meetings_with_the_keys_of_the_contract(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = read_json(capsys, folder, "meetings", "list")
    assert len(rows) == 11
    assert all(set(KEYS) <= set(row) for row in rows)
    starts = {row["ref"]: row["starts"] for row in rows}
    assert starts["ukhtc-visit-2013-06"] == "2013-06"
    assert starts["ne-wales-conference-2013"] == "2013-10-18"
    assert starts["celg-paper"] is None


def test_a_card_gives_agenda_attendance_and_lines(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    card = read_json(capsys, folder, "meetings", "show", "UKHTC-visit-2013-06")
    assert set(KEYS) <= set(card)
    assert [item["title"] for item in card["agenda"]][2] == "The NRM process"
    assert (card["attendance"], card["lines"]) == ([], [])
    assert card["paragraph"] == "Paragraph 2.15, CELG(4)-31-13 Paper 1, Human Trafficking (2013)"


def test_a_card_is_readable_and_names_its_paragraph(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run_ahtc(folder, "meetings", "show", "ne-wales-conference-2013") == 0
    out = capsys.readouterr().out
    out = re.sub("  +", "  ", out)
    assert "Where  Glyndŵr University, Wrexham" in out
    assert "Source of venue  Report of the conference on the website Welsh Icons" in out


def test_a_meeting_is_added_moved_cancelled_and_undone(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    ref = add_meeting(folder, capsys, "--minutes", "90", "--venue", "Cathays Park")
    assert ref == "LG-2014-01"
    card = read_json(capsys, folder, "meetings", "show", "lg-2014-01")
    assert (card["starts"], card["ends"], card["tz"]) == ("2014-01-14T10:00", "2014-01-14T11:30", "Europe/London")
    assert run_ahtc(folder, "meetings", "edit", ref, "starts=2014-01-15 14:00", "title=Leadership Group") == 0
    assert run_ahtc(folder, "meetings", "cancel", ref) == 0
    capsys.readouterr()
    after = read_json(capsys, folder, "meetings", "show", ref)
    assert (after["sequence"], after["state"], after["uid"]) == (2, "cancelled", card["uid"])
    assert run_ahtc(folder, "meetings", "cancel", ref) == 6
    for _step in range(3):
        assert run_ahtc(folder, "undo") == 0
    capsys.readouterr()
    assert len(read_json(capsys, folder, "meetings", "list")) == 11


@pytest.mark.parametrize(
    ("code", "words"),
    [
        (3, ("show", "LG-1999-01")),
        (3, ("list", "--group", "nobody")),
        (3, ("add", "--group", "nobody", "--starts", "2014-01-14 10:00")),
        (2, ("add", "Alone", "--starts", "2014-01-14 10:00")),
        (2, ("add", "--group", "LG", "--starts", "1914-01-14 10:00")),
        (2, ("add", "--group", "LG", "--starts", "2014-01-14 10:00", "--ends", "09:00")),
        (2, ("add", "--group", "LG", "--starts", "2026-03-29 01:30")),
        (2, ("add", "--group", "LG", "--starts", "2014-01-14 10:00", "--repeat", "weekly on the second Tuesday")),
        (2, ("edit", "celg-paper", "colour=blue")),
        (2, ("edit", "celg-paper", "colour")),
    ],
)
def test_wrong_values_are_one_sentence_with_an_exit_code(
    folder: Path, capsys: pytest.CaptureFixture[str], code: int, words: tuple[str, ...]
) -> None:
    assert run_ahtc(folder, "meetings", *words) == code
    printed = capsys.readouterr()
    assert printed.out == ""
    assert len(printed.err.splitlines()) == 1


def test_the_coming_meetings_are_those_from_today_on(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    ref = add_meeting(folder, capsys)
    coming = read_json(capsys, folder, "meetings", "list", "--coming")
    assert [row["ref"] for row in coming] == ["services-review-report", ref]


@pytest.mark.sample(3)
@pytest.mark.parametrize("words", [("meetings", "list"), ("groups", "seats"), ("contacts", "show", "ahtc")])
def test_reading_loads_no_library_of_writing_or_screens(wales_folder: Path, words: tuple[str, ...]) -> None:
    heavy = {"pydantic", "pendulum", "icalendar", "openpyxl", "textual", "sqlmodel", "sqlalchemy", "dateutil"}
    program = (
        "import sys; from ahtc_tui.cli.main import run;"
        f"code = run(['--workspace', {str(wales_folder)!r}, *{words!r}, '--json']);"
        f"sys.exit(code or sorted({heavy!r} & set(sys.modules)) or 0)"
    )
    completed = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert (completed.returncode, completed.stderr) == (0, "")


def test_a_series_is_one_line_with_its_rule_and_its_days_have_references(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rule = ("--repeat", "FREQ=MONTHLY;BYDAY=1MO;COUNT=12", "--on-holiday", "move")
    assert run_ahtc(folder, "meetings", "add", "--group", "LG", "--starts", "2014-01-06 10:00", *rule) == 0
    ref = capsys.readouterr().out.strip()
    assert run_ahtc(folder, "meetings", "move", ref, "2014-03-03", "2014-03-05 14:00") == 0
    assert run_ahtc(folder, "meetings", "cancel", ref, "--on", "2 June 2014") == 0
    assert run_ahtc(folder, "meetings", "occurrence", ref, "2014-05-06") == 0
    assert capsys.readouterr().out.split() == ["LG-2014-02", "LG-2014-03", "LG-2014-04"]
    assert run_ahtc(folder, "meetings", "dates", ref, "--from", "2014-03-01", "--to", "2014-06-30") == 0
    lines = capsys.readouterr().out.splitlines()
    assert "Wednesday 5 March 2014, 2pm" in lines[0]
    assert "planned for Monday 3 March 2014, 10am" in lines[0]
    assert "Cancelled" in lines[3]
    assert run_ahtc(folder, "meetings", "dates", ref, "--json") == 0
    assert json.loads(capsys.readouterr().out)[0]["planned"] == "2014-01-06T10:00"
    assert run_ahtc(folder, "meetings", "list", "--coming") == 0
    assert "every month on the first Monday, 12 times" in capsys.readouterr().out
    assert run_ahtc(folder, "meetings", "list", "--json") == 0
    listed = {row["ref"]: row for row in json.loads(capsys.readouterr().out)}
    assert (listed[ref]["starts"], listed["LG-2014-02"]["series"]) == ("2014-01-06T10:00", ref)
    assert run_ahtc(folder, "meetings", "show", ref) == 0
    assert re.search(
        r"moved to the next working day on a bank holiday\n(.*\n)*RRULE +FREQ=MONTHLY", capsys.readouterr().out
    )
    assert run_ahtc(folder, "meetings", "show", "LG-2014-02") == 0
    assert "3 March 2014, 10am" in capsys.readouterr().out
    for code, words in ((2, ("occurrence", ref, "June 2014")), (3, ("occurrence", ref, "2014-02-04"))):
        assert run_ahtc(folder, "meetings", *words) == code


def test_lists_and_card_show_a_series_on_its_next_day_after_a_bank_holiday(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rule = ("--repeat", "FREQ=MONTHLY;BYDAY=3MO;COUNT=8", "--on-holiday", "move")
    assert run_ahtc(folder, "meetings", "add", "--group", "LG", "--starts", "2014-04-21 14:00", *rule) == 0
    captured = capsys.readouterr()
    ref = captured.out.strip()
    assert f"{ref}: 22 April 2014, 2pm" in captured.err
    for words in (("list", "--coming"), ("list",)):
        assert run_ahtc(folder, "meetings", *words) == 0
        assert f"22 April 2014, 2pm  {ref}" in " ".join(capsys.readouterr().out.split(" "))
    assert run_ahtc(folder, "meetings", "show", ref) == 0
    card = capsys.readouterr().out
    for fact in ("22 April 2014, 2pm", "21 April 2014, 2pm (Easter Monday)", "Wednesday 7 May", "Tuesday 27 May"):
        assert fact in card


def test_a_skipped_day_of_a_series_gives_the_reason(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rule = ("--repeat", "FREQ=MONTHLY;BYDAY=1MO;COUNT=12", "--on-holiday", "skip")
    assert run_ahtc(folder, "meetings", "add", "--group", "LG", "--starts", "2014-01-06 10:00", *rule) == 0
    capsys.readouterr()
    assert run_ahtc(folder, "meetings", "dates", "LG-2014-01", "--from", "2014-05-01", "--to", "2014-05-31") == 0
    assert capsys.readouterr().out.split("  ")[-1].strip() == "May Day"


def test_attendance_is_exported_as_a_workbook(folder: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert run_ahtc(folder, "meetings", "add", "--group", "LG", "--starts", "2013-12-10 10:00") == 0
    assert (
        run_ahtc(folder, "meetings", "attend", "LG-2013-01", "Nia Wyn", "present", "--new", "--organisation", "Bawso")
        == 0
    )
    assert (
        run_ahtc(folder, "export", "attendance", str(tmp_path / "a.xlsx"), "--group", "LG", "--from", "2013-01-01") == 0
    )
    capsys.readouterr()
    assert (
        run_ahtc(folder, "export", "attendance", str(tmp_path / "a.xlsx"), "--to", "2013-12-31", "--force", "--json")
        == 0
    )
    assert json.loads(capsys.readouterr().out)["rows"] == 7, "seats, people and kinds of body"
    assert run_ahtc(folder, "export", "attendance", str(tmp_path / "a.xlsx")) == 6
