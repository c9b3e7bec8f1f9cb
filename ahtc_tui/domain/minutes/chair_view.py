"""The agenda as the room may see it during the meeting, with the time taken by each item."""

from __future__ import annotations

from dataclasses import dataclass

from ahtc_tui.domain.actions.model import Marking
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.keys import RowKey
from ahtc_tui.domain.meetings.model import AgendaRow, MeetingCard


@dataclass(frozen=True, slots=True)
class ChairItem:
    """An agenda item as it may be shown to the room, at OFFICIAL."""

    key: RowKey
    position: int
    title: str
    """The sentence about its marking instead, where it is marked above OFFICIAL."""
    presenter: str
    """Empty where there is none, or where the item is marked above OFFICIAL."""
    minutes: int | None
    """Its planned length."""


def build_chair_items(card: MeetingCard) -> tuple[ChairItem, ...]:
    """Return the items of an agenda in order.

    The title and the presenter of an item are left out where the meeting or a paper of the item is marked above
    OFFICIAL.
    """
    return tuple(_build_item(item, card.row.marking) for item in card.agenda)


def _build_item(item: AgendaRow, meeting_marking: Marking) -> ChairItem:
    papers = [paper.marking for paper in item.papers if paper.marking]
    labels = [marking.label for marking in papers if marking.handling is not Marking.OFFICIAL]
    if meeting_marking is not Marking.OFFICIAL:
        labels.insert(0, meeting_marking.label)
    if labels:
        hidden = _("Not shown: {marking}").format(marking=labels[0])
        return ChairItem(item.key, item.position, hidden, "", item.minutes)
    return ChairItem(item.key, item.position, item.shown_title, item.presenter or "", item.minutes)


class ItemClock:
    """Seconds that each item has been discussed: the clock of one item runs at a time."""

    def __init__(self) -> None:
        self._seconds: dict[RowKey, float] = {}
        self._running: RowKey | None = None
        self._since = 0.0

    def start(self, item: RowKey, now: float) -> None:
        """Run the clock of this item, from the time that it has had already. `now` is in seconds."""
        if item != self._running:
            if self._running is not None:
                self._seconds[self._running] = self.measure(self._running, now)
            self._running, self._since = item, now

    def measure(self, item: RowKey, now: float) -> float:
        """Return the seconds of an item up to `now`; 0 for one that was not discussed."""
        return self._seconds.get(item, 0.0) + (now - self._since if item == self._running else 0.0)


def format_timer(seconds: float) -> str:
    """Return minutes and seconds: "3:05", "75:00"."""
    minutes, rest = divmod(int(seconds), 60)
    return f"{minutes}:{rest:02}"


def format_planned(seconds: float, minutes: int | None) -> str:
    """Return the planned length beside the time taken: "of 15 min", "5 min over"; empty without a planned length."""
    if not minutes:
        return ""
    overrun = int(seconds) // 60 - minutes
    return _("{n} min over").format(n=overrun) if overrun > 0 else _("of {n} min").format(n=minutes)
