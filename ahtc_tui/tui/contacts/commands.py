"""Commands shared by several screens of contacts: appoint, log a contact, choose a tier, show the log and interests."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from ahtc_tui.domain.contacts.engagement import EngagementRow, format_engagement_facts, format_engagement_kind
from ahtc_tui.domain.contacts.interests import InterestRow, format_interest
from ahtc_tui.domain.dates.parser import read_date
from ahtc_tui.domain.i18n import _, ngettext
from ahtc_tui.services.contacts import engagement, interests
from ahtc_tui.tui.base.desk_screen import DeskApp
from ahtc_tui.tui.base.party_options import list_candidates
from ahtc_tui.tui.base.service_threads import Desk
from ahtc_tui.tui.widgets.confirm import show_toast
from ahtc_tui.tui.widgets.date_field import DateField
from ahtc_tui.tui.widgets.form import FormRow, FormScreen, make_text_input
from ahtc_tui.tui.widgets.owner_field import Candidate, OwnerField
from ahtc_tui.tui.widgets.pick_list import Pick
from ahtc_tui.tui.widgets.plain import join_lines

NEW = "new"


class InterestForm(FormScreen):
    """Form of an interest that a contact has declared. Only changed fields of an existing one are written."""

    def __init__(self, desk: Desk, bodies: Sequence[Candidate], contact: str, row: InterestRow | None = None) -> None:
        """`contact` is the reference of the contact whose interest a new row is."""
        title = _("New interest") if row is None else _("Edit {name}").format(name=row.ref)
        super().__init__(title, desk.seen)
        self._desk, self._bodies, self._contact, self._row = desk, bodies, contact, row
        self.written: InterestRow | None = None

    def rows(self) -> Iterable[FormRow]:
        row, reader = self._row, partial(read_date, today=self._desk.today)
        dates = (row.declared_on, row.from_on, row.to_on) if row else (None, None, None)
        declared_on, from_on, to_on = (str(day) if day else "" for day in dates)
        hint = _("trustee, employer, contract")
        yield FormRow("text", _("Interest"), make_text_input(row.text if row else "", hint), required=True)
        yield FormRow(
            "organisation", _("Organisation"), OwnerField(self._bodies, row.organisation_ref if row else None)
        )
        yield FormRow(
            "declared_on", _("Declared on"), DateField(reader, declared_on, _("today") if row is None else "")
        )
        yield FormRow("from_on", _("From"), DateField(reader, from_on, _("not known")))
        yield FormRow("to_on", _("Until"), DateField(reader, to_on, _("not known")))
        yield FormRow("note", _("Note"), make_text_input(row.note if row else ""))

    async def accept(self, values: dict[str, Any]) -> None:
        from ahtc_tui.domain.drafts.contacts import build_interest_draft

        if self._row is None:
            draft = build_interest_draft({name: value for name, value in values.items() if value}, self._desk.today)
            self.written = await self._desk.run(interests.add_interest, self._contact, draft)
            return
        draft = build_interest_draft({name: value or "" for name, value in values.items()}, self._desk.today)
        if draft.given_fields:
            self.written = await self._desk.run(interests.edit_interest, self._row.ref, draft)


async def open_interests(app: DeskApp, ref: str, name: str) -> None:
    """List the interests of a contact, also those that have ended; open the form of the chosen one or of a new one."""
    desk = await app.desk.check_from_now()
    rows = await app.desk.run(interests.list_interests, ref, ended=True)
    row = None
    if rows:
        options = [(NEW, _("a new interest")), *((row.ref, format_interest(row)) for row in rows)]
        pick = Pick(_("Interests of {name}").format(name=join_lines(name)), options, labels={NEW: "+"})
        if (answer := await app.push_screen_wait(pick)) is None:
            return
        row = next((row for row in rows if row.ref == answer), None)
    form = InterestForm(desk, await list_candidates(app, "organisation"), ref, row)
    if await app.push_screen_wait(form) is not None and form.written is not None:
        app.announce_write(f"{form.written.ref}: {form.written.name}, {format_interest(form.written)}")


KINDS = ("person", "post", "organisation")
NONE = "none"
MAX_LOG_LINES = 50
"""Number of log entries shown."""


async def open_appointment_form(app: DeskApp, ref: str, name: str, holder: str | None) -> None:
    """Open the form to appoint a holder, then show what the former holder leaves open."""
    from ahtc_tui.tui.contacts.forms import AppointmentForm, OpenPointsDialog

    form = AppointmentForm(await app.desk.check_from_now(), await list_candidates(app, "person"), ref, name, holder)
    if await app.push_screen_wait(form) is None or form.result is None:
        return
    passing = form.result
    sentence = _("{person} from {day}. With the post: {actions}, {seats}")
    work = ngettext("1 open action", "{n} open actions", len(passing.actions))
    seats = ngettext("1 seat", "{n} seats", len(passing.seats))
    text = sentence.format(person=passing.person, day=passing.from_on, actions=work, seats=seats)
    app.announce_write(" ".join((f"{text}.", *passing.warnings)) if passing.warnings else text)
    if passing.questions:
        await app.push_screen_wait(OpenPointsDialog(passing))


async def open_engagement_form(app: DeskApp, refs: list[str]) -> None:
    """Open the form to log a contact with these parties."""
    from ahtc_tui.tui.contacts.forms import EngagementForm, format_engagement

    people, owners = await list_candidates(app, *KINDS), await list_candidates(app, *KINDS, "group")
    form = EngagementForm(app.desk, people, owners, refs)
    if await app.push_screen_wait(form) is not None and form.written is not None:
        app.announce_write(format_engagement(form.written))


async def choose_tier(app: DeskApp, ref: str, name: str) -> None:
    """Open a menu to choose how often to contact a party."""
    days = await app.desk.run(engagement.list_tiers)
    options = [(str(number), _("every {n} days").format(n=limit)) for number, limit in sorted(days.items())]
    options.append((NONE, _("no limit")))
    question = _("How often should you contact {name}?").format(name=join_lines(name))
    answer = await app.push_screen_wait(Pick(question, options, labels={NONE: "–"}))
    if answer is not None:
        await app.desk.run(engagement.set_tier, ref, None if answer == NONE else int(answer))
        sentence = _("{name} has no limit") if answer == NONE else _("{name} should be contacted {often}")
        app.announce_write(sentence.format(name=name, often=dict(options)[answer]))


async def show_engagement_log(app: DeskApp, ref: str, name: str) -> None:
    """List the logged contacts with a party, latest first.

    Opening a meeting or a contact with a follow-up action selects that; another contact opens in its form.
    """
    rows = await app.desk.show(engagement.list_engagements, ref)
    if not rows:
        show_toast(
            app,
            _("{name} has no contact on record and attended no meetings. Press . and t to record a contact.").format(
                name=name
            ),
            undo=False,
        )
        return
    options = [(row.ref, _format_log_line(row)) for row in rows[:MAX_LOG_LINES]]
    answer = await app.push_screen_wait(Pick(_("Contacts with {name}").format(name=join_lines(name)), options))
    row = next((engagement_row for engagement_row in rows if engagement_row.ref == answer), None)
    if row is not None and row.attended:
        app.show_record("meeting", row.ref)
    elif row is not None and row.follow_up:
        app.show_record("action", row.follow_up)
    elif row is not None:
        from ahtc_tui.tui.contacts.forms import EngagementEditForm

        shown, desk = await app.desk.open_record(engagement.show_engagement, row.ref)
        form = EngagementEditForm(desk, await list_candidates(app, *KINDS, "group"), shown)
        await app.open_form(form, _("{ref} edited").format(ref=row.ref))


def _format_log_line(row: EngagementRow) -> str:
    follows = f" > {row.follow_up}" if row.follow_up else ""
    facts = "".join(f", {fact}" for fact in format_engagement_facts(row))
    return f"{row.on}  {format_engagement_kind(row.kind)}{facts}  {row.subject}{follows}"


async def edit_contact(app: DeskApp, ref: str, _name: str) -> None:
    """Edit a contact in its form."""
    from ahtc_tui.services.contacts import service as contacts
    from ahtc_tui.tui.contacts.forms import ContactForm

    card, desk = await app.desk.open_record(contacts.show_contact, ref)
    stored = await desk.run(contacts.show_contact, ref)  # the form has a field for the name in each language
    card = replace(card, row=replace(card.row, name=stored.row.name))
    form = ContactForm(desk, await list_candidates(app, "organisation"), card)
    if await app.push_screen_wait(form) is not None and form.written is not None:
        app.announce_write(_("{name} edited").format(name=form.written.name))


async def show_interests(app: DeskApp, ref: str, name: str) -> None:
    """Show the declared interests of a party, and record or edit one."""

    await open_interests(app, ref, name)


COMMANDS: Mapping[str, Callable[[DeskApp, str, str], Awaitable[None]]] = {
    "edit": edit_contact,
    "tier": choose_tier,
    "log": show_engagement_log,
    "interests": show_interests,
}
"""Commands on one contact, by reference and name."""
