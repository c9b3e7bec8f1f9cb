"""Commands shared by several screens of contacts: appoint, log a contact, choose a tier, show the log."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace

from ahtc_tui.domain.contacts.engagement import EngagementRow, format_engagement_facts, format_engagement_kind
from ahtc_tui.domain.i18n import _, ngettext
from ahtc_tui.services.contacts import engagement
from ahtc_tui.tui.base.desk_screen import DeskApp
from ahtc_tui.tui.base.party_options import list_candidates
from ahtc_tui.tui.widgets.confirm import show_toast
from ahtc_tui.tui.widgets.pick_list import Pick
from ahtc_tui.tui.widgets.plain import join_lines

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
        app.announce_write(_("{name}: {tier}").format(name=name, tier=dict(options)[answer]))


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
    from ahtc_tui.tui.contacts.interests import open_interests

    await open_interests(app, ref, name)


COMMANDS: Mapping[str, Callable[[DeskApp, str, str], Awaitable[None]]] = {
    "edit": edit_contact,
    "tier": choose_tier,
    "log": show_engagement_log,
    "interests": show_interests,
}
"""Commands on one contact, by reference and name."""
