"""From the day of an event back to what comes before it: the days are working days, and one step makes it all."""

from __future__ import annotations

from datetime import date

import pytest

from ahtc_tui.domain.actions.filters import ActionFilter
from ahtc_tui.domain.dates.working_days import is_working_day
from ahtc_tui.domain.errors import BadInput, NotFound
from ahtc_tui.domain.plan.back_plan import proposed, read_template
from ahtc_tui.services.actions.service import list_actions, show_action
from ahtc_tui.services.documents.meeting_documents import copy_templates
from ahtc_tui.services.history import redo, undo
from ahtc_tui.services.meetings.service import show_meeting
from ahtc_tui.services.plan.back_plan import (
    back_plan,
    make_actions,
    save_template,
    tasks_of,
    template_names,
    template_text,
)
from ahtc_tui.services.workspace import Workspace
from tests.builders import ask, live_rows

DAY = date(2014, 10, 18)


@pytest.mark.parametrize(
    ("asked", "held"),
    [
        ("2014-10-18", "2014-10-17"),
        ("2015-10-18", "2015-10-16"),
        ("2013-10-18", "2013-10-18"),
        ("2014-04-21", "2014-04-17"),
    ],
)
def test_a_weekend_or_a_bank_holiday_proposes_the_working_day_before(asked: str, held: str) -> None:
    assert proposed(date.fromisoformat(asked)) == date.fromisoformat(held)


def test_every_task_falls_on_a_working_day_and_good_friday_is_none(wales: Workspace) -> None:
    plan = back_plan(wales, "Anti-Slavery Day", DAY)
    assert (plan.asked, plan.day) == (DAY, date(2014, 10, 17))
    assert plan.moved == "18 October 2014 is no working day (Saturday): Friday 17 October 2014 is proposed."
    assert all(is_working_day(step.due) for step in plan.steps)
    assert [step.due for step in plan.steps] == sorted(step.due for step in plan.steps)
    first = plan.steps[0]
    assert (first.when, first.due) == ("26 weeks before", date(2014, 4, 17))
    assert next(step.due for step in plan.steps if step.when == "on the day") == plan.day
    said = " ".join(step.text for step in plan.steps).lower()
    for words in (
        "venue",
        "invitation list",
        "speakers",
        "minister's diary",
        "press notice",
        "programme",
        "evaluation",
    ):
        assert words in said


def test_looking_at_it_writes_nothing(wales: Workspace) -> None:
    before = live_rows(wales)
    back_plan(wales, "Anti-Slavery Day", DAY, lead="AHTC", group="leadership-group")
    assert live_rows(wales) == before


def test_it_is_made_in_one_step_and_taken_back_in_one(wales: Workspace) -> None:
    before = live_rows(wales)
    plan = back_plan(wales, "Anti-Slavery Day", DAY, lead="AHTC", group="leadership-group")
    made = make_actions(wales, plan, "leadership-group")
    rows = list_actions(wales, ActionFilter(words="Anti-Slavery Day 2014"))
    assert {row.ref for row in rows} == {step.ref for step in made.steps}
    assert len(rows) == len(plan.steps) == 20
    assert {row.lead_ref for row in rows} == {"ahtc"}
    card = show_action(wales, made.steps[1].ref or "")
    assert (card.row.title, str(card.row.due)) == ("Anti-Slavery Day 2014: Book the venue", "2 May 2014")
    assert card.detail == "24 weeks before Anti-Slavery Day on 17 October 2014."
    event = show_meeting(wales, made.event or "")
    assert (event.row.title, str(event.row.day)) == ("Anti-Slavery Day", "17 October 2014")
    assert event.invitees
    undo(wales)
    assert live_rows(wales) == before
    redo(wales)
    assert len(list_actions(wales, ActionFilter(words="Anti-Slavery Day 2014"))) == 20


