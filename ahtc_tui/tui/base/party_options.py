"""Who can be chosen in a field: everybody in the register, or some kinds of them. Never how a field offers them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ahtc_tui.services.contacts import service as contacts
from ahtc_tui.tui.widgets.owner_field import Candidate

if TYPE_CHECKING:
    from ahtc_tui.tui.base.desk_screen import DeskApp


async def candidates(app: DeskApp, *kinds: str) -> list[Candidate]:
    """Everybody of these kinds; of every kind where none is named."""
    found = await app.desk.ask(contacts.list_register)
    return [Candidate(name, ref, tuple(also.split())) for name, ref, kind, also in found if not kinds or kind in kinds]
