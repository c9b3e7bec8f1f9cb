"""Content of a handover when a post gets a new holder."""

from __future__ import annotations

from dataclasses import dataclass

from ahtc_tui.domain.actions.model import ActionRow, Marking, Status
from ahtc_tui.domain.contacts.model import HoldingRow
from ahtc_tui.domain.dates.date_as_known import DateAsKnown
from ahtc_tui.domain.groups.model import SeatRow
from ahtc_tui.domain.i18n import _, ngettext


@dataclass(frozen=True, slots=True)
class NextDate:
    """A future date for the next holder."""

    day: DateAsKnown
    what: str
    ref: str
    marking: Marking


@dataclass(frozen=True, slots=True)
class HandOver:
    """Records that pass with a post, and those that stay with the former holder."""

    post: str
    post_ref: str
    organisation: str | None
    holder: str | None
    holdings: tuple[HoldingRow, ...]
    led: tuple[ActionRow, ...]
    """Actions that the post leads or led, by reference."""
    helped: tuple[ActionRow, ...]
    """Open actions of others that the post supports."""
    seats: tuple[SeatRow, ...]
    dates: tuple[NextDate, ...]
    """Future meetings, due dates and review days, nearest first."""
    in_person: tuple[str, ...]
    """Records of the holder in person; a person decides whether they pass on."""

    @property
    def open_actions(self) -> tuple[ActionRow, ...]:
        """Led actions that are open."""
        return tuple(action for action in self.led if action.is_open)

    @property
    def continuing_duties(self) -> tuple[ActionRow, ...]:
        """Open actions that are continuing duties."""
        return tuple(action for action in self.open_actions if action.status is Status.CONTINUING)

    @property
    def tasks(self) -> tuple[ActionRow, ...]:
        """Open actions that are not continuing duties."""
        return tuple(action for action in self.open_actions if action.status is not Status.CONTINUING)

    @property
    def closed_actions(self) -> tuple[ActionRow, ...]:
        """Led actions that are closed; they keep the name of the holder at closing."""
        return tuple(action for action in self.led if not action.is_open)


def format_handover_counts(handover: HandOver) -> str:
    """Return one line of counts: "16 actions led, 12 not done (8 continuing), 4 closed, 10 seats"."""
    return _("{led}, {open} not done ({continuing} continuing), {closed} closed, {seats}").format(
        led=ngettext("1 action led", "{n} actions led", len(handover.led)),
        open=len(handover.open_actions),
        continuing=len(handover.continuing_duties),
        closed=len(handover.closed_actions),
        seats=ngettext("1 seat", "{n} seats", len(handover.seats)),
    )