def test_what_is_there_already_is_not_made_again(wales: Workspace) -> None:
    make_actions(wales, back_plan(wales, "Anti-Slavery Day", DAY), "leadership-group")
    again = back_plan(wales, "Anti-Slavery Day", DAY)
    assert again.new == ()
    with pytest.raises(BadInput, match="is here already"):
        make_actions(wales, again)
    more = back_plan(
        wales, "Anti-Slavery Day", DAY, text="6 weeks before: Book the venue\n5 days before: Hang the flags"
    )
    made = make_actions(wales, more, "leadership-group")
    assert [step.here is None for step in made.steps] == [False, True]
    assert len(ask(wales, "SELECT 1 FROM meetings WHERE title = 'Anti-Slavery Day' AND NOT deleted")) == 1
    assert len(back_plan(wales, "Anti-Slavery Day", date(2015, 10, 18)).new) == 20


def test_a_line_names_who_leads_it_and_others_take_the_lead_that_is_given(wales: Workspace) -> None:
    text = "3 months before: Ask the forces @ Jeff Farrar\n2 weeks before: Write\n1 week after - Thank them"
    plan = back_plan(wales, "Conference 2014", DAY, text=text, lead="Bawso", keep_day=True)
    assert [(step.title, step.lead_ref) for step in plan.steps] == [
        ("Conference 2014: Ask the forces", "jeff-farrar"),
        ("Conference 2014: Write", "bawso"),
        ("Conference 2014: Thank them", "bawso"),
    ]
    assert plan.day == DAY
    assert [step.due for step in plan.steps] == [date(2014, 7, 18), date(2014, 10, 3), date(2014, 10, 27)]
    with pytest.raises(NotFound):
        back_plan(wales, "Conference", DAY, text="1 week before: Ask @nobody-of-that-name")


def test_days_that_are_over_are_said_to_be(wales: Workspace) -> None:
    plan = back_plan(wales, "Launch", date(2014, 1, 10))
    assert sum(step.past for step in plan.steps) == 14
    assert not plan.steps[-1].past


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Book the venue", "line 1"),
        ("# only words\n\n", "has no tasks"),
        ("2 weeks before: A\n3 fortnights before: B", "line 2"),
        ("2 weeks before:", "line 1"),
        ("1 day before: @AHTC", "line 1"),
        ("1 day before: " + "x" * 400, "1 to 300 letters"),
        ("\n".join(f"1 day before: {n}" for n in range(300)), "more than 200"),
    ],
)
def test_a_list_that_cannot_be_read_says_where(text: str, said: str) -> None:
    with pytest.raises(BadInput, match=said):
        read_template(text, "back-plan")


def test_the_office_changes_the_list_and_keeps_it(wales: Workspace) -> None:
    shipped = template_text(wales)
    assert shipped.startswith("#")
    assert not tasks_of(shipped).startswith("#")
    copied = copy_templates(wales)[-1]
    assert copied == wales.root / "templates" / "back-plan.txt"
    copied.write_bytes(b"\xef\xbb\xbf1 week before: Bake the cake\r\n")
    assert [step.text for step in back_plan(wales, "Launch", DAY).steps] == ["Bake the cake"]
    save_template(wales, "2 weeks before: Order flour", "small")
    assert template_names(wales) == ["back-plan", "small"]
    kept = template_text(wales, "small")
    assert kept.startswith("# What is to be done")
    assert tasks_of(kept) == "2 weeks before: Order flour"
    assert [step.text for step in back_plan(wales, "Launch", DAY, template="small").steps] == ["Order flour"]
    with pytest.raises(NotFound, match="back-plan, small"):
        template_text(wales, "large")
    for name in ("../x", "a/b", "a\\b", ""):
        with pytest.raises(BadInput):
            save_template(wales, "1 day before: X", name)
    copied.write_bytes(b"\xff\xfe1 day")
    with pytest.raises(BadInput, match="plain text"):
        back_plan(wales, "Launch", DAY)


def test_it_needs_a_title(wales: Workspace) -> None:
    with pytest.raises(BadInput, match="needs a title"):
        back_plan(wales, "  ", DAY)
