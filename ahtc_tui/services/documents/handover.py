"""The hand-over of a post: one list of duties, actions, seats and dates, to be read or written as a paper."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from ahtc_tui.domain.actions.model import Marking
from ahtc_tui.domain.contacts.post_holders import term_words
from ahtc_tui.domain.dates.date_as_known import NO_DAY, long_date
from ahtc_tui.domain.documents.handover import HandOver, NextDate, say_numbers
from ahtc_tui.domain.documents.office_paper import OfficePaper, Part, highest
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.welsh.file_language import language_now
from ahtc_tui.services.documents.office_papers import check_ending, free_target, names_for, write_in
from ahtc_tui.services.meetings.service import next_meetings
from ahtc_tui.store.contacts import post_holders
from ahtc_tui.store.contacts.cards import card
from ahtc_tui.store.contacts.party_lookup import find_party
from ahtc_tui.store.documents import handover as stored
from ahtc_tui.store.groups.seats import of_party

if TYPE_CHECKING:
    from ahtc_tui.domain.actions.model import ActionRow
    from ahtc_tui.domain.groups.model import SeatRow
    from ahtc_tui.domain.meetings.model import MeetingRow
    from ahtc_tui.services.workspace import Workspace


def hand_over(workspace: Workspace, post: str) -> HandOver:
    """Everything that goes with a post today. Raises NotFound."""
    today = workspace.today()
    coming = next_meetings(workspace)
    with workspace.database.read() as cursor:
        party = find_party(cursor, post, ("post",))
        found = card(cursor, party.key, today)
        led = stored.led(cursor, party.key, today)
        helped = stored.helped(cursor, party.key, today)
        seats = tuple(of_party(cursor, party.key, today))
        invited = stored.invited(cursor, party.key)
        person = post_holders.holder_on(cursor, party.key, today)
        in_person = post_holders.in_person(cursor, person, today) if person else ()
    own = {seat.group_ref for seat in seats}
    dates = [_meeting(row) for row in coming if row.day and (row.ref in invited or row.group_ref in own)]
    dates += [day for action in led if action.open for day in _days_of(action)]
    to_come = sorted((one for one in dates if one.day.latest >= today), key=lambda one: (one.day.latest, one.ref))
    return HandOver(
        party.name,
        party.ref,
        found.row.organisation,
        found.row.holder,
        found.holdings,
        tuple(led),
        tuple(helped),
        seats,
        tuple(to_come),
        tuple(in_person),
    )


def _meeting(row: MeetingRow) -> NextDate:
    assert row.day is not None
    return NextDate(row.day, _("meeting: {title}").format(title=row.title), row.ref)


def _days_of(action: ActionRow) -> list[NextDate]:
    """The due day and the review day of an action."""
    days = []
    if action.due and action.due.latest != NO_DAY:
        days.append(NextDate(action.due, _("due: {title}").format(title=action.title), action.ref))
    if action.review_on:
        days.append(NextDate(action.review_on, _("to review: {title}").format(title=action.title), action.ref))
    return days


def export_hand_over(
    workspace: Workspace, post: str, target: Path | None, marking: Marking = Marking.OFFICIAL, force: bool = False
) -> tuple[Path, HandOver]:
    """Write the list as a Word file or as Markdown; into the exports folder where no file is named.

    The highest marking of its parts wins. Raises BadInput, NotFound, Refused.
    """
    if target is not None:
        check_ending(target)
    found = hand_over(workspace, post)
    name = _("handover-{post}").format(post=found.post_ref)
    make = partial(paper_of, found, workspace, marking)
    language = language_now()
    names = names_for(workspace, language)
    return write_in(target or free_target(workspace, name), make, force, language, names), found


def paper_of(found: HandOver, workspace: Workspace, marking: Marking) -> OfficePaper:
    """The list as a paper."""
    today = workspace.today()
    holders = tuple(
        (held.person or _("not named"), term_words(held.from_on, held.to_on, held.acting) or "–")
        for held in found.holdings
    )
    dates = tuple((str(one.day), one.what, one.ref) for one in found.dates)
    parts = (
        _actions(
            _("Continuing duties"),
            found.continuing,
            _("Review on"),
            [str(a.review_on or "–") for a in found.continuing],
        ),
        _actions(_("Open actions"), found.tasks, _("Due"), [str(a.due or _("no date")) for a in found.tasks]),
        _actions(_("Helps with"), found.helped, _("Lead"), [a.lead_label for a in found.helped]),
        _seats(found.seats),
        Part(_("Next dates"), (), (_("When"), _("What"), _("Ref")), dates, (4.0, 9.4, 3.0), _("No dates are known.")),
        Part(_("To decide: held in person, not through the post"), found.in_person),
        _actions(
            _("Closed: keeps the name"), found.closed, _("Closed by"), [a.lead_holder or "–" for a in found.closed]
        ),
        Part(_("Holders"), (), (_("Holder"), _("Term")), holders, (8.2, 8.2)),
    )
    markings = [action.marking for action in (*found.led, *found.helped)]
    title = _("Hand-over: {post}").format(post=found.post)
    return OfficePaper(title, long_date(today), today, _facts(found), parts, highest(marking, markings))


def _facts(found: HandOver) -> tuple[tuple[str, str], ...]:
    return (
        (_("Organisation"), found.organisation or "–"),
        (_("Held by"), found.holder or _("nobody known")),
        (_("In numbers"), say_numbers(found)),
    )


def _actions(heading: str, rows: tuple[ActionRow, ...], last: str, said: list[str]) -> Part:
    lines = tuple((row.ref, row.title, words) for row, words in zip(rows, said, strict=True))
    return Part(f"{heading} ({len(rows)})", (), (_("Ref"), _("Action"), last), lines, (2.2, 10.2, 4.0))


def _seats(seats: tuple[SeatRow, ...]) -> Part:
    rows = tuple((seat.group, seat.role.label, term_words(seat.from_on, seat.to_on) or "–") for seat in seats)
    heading = _("Seats ({n})").format(n=len(seats))
    return Part(heading, (), (_("Group"), _("Role"), _("Term")), rows, (9.0, 3.4, 4.0))
