"""The card of a meeting: when and where, what is on the agenda, who is asked, and what came of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from ahtc_tui.domain.actions.model import Marking
from ahtc_tui.domain.dates.date_as_known import DateAsKnown, Precision
from ahtc_tui.domain.dates.formatting import long_date_with_day
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.meetings.model import (
    LONDON,
    AttendanceRow,
    InviteeRow,
    InviteRole,
    LineRow,
    MeetingCard,
    MeetingKind,
    MeetingRow,
    Reply,
)
from ahtc_tui.domain.meetings.series_description import say_holidays, say_rule
from ahtc_tui.tui.meetings.agenda_card import agenda_of, clock
from ahtc_tui.tui.widgets.detail_pane import Fact, Gap, Heading, Item, Line, Para, Section, Title, sources


def sections(card: MeetingCard, coming: DateAsKnown | None = None) -> Iterator[Section]:
    """The card from top to bottom; `coming` is the next day of a series."""
    row = card.row
    yield Title(row.ref, row.title)
    yield Para(row.state.label if row.kind is MeetingKind.MEETING else f"{row.kind.label}   {row.state.label.lower()}")
    yield Gap()
    yield from _facts(card, coming)
    yield from agenda_of(card)
    yield from _group(_("INVITED"), [_guest(guest) for guest in card.invitees], _("nobody"))
    yield from _group(_("ATTENDANCE"), [_present(one) for one in card.attendance])
    yield from _group(_("MINUTES"), [_minute(line) for line in card.lines])
    decided = [
        f"{one.ref}  {one.text}" + (f" ({', '.join(one.actions)})" if one.actions else "") for one in card.decisions
    ]
    yield from _group(_("DECISIONS"), decided)
    yield from _group(_("ACTIONS"), [said.replace(" ", "  ", 1) for said in card.actions])
    yield Gap()
    yield Para(_("UID {uid}   SEQUENCE {n}").format(uid=row.uid, n=row.sequence), muted=True)
    yield Gap()
    yield from sources(row.source, card.source_notes)


def _facts(card: MeetingCard, coming: DateAsKnown | None) -> Iterator[Section]:
    row = card.row
    for label, value in (
        (_("When"), say_when(row)),
        (_("Repeats"), _repeats(row)),
        (_("Day of"), row.series),
        (_("Next"), _long_day(coming) if coming and coming != row.day else None),
        (_("Where"), row.where or _("not said")),
        (_("Link"), row.link),
        (_("Area"), card.area),
        (_("Group"), row.group if row.group != row.title else None),
        (_("Organiser"), _organiser(card)),
        (_("Host"), card.host),
        (_("Keynote"), card.keynote),
        (_("Occasion"), card.occasion),
        (_("Attended"), card.attendance_text),
        (_("Marking"), row.marking.label if row.marking is not Marking.OFFICIAL else None),
        (_("Note"), card.note),
    ):
        if value:
            yield Fact(label, value)
    yield from clock(card)


def _repeats(row: MeetingRow) -> str:
    if not row.recurrence:
        return ""
    return ", ".join(part for part in (say_rule(row.recurrence), say_holidays(row.on_holiday)) if part)


def say_when(row: MeetingRow) -> str:
    """When it is, in full: "Tuesday 10 December 2013, 10:00 to 12:00"; the zone only where it is not London's."""
    if row.day is None:
        return _("no date")
    said = _long_day(row.day)
    if row.start_time:
        said += f", {row.start_time:%H:%M}"
    if row.ends and row.starts:
        said += _(" to {end}").format(end=_end(row.ends, row.starts))
    elif row.all_day:
        said += _(", all day")
    return said if row.tz == LONDON else f"{said} ({row.tz})"


def _long_day(day: DateAsKnown) -> str:
    if day.precision is not Precision.DAY:
        return str(day)
    return long_date_with_day(day.latest) + (f" ({day.words})" if day.words else "")


def _end(ends: datetime, starts: datetime) -> str:
    return f"{ends:%H:%M}" if ends.date() == starts.date() else f"{long_date_with_day(ends.date())}, {ends:%H:%M}"


def _organiser(card: MeetingCard) -> str | None:
    if card.organiser is None:
        return None
    return f"{card.organiser}, {card.organiser_email or _('no address')}"


def _group(heading: str, lines: Sequence[str], empty: str = "") -> Iterator[Section]:
    """A heading with its count and its lines; without lines the sentence, or nothing at all."""
    if not lines and not empty:
        return
    yield Gap()
    yield Heading(f"{heading}  {len(lines)}" if lines else heading)
    yield from (Item(line) for line in lines)
    if not lines:
        yield Line(empty, muted=True)


def _guest(guest: InviteeRow) -> str:
    said = [f"{guest.name} ({guest.holder})" if guest.holder else guest.name]
    if guest.role is not InviteRole.REQUIRED:
        said.append(_(guest.role.value))
    if guest.reply is not Reply.NEEDS_ACTION:
        said.append(_(guest.reply.value))
    if guest.ref and not guest.email:
        said.append(_("no address"))
    if not guest.ref:
        said.append(_("a class"))
    return ", ".join(said)


def _present(one: AttendanceRow) -> str:
    said = f"{one.name} ({one.holder}): " if one.holder else f"{one.name}: "
    said += _(one.state.value.replace("_", " "))
    if one.deputy_for:
        said += _(", for {name}").format(name=one.deputy_for)
    if one.items:
        said += _(", items {items}").format(items=one.items)
    return f"{said} ({one.reason})" if one.reason else said


def _minute(line: LineRow) -> str:
    number = f"{line.item}." if line.item is not None else "–"
    return f"{number} {_(line.kind.value)}: {line.text}" + (f" ({line.action})" if line.action else "")
