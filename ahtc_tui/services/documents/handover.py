"""Builds and exports the handover of a post: duties, actions, seats and dates."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from ahtc_tui.domain.actions.model import ActionRow, Marking, find_highest_marking
from ahtc_tui.domain.dates.date_as_known import NO_DAY, format_long_date
from ahtc_tui.domain.dates.formal_dates import format_day
from ahtc_tui.domain.dates.periods import format_term
from ahtc_tui.domain.documents.handover import HandOver, NextDate, format_handover_counts
from ahtc_tui.domain.documents.office_paper import OfficePaper, PaperKind, PaperPart, format_counted_heading
from ahtc_tui.domain.groups.model import SeatRow
from ahtc_tui.domain.i18n import _, get_current_language
from ahtc_tui.domain.meetings.model import MeetingRow
from ahtc_tui.services.documents.office_papers import Target, find_target, write_in_languages
from ahtc_tui.services.meetings.service import next_meetings
from ahtc_tui.services.workspace import Workspace
from ahtc_tui.store.contacts import post_holders
from ahtc_tui.store.contacts.cards import read_card
from ahtc_tui.store.contacts.party_lookup import find_party
from ahtc_tui.store.documents import briefs as queries
from ahtc_tui.store.groups.seats import read_party_seats


def build_hand_over(workspace: Workspace, post: str) -> HandOver:
    """Return everything that belongs to a post today. Raises NotFound."""
    today = workspace.today()
    meetings = next_meetings(workspace)
    with workspace.database.read() as cursor:
        party = find_party(cursor, post, ("post",))
        contact = read_card(cursor, party.key, today)
        led = queries.read_led_actions(cursor, party.key, today)
        helped = queries.read_helped_actions(cursor, party.key, today)
        seats = tuple(read_party_seats(cursor, party.key, today))
        invited = queries.read_invited_meetings(cursor, party.key)
        person = post_holders.find_holder_on(cursor, party.key, today)
        in_person = post_holders.read_personal_roles(cursor, person, today) if person else ()
    own_groups = {seat.group_ref for seat in seats}
    dates = [
        _build_meeting_date(row) for row in meetings if row.day and (row.ref in invited or row.group_ref in own_groups)
    ]
    dates += [day for action in led if action.is_open for day in _build_action_dates(action)]
    to_come = sorted(
        (next_date for next_date in dates if next_date.day.latest >= today),
        key=lambda next_date: (next_date.day.latest, next_date.ref),
    )
    return HandOver(
        party.name,
        party.ref,
        contact.row.organisation,
        contact.row.holder,
        contact.holdings,
        tuple(led),
        tuple(helped),
        seats,
        tuple(to_come),
        tuple(in_person),
    )


def _build_meeting_date(row: MeetingRow) -> NextDate:
    assert row.day is not None
    return NextDate(row.day, _("Meeting: {title}").format(title=row.printed_title), row.ref, row.marking)


def _build_action_dates(action: ActionRow) -> list[NextDate]:
    """Return the due day and the review day of an action."""
    title, days = action.printed_title, []
    if action.due and action.due.latest != NO_DAY:
        days.append(NextDate(action.due, _("Due: {title}").format(title=title), action.ref, action.marking))
    if action.review_on:
        days.append(NextDate(action.review_on, _("Review: {title}").format(title=title), action.ref, action.marking))
    return days


def export_hand_over(
    workspace: Workspace, post: str, target: Target, marking: Marking = Marking.OFFICIAL, force: bool = False
) -> tuple[Path, HandOver]:
    """Write the handover in the format of its target.

    It has the highest marking of its parts. Raises BadInput, NotFound, Refused.
    """
    handover = build_hand_over(workspace, post)

    def name_file() -> str:
        return _("{day} Handover, {post}").format(day=workspace.today().isoformat(), post=handover.post)

    def build() -> OfficePaper:
        return build_paper(build_hand_over(workspace, post), workspace, marking)

    language = get_current_language()
    place = find_target(workspace, PaperKind.HANDOVER, target, name_file)
    return write_in_languages(workspace, PaperKind.HANDOVER, place, build, force, language), handover


def build_paper(handover: HandOver, workspace: Workspace, marking: Marking) -> OfficePaper:
    """Return the handover as an office paper."""
    today = workspace.today()
    holders = tuple((holding.holder_label, holding.term or "–") for holding in handover.holdings)
    highest = find_highest_marking(marking, [action.marking for action in (*handover.led, *handover.helped)])
    shown_dates = [next_date for next_date in handover.dates if highest.covers(next_date.marking)]
    dates = tuple((format_day(next_date.day), next_date.what, next_date.ref) for next_date in shown_dates)
    tasks = sorted(handover.tasks, key=lambda row: (row.due.latest if row.due else NO_DAY, row.ref))
    parts = (
        _build_actions(
            _("Continuing duties"),
            handover.continuing_duties,
            _("Review on"),
            [format_day(row.review_on) or "–" for row in handover.continuing_duties],
        ),
        replace(
            _build_actions(_("Open actions"), tuple(tasks), _("Due"), [format_day(row.due) or "–" for row in tasks]),
            none=_("No open actions."),
        ),
        _build_actions(_("Supporting role"), handover.helped, _("Lead"), [row.lead_in_full for row in handover.helped]),
        PaperPart(_("Holders"), (), (_("Holder"), _("Term")), holders, (8.2, 8.2)),
        _build_seats(handover.seats),
        PaperPart(
            _("Next dates"), (), (_("When"), _("What"), _("Ref")), dates, (4.0, 9.4, 3.0), _("No dates are recorded.")
        ),
        _build_personal_roles(handover),
        _build_actions(
            _("Completed actions"),
            handover.closed_actions,
            _("Closed by"),
            [row.lead_holder or "–" for row in handover.closed_actions],
        ),
    )
    title = _("Handover: {post}").format(post=handover.post)
    shown = tuple(part for part in parts if not part.is_empty or part.none)
    return OfficePaper(title, format_long_date(today), today, _build_facts(handover), shown, highest)


def _build_personal_roles(handover: HandOver) -> PaperPart:
    """Return a sentence for each role that the holder has without the post."""
    sentences = (_("{name} {role}.").format(name=handover.holder, role=role) for role in handover.in_person)
    return PaperPart(_("Held personally: to be reassigned"), tuple(sentences))


def _build_facts(handover: HandOver) -> tuple[tuple[str, str], ...]:
    return (
        (_("Organisation"), handover.organisation or "–"),
        (_("Held by"), handover.holder or _("Not named")),
        (_("In numbers"), format_handover_counts(handover)),
    )


def _build_actions(heading: str, rows: tuple[ActionRow, ...], last_heading: str, last_cells: list[str]) -> PaperPart:
    lines = tuple((row.ref, row.printed_title, words) for row, words in zip(rows, last_cells, strict=True))
    return PaperPart(
        format_counted_heading(heading, len(rows)), (), (_("Ref"), _("Action"), last_heading), lines, (2.8, 9.6, 4.0)
    )


def _build_seats(seats: tuple[SeatRow, ...]) -> PaperPart:
    rows = tuple((seat.group, seat.role.label, format_term(seat.from_on, seat.to_on) or "–") for seat in seats)
    heading = format_counted_heading(_("Seats"), len(seats))
    return PaperPart(heading, (), (_("Group"), _("Role"), _("Term")), rows, (8.0, 4.4, 4.0), _("No seats."))
