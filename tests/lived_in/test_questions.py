"""Ten questions of a Minister to the lived-in office: the commands of the page, against what is true in it."""

from __future__ import annotations

import json
import re
import shlex
from collections import Counter
from datetime import date
from typing import Any

import pytest

from tests.lived_in.office import FORCES, HEALTH, LAST_REPORT, NORTH, TODAY, Office
from tests.shape.tree import ROOT

QUESTIONS = re.findall(r"^\| (.+\?) \| `ahtc (.+)` \|$", (ROOT / "docs/questions.md").read_text(), re.MULTILINE)

SEEDED_OPEN, SEEDED_LATE = 28, 2
"""Open and late actions of the reference data, on which nobody works in this office."""

pytestmark = pytest.mark.xdist_group("lived-in")


def ask(office: Office, number: int) -> Any:
    """Return the JSON answer to a question of the page."""
    return json.loads(office.command(TODAY, *shlex.split(QUESTIONS[number - 1][1]), "--json"))


def list_refs(rows: list[dict[str, Any]]) -> list[str]:
    return sorted(row["ref"] for row in rows)


def list_open(office: Office) -> set[str]:
    return {ref for ref, action in office.actions.items() if action.closed_on is None}


def test_there_are_ten_questions_and_each_is_answered_in_words(office: Office) -> None:
    assert len(QUESTIONS) == 10
    for _question, command in QUESTIONS:
        assert office.command(TODAY, *shlex.split(command))


def test_1_which_actions_for_north_wales_slipped_more_than_twice(office: Office) -> None:
    rows = ask(office, 1)
    expected = {
        ref: action
        for ref, action in office.actions.items()
        if action.closed_on is None
        and len(action.slips) > 2
        and (action.lead in NORTH or action.lead == "betsi-cadwaladr-hb" or ref.startswith("FNW-"))
    }
    assert list_refs(rows) == sorted(expected)
    for row in rows:
        action = expected[row["ref"]]
        assert row["lead_ref"] == action.lead
        assert [slip["slipped_on"] for slip in row["slipped"]] == [day.isoformat() for day in action.slips]


def test_2_which_recommendations_are_open_and_why(office: Office) -> None:
    rows = {row["ref"]: row for row in ask(office, 2)}
    for ref, actions in office.recommendations.items():
        is_open = not actions or any(office.actions[action].closed_on is None for action in actions)
        assert (ref in rows) is is_open
        if is_open:
            assert [action["ref"] for action in rows[ref]["linked"]] == actions
            assert rows[ref]["response"].startswith("Accepted")


def test_3_who_from_health_has_not_attended_for_a_year(office: Office) -> None:
    expected = {ref for ref, day in office.attended.items() if day < date(2015, 12, 16)}
    assert 0 < len(expected) < len(office.attended) == len(HEALTH)
    assert list_refs(ask(office, 3)) == sorted(expected)


def test_4_what_was_promised_in_june_2015_and_what_became_of_it(office: Office) -> None:
    rows = ask(office, 4)
    expected = {ref: links for ref, (day, links) in office.promises.items() if (day.year, day.month) == (2015, 6)}
    assert list_refs(rows) == sorted(expected)
    for row in rows:
        (outcome,) = row["became"]
        assert [outcome["ref"]] == expected[row["ref"]]
        assert (outcome["status"] == "done") is (office.actions[outcome["ref"]].closed_on is not None)


def test_5_how_the_forum_model_was_taken_up(office: Office) -> None:
    take_up = ask(office, 5)
    shown = {row["ref"]: row["by_year"] for row in take_up["places"]}
    for area, by_year in office.take_up.items():
        assert {year: shown[area][str(year)] for year in by_year} == by_year


def test_6_what_got_worse_since_the_last_meeting(office: Office) -> None:
    last = date(2016, 10, 11)
    assert max(day for day, _ref in office.meetings) == last
    expected = {
        ref
        for ref in list_open(office)
        if (before := office.actions[ref].rating_on(last))
        and "GAR".index(office.actions[ref].ratings[-1][1]) > "GAR".index(before)
    }
    assert list_refs(ask(office, 6)) == sorted(expected)


def test_7_what_each_force_still_owes(office: Office) -> None:
    rows = {row["ref"]: row for row in ask(office, 7)}
    owed = {ref: office.actions[ref] for ref in list_open(office) if office.actions[ref].lead in FORCES}
    assert owed
    assert owed.keys() == {ref for ref in rows if ref in office.actions}
    assert {ref: rows[ref]["due"] for ref in owed} == {ref: action.due.isoformat() for ref, action in owed.items()}


def test_8_which_decisions_were_never_carried_out(office: Office) -> None:
    expected = [ref for ref, links in office.decisions.items() if office.actions[links[0]].closed_on is None]
    assert expected
    assert [ref for ref in list_refs(ask(office, 8)) if ref in office.decisions] == sorted(expected)


def test_9_with_whom_we_lost_touch(office: Office) -> None:
    shown = {row["ref"] for row in ask(office, 9)}
    for ref, day in office.engaged.items():
        assert (ref in shown) is ((TODAY - day).days > 365), ref


def test_10_what_was_known_on_the_day_of_the_last_report(office: Office) -> None:
    total = ask(office, 10)["total"]
    for counts, day in ((total["from"], LAST_REPORT), (total["to"], TODAY)):
        current = [action for action in office.actions.values() if action.is_open_on(day)]
        late = [action for action in current if action.is_late_on(day)]
        assert (counts["open"], counts["late"]) == (len(current) + SEEDED_OPEN, len(late) + SEEDED_LATE)
        ratings = Counter(action.rating_on(day) for action in current)
        assert {rating: counts["by_brag"][rating] for rating in "RAG"} == {rating: ratings[rating] for rating in "RAG"}


def test_attendance_has_the_date_of_the_last_meeting_attended(office: Office) -> None:
    rows = office.read("groups", "attendance", "leadership-group")
    shown = {row["ref"]: row["last_on"] for row in rows if row["kind"] == "person" and row["ref"] in office.attended}
    assert shown == {ref: None if day == date.min else day.isoformat() for ref, day in office.attended.items()}
