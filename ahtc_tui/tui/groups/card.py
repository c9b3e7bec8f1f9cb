"""The card of a group: purpose, members, promised actions and meetings."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ahtc_tui.domain.dates.formatting import soften_date
from ahtc_tui.domain.dates.periods import format_term
from ahtc_tui.domain.fields.model import build_row
from ahtc_tui.domain.groups.card import build_fact_rows, build_state_rows
from ahtc_tui.domain.groups.model import GroupCard, MemberKind, SeatRole, SeatRow, find_current_terms
from ahtc_tui.domain.i18n import _
from ahtc_tui.tui.widgets.detail_pane import (
    Fact,
    Gap,
    Heading,
    Item,
    Para,
    Section,
    Title,
    build_facts,
    build_source_sections,
)
from ahtc_tui.tui.widgets.plain import format_heading

PEOPLE = (MemberKind.PERSON, MemberKind.POST)


def build_sections(card: GroupCard, open_actions: Sequence[str]) -> Iterator[Section]:
    """Return the sections of the card from top to bottom."""
    row = card.row
    former = [chair for chair in card.chairs if chair.to_on]
    yield Title(row.short or "", row.name)
    yield Para("   ".join(text for _label, values in build_state_rows(card) for text in values))
    yield Gap()
    yield from build_facts(build_fact_rows(card))
    yield from build_facts(
        (
            build_row(_("Terms"), _format_terms(card)),
            build_row(_("Chaired"), *(f"{chair.name} {format_term(chair.from_on, chair.to_on)}" for chair in former)),
        )
    )
    yield Gap()
    yield Heading(format_heading(_("Open actions"), len(open_actions)))
    yield from (Item(action.replace(" ", "  ", 1)) for action in open_actions)
    closed = [action.partition(" ")[0] for action in card.actions if action not in open_actions]
    if closed:
        yield Para(_("no longer open: {refs}").format(refs=", ".join(closed)), muted=True)
    yield Gap()
    yield Heading(format_heading(_("Seats"), len(card.seats)))
    yield from _build_seat_facts(card.seats)
    if card.expired:
        names = ", ".join(f"{seat.member} ({seat.to_on})" for seat in card.expired)
        yield Para(_("expired: {names}").format(names=names), muted=True)
    yield Gap()
    yield Heading(format_heading(_("Meetings"), len(card.meetings)))
    yield from (Item(meeting) for meeting in card.meetings)
    yield from _build_terms(card)
    yield Gap()
    yield from build_source_sections(row.source, card.source_notes)


def _format_terms(card: GroupCard) -> str | None:
    """Return the version of the terms of reference that is in force, else the newest one, with its review date."""
    current = find_current_terms(card.terms)
    if current is None:
        return None
    text = _("version {version}").format(version=current.version)
    return text + (_(", to review {day}").format(day=current.review_on) if current.review_on else "")


def _build_terms(card: GroupCard) -> Iterator[Section]:
    """Yield the text of the terms of reference that are in force, if it is stored."""
    current = find_current_terms(card.terms)
    if current and current.text:
        yield Gap()
        yield Heading(format_heading(_("Terms of reference")))
        yield from (Para(line) for line in current.text.splitlines())


def _build_seat_facts(seats: Sequence[SeatRow]) -> Iterator[Section]:
    """Lines by role: one for each person and post, then the organisations in one paragraph."""
    for role in dict.fromkeys(seat.role for seat in seats):
        seats_of_role = [seat for seat in seats if seat.role is role]
        people = [_format_seat(seat) for seat in seats_of_role if seat.member_kind in PEOPLE or seat.holder]
        others = [seat for seat in seats_of_role if seat.member_kind not in PEOPLE and not seat.holder]
        bodies = " · ".join(_format_seat(seat) for seat in others)
        label = _("For Wales") if role is SeatRole.REPRESENTS_WALES else role.format_label(len(seats_of_role))
        for number, text in enumerate(filter(None, (*people, bodies))):
            yield Fact("" if number else label, text)


def _format_seat(seat: SeatRow) -> str:
    text = seat.member
    if seat.member_kind is MemberKind.CLASS:
        text += _(" (a class)")
    elif seat.holder and seat.holder != seat.member:
        text += f" ({seat.holder})"
    return text + (_(", until {day}").format(day=soften_date(seat.to_on)) if seat.to_on else "")
