"""Tests of back-plans: working days before an event, and one transaction that creates all actions."""

from __future__ import annotations

from datetime import date

import pytest

from ahtc_tui.domain.actions.filters import read_action_filter
from ahtc_tui.domain.dates.working_days import is_working_day, move_back_to_working_day
from ahtc_tui.domain.errors import BadInput, NotFound
from ahtc_tui.domain.i18n import Language, use_language
from ahtc_tui.domain.plan.back_plan import read_template
from ahtc_tui.services.actions.service import list_actions, show_action
from ahtc_tui.services.documents.meeting_documents import copy_templates
from ahtc_tui.services.history import redo_step, undo_step
from ahtc_tui.services.meetings.service import show_meeting
from ahtc_tui.services.plan.back_plan import (
    build_back_plan,
    create_actions,
    list_templates,
    read_template_text,
    save_template,
    strip_comments,
)
from ahtc_tui.services.workspace import Workspace
from tests.builders import TODAY, query_rows, read_live_rows

DAY = date(2014, 10, 18)


@pytest.mark.parametrize(
    ("typed_day", "event_day"),
    [
        ("2014-10-18", "2014-10-17"),
        ("2015-10-18", "2015-10-16"),
        ("2013-10-18", "2013-10-18"),
        ("2014-04-21", "2014-04-17"),
    ],
)
def test_a_non_working_day_proposes_the_working_day_before(typed_day: str, event_day: str) -> None:
    assert move_back_to_working_day(date.fromisoformat(typed_day)) == date.fromisoformat(event_day)


def test_every_task_is_due_on_a_working_day(wales: Workspace) -> None:
    plan = build_back_plan(wales, "Anti-Slavery Day", DAY)
    assert (plan.asked, plan.day) == (DAY, date(2014, 10, 17))
    assert plan.move_reason == "18 October 2014 is not a working day (Saturday), so Friday 17 October 2014 is proposed."
    assert all(is_working_day(step.due) for step in plan.steps)
    assert [step.due for step in plan.steps] == sorted(step.due for step in plan.steps)
    first = plan.steps[0]
    assert (first.when, first.due) == ("26 weeks before", date(2014, 4, 17))
    assert next(step.due for step in plan.steps if step.when == "on the day") == plan.day
    text = " ".join(step.text for step in plan.steps).lower()
    for words in (
        "venue",
        "invitation list",
        "speakers",
        "minister's diary",
        "press notice",
        "programme",
        "evaluation",
    ):
        assert words in text


def test_building_a_back_plan_writes_nothing(wales: Workspace) -> None:
    before = read_live_rows(wales)
    build_back_plan(wales, "Anti-Slavery Day", DAY, lead="AHTC", group="leadership-group")
    assert read_live_rows(wales) == before


def test_creating_the_actions_is_one_step_and_one_undo(wales: Workspace) -> None:
    before = read_live_rows(wales)
    plan = build_back_plan(wales, "Anti-Slavery Day", DAY, lead="AHTC", group="leadership-group")
    created = create_actions(wales, plan, "leadership-group")
    rows = list_actions(wales, read_action_filter("Anti-Slavery Day 2014", today=TODAY))
    assert {row.ref for row in rows} == {step.ref for step in created.steps}
    assert len(rows) == len(plan.steps) == 21
    assert {row.lead_ref for row in rows} == {"ahtc"}
    card = show_action(wales, created.steps[1].ref or "")
    assert (card.row.title, str(card.row.due)) == ("Anti-Slavery Day 2014: Book the venue", "2 May 2014")
    assert card.detail == "24 weeks before Anti-Slavery Day on 17 October 2014."
    event = show_meeting(wales, created.event or "")
    assert (event.row.title, str(event.row.day)) == ("Anti-Slavery Day", "17 October 2014")
    assert event.invitees
    undo_step(wales)
    assert read_live_rows(wales) == before
    redo_step(wales)
    assert len(list_actions(wales, read_action_filter("Anti-Slavery Day 2014", today=TODAY))) == 21


