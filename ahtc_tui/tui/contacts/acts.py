"""What several screens of contacts do alike: ask who is in the register, appoint, and tell what came of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ahtc_tui.domain.words import _
from ahtc_tui.services import contacts
from ahtc_tui.tui.widgets.confirm import say
from ahtc_tui.tui.widgets.owner_field import Candidate

if TYPE_CHECKING:
    from ahtc_tui.tui.base import DeskApp


async def candidates(app: DeskApp, *kinds: str) -> list[Candidate]:
    """Everybody of these kinds, as a field offers them."""
    found = await app.desk.ask(contacts.list_register)
    return [Candidate(name, ref, tuple(also.split())) for name, ref, kind, also in found if kind in kinds]


async def appoint_to(app: DeskApp, ref: str, name: str, holder: str | None) -> None:
    """Ask who holds a post and from when; what the former holder has in person is told afterwards."""
    from ahtc_tui.tui.contacts.appoint import AppointForm, ToDecide

    form = AppointForm(app.desk, await candidates(app, "person"), ref, name, holder)
    if await app.push_screen_wait(form) is None or form.done is None:
        return
    done = form.done
    sentence = _("{person} from {day}: {actions} open actions and {seats} seats follow")
    said = sentence.format(person=done.person, day=done.from_on, actions=len(done.actions), seats=len(done.seats))
    say(app, said)
    app.changed.publish(None)
    if done.questions:
        await app.push_screen_wait(ToDecide(done))
