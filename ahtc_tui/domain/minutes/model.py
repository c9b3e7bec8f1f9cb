"""Typed lines of minutes, running times of an agenda, and the rule for carrying items forward."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from ahtc_tui.domain.dates.date_as_known import DateAsKnown
from ahtc_tui.domain.dates.parser import read_date, read_date_or_words
from ahtc_tui.domain.errors import BadInput
from ahtc_tui.domain.i18n import _, ngettext
from ahtc_tui.domain.meetings.kinds import LineKind
from ahtc_tui.domain.meetings.model import AgendaRow

KINDS = {"n": LineKind.NOTE, "d": LineKind.DECISION, "a": LineKind.ACTION, "g": LineKind.ACTION, "p": LineKind.DECISION}
"""Kind by prefix letter; g and p are Welsh (gweithred, penderfyniad), n is a note in both languages (nodyn)."""

WELSH_PREFIXES = ("g", "p")

PREFIX = re.compile(r"\s*([ndagp])\s*:\s*", re.IGNORECASE)
OWNER = re.compile(r"(?:^|(?<=\s))@([\w'’.-]*\w)")
DUE = re.compile(r"\s+(due|by|erbyn)\s+(\S.*)$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class TypedLine:
    """A typed line of the minutes."""

    kind: LineKind
    text: str
    owners: tuple[str, ...] = ()
    """Names after each @, in order; the first one leads."""
    due: DateAsKnown | None = None
    welsh: bool = False
    """Whether the prefix is Welsh only, so that the text is Welsh."""


def read_line(typed: str, today: date, default: LineKind = LineKind.NOTE) -> TypedLine:
    """Read a line: kind by prefix, owners after @, due date after "due" at the end.

    Text that is not a date remains in the line. Raises BadInput for an empty line.
    """
    prefix = PREFIX.match(typed)
    kind = KINDS[prefix[1].lower()] if prefix else default
    remaining_text = typed[prefix.end() :] if prefix else typed
    due = None
    owners: tuple[str, ...] = ()
    if kind is LineKind.ACTION:
        remaining_text, due = _split_due(remaining_text, today)
        owners = tuple(dict.fromkeys(OWNER.findall(remaining_text)))
        remaining_text = OWNER.sub("", remaining_text)
    text = " ".join(remaining_text.split())
    if not text:
        raise BadInput(_("A line of the minutes needs words."))
    return TypedLine(kind, text, owners, due, prefix is not None and prefix[1].lower() in WELSH_PREFIXES)


def _split_due(text: str, today: date) -> tuple[str, DateAsKnown | None]:
    """Split the due date from the end of a line. After "by" only a date counts, not "a report by Bawso"."""
    match = DUE.search(text)
    if not match:
        return text, None
    words, owners = OWNER.sub("", match[2]), OWNER.findall(match[2])
    reader = read_date_or_words if match[1].lower() == "due" else read_date
    try:
        due = reader(words.strip(), today)
    except BadInput:
        return text, None
    return " ".join((text[: match.start()], *(f"@{owner}" for owner in owners))), due


def compute_running_times(agenda: Iterable[AgendaRow], starts: datetime) -> Iterator[tuple[AgendaRow, datetime]]:
    """Each item with its start, if all earlier items keep to their minutes."""
    item_starts = starts
    for item in agenda:
        yield item, item_starts
        item_starts += timedelta(minutes=item.minutes or 0)


def compute_overrun(agenda: Iterable[AgendaRow], length: timedelta | None) -> int:
    """Minutes by which the agenda exceeds the meeting; 0 if it fits or the length is not known."""
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


@dataclass(frozen=True, slots=True)
class Carried:
    """Whether an item is carried forward to the next meeting, and the reason."""

    position: int | None
    """Number on the agenda; None for an action without an item."""
    item: str
    goes_forward: bool
    reason: str


def plan_carry_forward(items: Iterable[ItemStatus]) -> list[Carried]:
    """Decide for each item whether it is carried forward, with the reason."""
    return [_build_carried_item(item) for item in items]


def build_carried_action(ref: str, title: str) -> Carried:
    """Carried item for an open action without an agenda item, which goes to matters arising."""
    return Carried(None, f"{ref} {title}", True, _("open: a matter arising"))


def _build_carried_item(item: ItemStatus) -> Carried:
    if item.open_actions:
        reason = _("open: {refs}").format(refs=", ".join(item.open_actions))
    elif item.standing:
        reason = _("standing item")
    elif not item.discussed:
        reason = _("not reached")
    else:
        return Carried(item.position, item.title, False, _("done: discussed, no action open"))
    return Carried(item.position, item.title, True, reason)
