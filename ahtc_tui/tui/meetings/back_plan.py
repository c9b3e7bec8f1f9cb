"""Forms of a back-plan, which derives tasks from the date of an event, and of invitations by area."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from textual.widgets import Input

from ahtc_tui.domain.dates.calendar_names import format_short_month
from ahtc_tui.domain.dates.date_as_known import DateAsKnown, Precision, format_long_date
from ahtc_tui.domain.dates.formatting import format_weekday_date
from ahtc_tui.domain.dates.parser import read_date_alone
from ahtc_tui.domain.dates.working_days import move_back_to_working_day
from ahtc_tui.domain.errors import BadInput
from ahtc_tui.domain.i18n import _, gettext_noop, ngettext
from ahtc_tui.domain.meetings.invitations import InviteList
from ahtc_tui.domain.plan.back_plan import BackPlan
from ahtc_tui.services.contacts.circulation_lists import list_lists
from ahtc_tui.services.meetings import invitations
from ahtc_tui.services.plan import back_plan as service
from ahtc_tui.tui.base.desk_screen import DeskApp
from ahtc_tui.tui.base.service_threads import Desk
from ahtc_tui.tui.widgets.confirm import Confirm
from ahtc_tui.tui.widgets.date_field import DateField
from ahtc_tui.tui.widgets.form import FormRow, FormScreen
from ahtc_tui.tui.widgets.owner_field import Candidate, OwnerField
from ahtc_tui.tui.widgets.pick_list import Pick
from ahtc_tui.tui.widgets.prose_field import ProseField, TitleField
from ahtc_tui.tui.widgets.select import build_select, translate_options

EVENT_TITLE = gettext_noop("Anti-Slavery Day")
EVENT_MONTH, EVENT_DAY = 10, 18
"""Anti-Slavery Day is 18 October (Anti-Slavery Day Act 2010)."""

KEEP_DAY_OPTIONS = [(gettext_noop("use the working day before"), "move"), (gettext_noop("keep the date"), "stay")]
KEEP_LIST_OPTIONS = [
    (gettext_noop("only for this event"), "once"),
    (gettext_noop("keep these tasks for next time"), "keep"),
]

INVITE_FIELD = "invite"
"""Name of the field with the area or circulation list that is invited besides the seats of the group."""


@dataclass(frozen=True, slots=True)
class GuestGroup:
    """An area or circulation list whose contacts can be invited together."""

    name: str
    size: str
    """Number of its contacts, in words."""
    areas: tuple[str, ...] = ()
    lists: tuple[str, ...] = ()

    @property
    def label(self) -> str:
        """Name and size."""
        return f"{self.name}, {self.size}"


NO_GUESTS = GuestGroup("", "")


def find_next_event_day(today: date) -> date:
    """Return the next Anti-Slavery Day whose proposed event date is not past."""
    this_year = date(today.year, EVENT_MONTH, EVENT_DAY)
    return this_year if move_back_to_working_day(this_year) >= today else date(today.year + 1, EVENT_MONTH, EVENT_DAY)


def format_day_doubt(value: DateAsKnown) -> str:
    """Return a warning that a day is not a working day, with the working day before it."""
    if value.precision is not Precision.DAY or (day := move_back_to_working_day(value.latest)) == value.latest:
        return ""
    return _("not a working day; {day} is used").format(day=format_weekday_date(day))


class BackPlanForm(FormScreen):
    """An event, its date and its tasks."""

    DEFAULT_CSS = """
    BackPlanForm .form-cell > ProseField { height: 8; }
    BackPlanForm.-low .form-cell > ProseField { height: 6; }
    """

    def __init__(
        self,
        desk: Desk,
        groups: Sequence[Candidate],
        guest_groups: Sequence[GuestGroup],
        lines: str,
        typed: dict[str, Any] | None,
    ) -> None:
        super().__init__(_("Back-plan: tasks before an event"))
        self._desk, self._groups, self._typed = desk, groups, typed or {}
        self._guest_groups = guest_groups
        self._lines = lines
        self.plan: BackPlan | None = None

    def rows(self) -> Iterable[FormRow]:
        event_day = find_next_event_day(self._desk.today)
        shown: dict[str, Any] = {
            "title": _(EVENT_TITLE),
            "day": format_long_date(move_back_to_working_day(event_day)),
            "lead": "",
            "lines": self._lines,
            INVITE_FIELD: self._guest_groups[0].name if self._guest_groups else None,
        }
        shown = {**shown, "keep_day": KEEP_DAY_OPTIONS[0][1], "keep": KEEP_LIST_OPTIONS[0][1], **self._typed}
        default_group = next((candidate.ref for candidate in self._groups if candidate.ref == "leadership-group"), None)
        group = self._typed.get("group", default_group)
        reader = partial(read_date_alone, today=self._desk.today)
        yield FormRow("title", _("Event"), TitleField(shown["title"]), required=True)
        yield FormRow("day", _("Date"), DateField(reader, shown["day"], doubt=format_day_doubt), required=True)
        yield FormRow(
            "keep_day",
            _("Not a working day"),
            build_select(translate_options(KEEP_DAY_OPTIONS), shown["keep_day"], blank=False),
        )
        yield FormRow("group", _("Group"), OwnerField(self._groups, group, _("the host; the seats are invited")))
        options = [(guest_group.label, guest_group.name) for guest_group in self._guest_groups]
        yield FormRow(INVITE_FIELD, _("Also invite"), build_select(options, shown[INVITE_FIELD]))
        yield FormRow("lead", _("Lead"), Input(shown["lead"], _("of tasks without @name"), compact=True))
        yield FormRow("lines", _("Tasks"), ProseField(shown["lines"], compact=True))
        yield FormRow(
            "keep", _("The list"), build_select(translate_options(KEEP_LIST_OPTIONS), shown["keep"], blank=False)
        )

    async def accept(self, values: dict[str, Any]) -> None:
        """Compute the plan. Raises BadInput if the date is not a day."""
        day: DateAsKnown | None = values["day"]
        if day is None or day.precision is not Precision.DAY:
            self.show_error(_("A back-plan needs a date, like 18 October 2014."), "day")
            raise BadInput(_("A back-plan needs a date, like 18 October 2014."))
        if values[INVITE_FIELD] and not values["group"]:
            sentence = _("Choose a host group for the event, or invite nobody.")
            self.show_error(sentence, "group")
            raise BadInput(sentence)
        self.plan = await self._desk.run(
            service.build_back_plan,
            values["title"],
            day.latest,
            text=values["lines"],
            lead=values["lead"] or None,
            group=values["group"],
            keep_day=values["keep_day"] == KEEP_DAY_OPTIONS[1][1],
        )


async def run_back_plan_form(app: DeskApp, desk: Desk, groups: Sequence[Candidate]) -> BackPlan | None:
    """Show the form and the preview until the plan is confirmed; make its actions. None if the form was left."""
    lines = service.strip_comments(await desk.run(service.read_template_text))
    guest_groups = await read_guest_groups(desk)
    typed: dict[str, Any] | None = None
    while True:
        form = BackPlanForm(desk, groups, guest_groups, lines, typed)
        values = await app.push_screen_wait(form)
        if values is None or form.plan is None:
            return None
        guests = next((row for row in guest_groups if row.name == values[INVITE_FIELD]), NO_GUESTS)
        question = Confirm(format_question(form.plan, guests), yes=_("create actions"), no=_("back to the tasks"))
        if await app.push_screen_wait(question):
            if values["keep"] == KEEP_LIST_OPTIONS[1][1]:
                await desk.run(service.save_template, values["lines"])
            return await desk.run(service.create_actions, form.plan, values["group"], guests.areas, guests.lists)
        typed = {**values, "day": str(values["day"])}


def format_question(plan: BackPlan, guests: GuestGroup) -> str:
    """Return the question that confirms a plan: its date, who is invited, then every task with its due date."""
    action_count = ngettext("1 action", "{n} actions", len(plan.new_steps))
    head = _("{made} for {title}, {day}?").format(
        made=action_count, title=plan.title, day=format_weekday_date(plan.day)
    )
    step_lines = [
        f"{step.due.day:>2} {format_short_month(step.due.month)} {step.due.year}  {step.text}"
        + (f"  ({step.here})" if step.here else "")
        + (_("  PAST") if step.past else "")
        for step in plan.steps
    ]
    invited = _("Invited: {guests}").format(guests=guests.label) if guests.name else ""
    return "\n".join([head, *filter(None, (plan.move_reason, invited)), "", *step_lines])


def format_result(plan: BackPlan) -> str:
    """Return the toast after making a plan."""
    action_count = ngettext("1 action created", "{n} actions created", sum(step.ref is not None for step in plan.steps))
    sentence = _("{made} for {title}, {day}")
    text = sentence.format(made=action_count, title=plan.title, day=format_weekday_date(plan.day))
    invited = ngettext("1 contact invited", "{n} contacts invited", len(plan.invited)) if plan.invited else ""
    return ", ".join(filter(None, (text, invited)))


async def read_guest_groups(desk: Desk) -> list[GuestGroup]:
    """Return the areas and circulation lists whose contacts can be invited, the areas first."""
    count = partial(ngettext, "1 contact", "{n} contacts")
    areas = await desk.show(invitations.list_invitable_areas)
    lists = await desk.run(list_lists)
    return [
        *(GuestGroup(name, count(number), areas=(name,)) for name, number in areas),
        *(GuestGroup(row.name, _("list, {n}").format(n=count(row.members)), lists=(row.name,)) for row in lists),
    ]


async def ask_invite_area(app: DeskApp, desk: Desk, ref: str, meeting: str) -> InviteList | None:
    """Choose an area or circulation list and invite its contacts to a meeting, by its reference and name.

    None if nothing was chosen.
    """
    guest_groups = await read_guest_groups(desk)
    options = [(guest_group.name, guest_group.size) for guest_group in guest_groups]
    name = await app.push_screen_wait(Pick(_("Invite to {ref}").format(ref=meeting), options))
    if name is None:
        return None
    guest_group = next(guest_group for guest_group in guest_groups if guest_group.name == name)
    return await desk.run(invitations.invite_guests, ref, guest_group.areas, guest_group.lists)
