"""The form of a back-plan: the event, its day, and its tasks, which can be changed and kept. Shows before it makes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any

from textual.widgets import Input, TextArea

from ahtc_tui.domain.dates.date_as_known import MONTHS, DateAsKnown, Precision, long_date
from ahtc_tui.domain.dates.formatting import long_date_with_day, say_number
from ahtc_tui.domain.dates.parser import read_date
from ahtc_tui.domain.errors import BadInput
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.plan.back_plan import BackPlan, proposed
from ahtc_tui.services.contacts.circulation_lists import list_lists
from ahtc_tui.services.meetings import invitations
from ahtc_tui.services.plan import back_plan as service
from ahtc_tui.tui.widgets.confirm import Confirm
from ahtc_tui.tui.widgets.date_field import DateField
from ahtc_tui.tui.widgets.form import FormRow, FormScreen
from ahtc_tui.tui.widgets.owner_field import Candidate, OwnerField
from ahtc_tui.tui.widgets.pick_list import Pick
from ahtc_tui.tui.widgets.select import choices

if TYPE_CHECKING:
    from ahtc_tui.domain.meetings.invitations import InviteList
    from ahtc_tui.tui.base.desk_screen import DeskApp
    from ahtc_tui.tui.base.service_threads import Desk

EVENT = _("Anti-Slavery Day")
MONTH, DAY = 10, 18
"""Anti-Slavery Day is 18 October (Anti-Slavery Day Act 2010)."""

HELD = [(_("the working day before is taken"), "move"), (_("it is held on that day all the same"), "stay")]
KEPT = [(_("these tasks are for this event alone"), "once"), (_("the office keeps these tasks for next time"), "keep")]


def next_day(today: date) -> date:
    """The next Anti-Slavery Day that can still be held on the day before it."""
    this_year = date(today.year, MONTH, DAY)
    return this_year if proposed(this_year) >= today else date(today.year + 1, MONTH, DAY)


def doubt(value: DateAsKnown) -> str:
    """Which working day comes before a day that is none."""
    if value.precision is not Precision.DAY or (day := proposed(value.latest)) == value.latest:
        return ""
    return _("no working day; {day} is taken").format(day=long_date_with_day(day))


class BackPlanForm(FormScreen):
    """An event with its list of tasks."""

    DEFAULT_CSS = """
    BackPlanForm .form-cell > TextArea { height: 8; }
    BackPlanForm.-low .form-cell > TextArea { height: 6; }
    """

    def __init__(self, desk: Desk, groups: Sequence[Candidate], lines: str, typed: dict[str, Any] | None) -> None:
        super().__init__(_("Back-plan: from the day of an event to what comes before it"))
        self._desk, self._groups, self._typed = desk, groups, typed or {}
        self._lines = lines
        self.plan: BackPlan | None = None

    def rows(self) -> Iterable[FormRow]:
        """What, when, whose, who leads, and the tasks."""
        asked = next_day(self._desk.today)
        shown = {"title": EVENT, "day": long_date(proposed(asked)), "lead": "", "lines": self._lines}
        shown = {**shown, "keep_day": HELD[0][1], "keep": KEPT[0][1], **self._typed}
        known = next((one.ref for one in self._groups if one.ref == "leadership-group"), None)
        group = self._typed.get("group", known)
        reader = partial(read_date, today=self._desk.today)
        yield FormRow("title", _("Event"), Input(shown["title"], compact=True))
        yield FormRow("day", _("Date"), DateField(reader, shown["day"], _("18 oct 2014"), doubt=doubt))
        yield FormRow("keep_day", _("No working day"), choices(HELD, shown["keep_day"], blank=False))
        yield FormRow(
            "group", _("Group"), OwnerField(self._groups, group, _("whose event it is; its seats are invited"))
        )
        yield FormRow("lead", _("Lead"), Input(shown["lead"], _("of tasks without @name"), compact=True))
        yield FormRow("lines", _("Tasks"), TextArea(shown["lines"], compact=True))
        yield FormRow("keep", _("The list"), choices(KEPT, shown["keep"], blank=False))

    async def accept(self, values: dict[str, Any]) -> None:
        """Put the plan together, or keep the form open with the sentence."""
        day: DateAsKnown | None = values["day"]
        if day is None or day.precision is not Precision.DAY:
            self.show_error(_("A back-plan needs a day, like 18 oct 2014."), "day")
            raise BadInput(_("A back-plan needs a day, like 18 oct 2014."))
        self.plan = await self._desk.ask(
            service.back_plan,
            values["title"],
            day.latest,
            text=values["lines"],
            lead=values["lead"] or None,
            group=values["group"],
            keep_day=values["keep_day"] == HELD[1][1],
        )


async def fill_in(app: DeskApp, desk: Desk, groups: Sequence[Candidate]) -> BackPlan | None:
    """The form, then every task with its day; the plan as it was made, None where somebody left it."""
    lines = service.tasks_of(await desk.ask(service.template_text))
    typed: dict[str, Any] | None = None
    while True:
        form = BackPlanForm(desk, groups, lines, typed)
        values = await app.push_screen_wait(form)
        if values is None or form.plan is None:
            return None
        question = Confirm(question_of(form.plan), yes=_("make them"), no=_("back to the tasks"))
        if await app.push_screen_wait(question):
            if values["keep"] == KEPT[1][1]:
                await desk.ask(service.save_template, values["lines"])
            return await desk.ask(service.make_actions, form.plan, values["group"])
        typed = {**values, "day": str(values["day"])}


def question_of(plan: BackPlan) -> str:
    """The plan as a question: the day, and under it every task with its day."""
    made = say_number(len(plan.new), _("1 action"), _("{n} actions"))
    head = _("{made} for {title}, {day}?").format(made=made, title=plan.title, day=long_date_with_day(plan.day))
    marks = [
        f"{step.due.day:>2} {_(MONTHS[step.due.month])[:3]} {step.due.year}  {step.text}"
        + (f"  ({step.here})" if step.here else "")
        + (_("  PAST") if step.past else "")
        for step in plan.steps
    ]
    return "\n".join([head, *([plan.moved] if plan.moved else []), "", *marks])


def said_made(plan: BackPlan) -> str:
    """What was made, in one sentence."""
    made = say_number(sum(step.ref is not None for step in plan.steps), _("1 action made"), _("{n} actions made"))
    return _("{made} for {title}, {day}").format(made=made, title=plan.title, day=long_date_with_day(plan.day))


async def ask_area(app: DeskApp, desk: Desk, ref: str) -> InviteList | None:
    """One area or circulation list out of all, whose contacts are asked; None where somebody left it."""
    areas = await desk.ask(invitations.areas_to_ask)
    lists = await desk.ask(list_lists)
    count = partial(say_number, one=_("1 contact"), more=_("{n} contacts"))
    options = [(name, count(number)) for name, number in areas]
    options += [(one.name, _("list, {n}").format(n=count(one.members))) for one in lists]
    name = await app.push_screen_wait(Pick(_("Whom to ask to {ref}").format(ref=ref), options))
    if name is None:
        return None
    known = name in [area for area, _number in areas]
    return await desk.ask(invitations.invite, ref, [name] if known else [], [] if known else [name])
