"""What passes on when a post changes hands, as one list."""

from __future__ import annotations

from dataclasses import dataclass

from ahtc_tui.domain.actions.model import ActionRow, Status
from ahtc_tui.domain.contacts.model import HoldingRow
from ahtc_tui.domain.dates.date_as_known import DateAsKnown
from ahtc_tui.domain.groups.model import SeatRow
from ahtc_tui.domain.i18n import _, ngettext


@dataclass(frozen=True, slots=True)
class NextDate:
    """A day that the next holder has to know."""

    day: DateAsKnown
    what: str
    ref: str


@dataclass(frozen=True, slots=True)
class HandOver:
    """Everything that goes with a post, and what stays with whoever held it."""

    post: str
    post_ref: str
    organisation: str | None
    holder: str | None
    holdings: tuple[HoldingRow, ...]
    led: tuple[ActionRow, ...]
    """Every action that the post leads or led, by reference."""
    helped: tuple[ActionRow, ...]
    """Open actions of others that it helps with."""
    seats: tuple[SeatRow, ...]
    dates: tuple[NextDate, ...]
    """Meetings, due days and review days to come, the nearest first."""
    in_person: tuple[str, ...]
    """What the holder has in person: somebody has to decide whether it passes on."""

    @property
    def open_actions(self) -> tuple[ActionRow, ...]:
        """The led actions that are still to be worked on."""
        return tuple(action for action in self.led if action.is_open)

    @property
    def continuing_duties(self) -> tuple[ActionRow, ...]:
        """The standing duties among them."""
        return tuple(action for action in self.open_actions if action.status is Status.CONTINUING)

    @property
    def tasks(self) -> tuple[ActionRow, ...]:
        """The others among them."""
        return tuple(action for action in self.open_actions if action.status is not Status.CONTINUING)

    @property
    def closed_actions(self) -> tuple[ActionRow, ...]:
        """What is done: it keeps the name of whoever held the post then."""
        return tuple(action for action in self.led if not action.is_open)


def format_handover_counts(handover: HandOver) -> str:
    """The hand-over in one line: "16 actions led, 12 not done (8 continuing), 4 closed, 10 seats"."""
    return _("{led}, {open} not done ({continuing} continuing), {closed} closed, {seats}").format(
        led=ngettext("1 action led", "{n} actions led", len(handover.led)),
        open=len(handover.open_actions),
        continuing=len(handover.continuing_duties),
        closed=len(handover.closed_actions),
        seats=ngettext("1 seat", "{n} seats", len(handover.seats)),
    )
