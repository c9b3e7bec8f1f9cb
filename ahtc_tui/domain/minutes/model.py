"""The line being typed, running times of an agenda, and the rule for carrying items forward."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from ahtc_tui.domain.i18n import _, ngettext
from ahtc_tui.domain.keys import RowKey
from ahtc_tui.domain.meetings.model import AgendaRow, LineRow
from ahtc_tui.domain.meetings.standard_titles import choose_item_title


@dataclass(frozen=True, slots=True)
class UnfinishedLine:
    """A line that is being typed."""

    text: str = ""
    item: RowKey | None = None
    """The item under which it would be added."""
    edited_line: RowKey | None = None
    """The line that it changes; None for a new line."""
    welsh: bool = False
    """Whether it is the Welsh text of the line."""
    seen_text: str | None = None
    """The text of the edited line when it was put into the input."""


def number_lines(lines: Iterable[LineRow], agenda: Iterable[AgendaRow]) -> tuple[LineRow, ...]:
    """Return lines with their numbers ("3.2"); lines without an item are numbered as the item after the last one."""
    after_last_item = max((item.position for item in agenda), default=0) + 1
    counts: Counter[int | None] = Counter()
    numbered_lines = []
    for line in lines:
        counts[line.item] += 1
        item = after_last_item if line.item is None else line.item
        numbered_lines.append(replace(line, number=f"{item}.{counts[line.item]}"))
    return tuple(numbered_lines)


def compute_running_times(
    agenda: Iterable[AgendaRow], starts: datetime | None
) -> Iterator[tuple[AgendaRow, datetime | None]]:
    """Yield each item with its start, if all earlier items keep to their minutes; None after one of unknown length."""
    item_starts = starts
    for item in agenda:
        yield item, item_starts
        item_starts = item_starts + timedelta(minutes=item.minutes) if item_starts and item.minutes else None


def compute_overrun(agenda: Iterable[AgendaRow], length: timedelta | None) -> int:
    """Return the minutes by which the agenda exceeds the meeting; 0 if it fits or the length is not known."""
    if length is None:
        return 0
    allotted = timedelta(minutes=sum(item.minutes or 0 for item in agenda))
    return max(0, int((allotted - length).total_seconds() // 60))


def format_overrun(minutes: int) -> str:
    """Return the sentence about the minutes by which an agenda exceeds its meeting."""
    return ngettext(
        "The agenda is {n} minute longer than the meeting.",
        "The agenda is {n} minutes longer than the meeting.",
        minutes,
    )


@dataclass(frozen=True, slots=True)
class ItemStatus:
    """State of an agenda item when its meeting closed."""

    position: int
    title: str
    standing: bool
    discussed: bool
    open_actions: tuple[str, ...]
    deferred: bool = False
    not_reached: bool = False
    title_cy: str | None = None
    carries: int = 0
    """How often it was carried forward to get to this meeting."""


MOST_CARRIES = 2
"""Times that an item is carried forward without a question."""


@dataclass(frozen=True, slots=True)
class Carried:
    """Whether an item is carried forward to the next meeting, and the reason."""

    position: int | None
    """Number on the agenda; None for an action without an item."""
    item: str
    goes_forward: bool
    reason: str
    item_cy: str | None = None
    is_question: bool = False
    """Whether it was carried so often that a person should decide whether to carry it again."""

    @property
    def shown_item(self) -> str:
        """The item in the current language."""
        return choose_item_title(self.item, self.item_cy)


def plan_carry_forward(
    items: Iterable[ItemStatus], *, has_matters_arising: bool, planned_titles: Collection[str] = ()
) -> list[Carried]:
    """Decide for each item whether it is carried forward, with the reason.

    Where the agenda has matters arising, these have the open actions of an item that was neither deferred nor marked
    as not reached. `planned_titles` are the case-folded titles in the forward plan of the group.
    """
    return [
        Carried(item.position, item.title, False, _("in the forward plan"), item.title_cy)
        if item.title.casefold() in planned_titles
        else _build_carried_item(item, has_matters_arising=has_matters_arising)
        for item in items
    ]


def build_carried_action(
    ref: str, title: str, title_cy: str | None = None, *, has_matters_arising: bool = True
) -> Carried:
    """Return an open action without an agenda item: an agenda with matters arising shows it there, another does not."""
    reason = _("open, for matters arising")
    if not has_matters_arising:
        reason = _("open, and the agenda has no matters arising")
    return Carried(None, f"{ref} {title}", has_matters_arising, reason, f"{ref} {title_cy}" if title_cy else None)


def _build_carried_item(item: ItemStatus, *, has_matters_arising: bool) -> Carried:
    waits = item.standing or item.deferred or item.not_reached
    if item.open_actions and has_matters_arising and not waits:
        reason = _("under Matters arising: {refs}").format(refs=", ".join(item.open_actions))
        return Carried(item.position, item.title, False, reason, item.title_cy)
    if item.open_actions:
        reason = _("open: {refs}").format(refs=", ".join(item.open_actions))
    elif item.standing:
        reason = _("standing item")
    elif item.deferred:
        reason = _("deferred")
    elif item.not_reached or not item.discussed:
        reason = _("not reached")
    else:
        return Carried(item.position, item.title, False, _("discussed, with no open actions"), item.title_cy)
    is_question = item.carries >= MOST_CARRIES and not item.standing
    if is_question:
        times = ngettext("carried {n} time before", "carried {n} times before", item.carries)
        reason = f"{reason}; {times}"
    return Carried(item.position, item.title, True, reason, item.title_cy, is_question)