def test_existing_actions_are_not_created_again(wales: Workspace) -> None:
    create_actions(wales, build_back_plan(wales, "Anti-Slavery Day", DAY), "leadership-group")
    repeated = build_back_plan(wales, "Anti-Slavery Day", DAY)
    assert repeated.new_steps == ()
    with pytest.raises(BadInput, match="exist already"):
        create_actions(wales, repeated)
    more = build_back_plan(
        wales, "Anti-Slavery Day", DAY, text="6 weeks before: Book the venue\n5 days before: Hang the flags"
    )
    created = create_actions(wales, more, "leadership-group")
    assert [step.here is None for step in created.steps] == [False, True]
    assert len(query_rows(wales, "SELECT 1 FROM meetings WHERE title = 'Anti-Slavery Day' AND NOT deleted")) == 1
    assert len(build_back_plan(wales, "Anti-Slavery Day", date(2015, 10, 18)).new_steps) == 21


def test_tasks_use_their_own_lead_or_the_given_one(wales: Workspace) -> None:
    text = "3 months before: Ask the forces @ Jeff Farrar\n2 weeks before: Write\n1 week after - Thank them"
    plan = build_back_plan(wales, "Conference 2014", DAY, text=text, lead="Bawso", keep_day=True)
    assert [(step.title, step.lead_ref) for step in plan.steps] == [
        ("Conference 2014: Ask the forces", "jeff-farrar"),
        ("Conference 2014: Write", "bawso"),
        ("Conference 2014: Thank them", "bawso"),
    ]
    assert plan.day == DAY
    assert [step.due for step in plan.steps] == [date(2014, 7, 18), date(2014, 10, 3), date(2014, 10, 27)]
    with pytest.raises(NotFound):
        build_back_plan(wales, "Conference", DAY, text="1 week before: Ask @nobody-of-that-name")


def test_past_steps_are_marked(wales: Workspace) -> None:
    plan = build_back_plan(wales, "Launch", date(2014, 1, 10))
    assert sum(step.past for step in plan.steps) == 15
    assert not plan.steps[-1].past


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("Book the venue", "line 1"),
        ("# only words\n\n", "has no tasks"),
        ("2 weeks before: A\n3 fortnights before: B", "line 2"),
        ("2 weeks before:", "line 1"),
        ("1 day before: @AHTC", "line 1"),
        ("1 day before: " + "x" * 400, "1 to 300 characters"),
        ("\n".join(f"1 day before: {n}" for n in range(300)), "more than 200"),
    ],
)
def test_an_invalid_template_is_refused_with_its_line(text: str, sentence: str) -> None:
    with pytest.raises(BadInput, match=sentence):
        read_template(text, "back-plan")


def test_the_office_saves_templates_of_its_own(wales: Workspace) -> None:
    shipped = read_template_text(wales)
    assert shipped.startswith("#")
    assert not strip_comments(shipped).startswith("#")
    copied = copy_templates(wales)[-1]
    assert copied == wales.root / "templates" / "back-plan.txt"
    copied.write_bytes(b"\xef\xbb\xbf1 week before: Bake the cake\r\n")
    assert [step.text for step in build_back_plan(wales, "Launch", DAY).steps] == ["Bake the cake"]
    save_template(wales, "2 weeks before: Order flour", "small")
    assert list_templates(wales) == ["back-plan", "small"]
    kept = read_template_text(wales, "small")
    assert kept.startswith("# What is to be done")
    assert strip_comments(kept) == "2 weeks before: Order flour"
    assert [step.text for step in build_back_plan(wales, "Launch", DAY, template="small").steps] == ["Order flour"]
    with pytest.raises(NotFound, match="back-plan, small"):
        read_template_text(wales, "large")
    for name in ("../x", "a/b", "a\\b", ""):
        with pytest.raises(BadInput):
            save_template(wales, "1 day before: X", name)
    copied.write_bytes(b"\xff\xfe1 day")
    with pytest.raises(BadInput, match="plain text"):
        build_back_plan(wales, "Launch", DAY)


def test_a_back_plan_needs_a_title(wales: Workspace) -> None:
    with pytest.raises(BadInput, match="needs a title"):
        build_back_plan(wales, "  ", DAY)


def test_the_shipped_template_has_the_same_schedule_in_welsh(workspace: Workspace) -> None:
    english = read_template(read_template_text(workspace), "back-plan")
    with use_language(Language.CY):
        welsh = read_template(read_template_text(workspace), "back-plan")
    assert [task.shift_day(TODAY) for task in welsh] == [task.shift_day(TODAY) for task in english]
    assert welsh[0].text == "Cytuno ar nod y diwrnod, ar gyfer pwy y mae a phwy sy'n talu"
