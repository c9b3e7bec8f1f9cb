"""What several screens of contacts do alike: appoint, write down a contact, and tell what came of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ahtc_tui.domain.dates.formatting import say_number
from ahtc_tui.domain.i18n import _
from ahtc_tui.services.contacts import engagement
from ahtc_tui.tui.base.party_options import candidates
from ahtc_tui.tui.widgets.confirm import say
from ahtc_tui.tui.widgets.pick_list import Pick
from ahtc_tui.tui.widgets.plain import one_line

if TYPE_CHECKING:
    from ahtc_tui.domain.contacts.engagement import EngagementRow
    from ahtc_tui.tui.base.desk_screen import DeskApp

KINDS = ("person", "post", "organisation")
NONE = "none"
MOST = 50
"""Lines of a log that are shown at once."""


async def appoint_to(app: DeskApp, ref: str, name: str, holder: str | None) -> None:
    """Ask who holds a post and from when; what the former holder has in person is told afterwards."""
    from ahtc_tui.tui.contacts.appointment_form import AppointForm, ToDecide

    form = AppointForm(app.desk, await candidates(app, "person"), ref, name, holder)
    if await app.push_screen_wait(form) is None or form.done is None:
        return
    done = form.done
    sentence = _("{person} from {day}. With the post: {actions}, {seats}")
    work = say_number(len(done.actions), _("1 open action"), _("{n} open actions"))
    seats = say_number(len(done.seats), _("1 seat"), _("{n} seats"))
    say(app, sentence.format(person=done.person, day=done.from_on, actions=work, seats=seats))
    app.changed.publish(None)
    if done.questions:
        await app.push_screen_wait(ToDecide(done))


async def engage_with(app: DeskApp, refs: list[str]) -> None:
    """Ask what was spoken of, and with whom beside these."""
    from ahtc_tui.tui.contacts.engagement_form import EngageForm, said

    people, owners = await candidates(app, *KINDS), await candidates(app, *KINDS, "group")
    form = EngageForm(app.desk, people, owners, refs)
    if await app.push_screen_wait(form) is not None and form.written is not None:
        say(app, said(form.written))
        app.changed.publish(None)


async def choose_tier(app: DeskApp, ref: str, name: str) -> None:
    """Ask how often somebody should be spoken to."""
    days = await app.desk.ask(engagement.tiers)
    options = [(str(number), _("every {n} days").format(n=limit)) for number, limit in sorted(days.items())]
    question = _("How often should {name} be spoken to?").format(name=one_line(name))
    answer = await app.push_screen_wait(Pick(question, [*options, (NONE, _("no limit"))]))
    if answer is not None:
        await app.desk.ask(engagement.set_tier, ref, None if answer == NONE else int(answer))
        say(app, _("{name}: {tier}").format(name=name, tier=dict([*options, (NONE, _("no limit"))])[answer]))
        app.changed.publish(None)


async def show_log(app: DeskApp, ref: str, name: str) -> None:
    """The contacts with somebody, latest first; opening a meeting or the action that follows leads there."""
    rows = await app.desk.ask(engagement.list_engagements, ref)
    if not rows:
        say(app, _("{name}: nothing in the log, and no meeting that they came to").format(name=name), undo=False)
        return
    options = [(row.ref, _log_words(row)) for row in rows[:MOST]]
    answer = await app.push_screen_wait(Pick(_("Spoken to: {name}").format(name=one_line(name)), options))
    row = next((one for one in rows if one.ref == answer), None)
    if row is not None and row.attended:
        app.go("meeting", row.ref)
    elif row is not None and row.follow_up:
        app.go("action", row.follow_up)


def _log_words(row: EngagementRow) -> str:
    follows = f" > {row.follow_up}" if row.follow_up else ""
    return f"{row.on}  {row.kind}  {row.subject}{follows}"
