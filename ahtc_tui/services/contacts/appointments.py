"""Appointments to posts and vacancies. Open actions, seats and invitations of the post follow its holder."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from ahtc_tui.domain.contacts.model import PartyKind
from ahtc_tui.domain.contacts.post_holders import AppointmentReport, Holding, build_post_timeline
from ahtc_tui.domain.dates.date_as_known import DateAsKnown
from ahtc_tui.domain.dates.periods import Period, Timeline, find_day_after, find_day_before
from ahtc_tui.domain.errors import NotFound, Refused
from ahtc_tui.domain.i18n import _
from ahtc_tui.services.contacts import writer
from ahtc_tui.services.contacts.writer import refuse_erased
from ahtc_tui.store.contacts import post_holders as stored
from ahtc_tui.store.contacts.party_lookup import Party, find_party, find_party_exactly
from ahtc_tui.store.records.fields import read_field, read_fields

if TYPE_CHECKING:
    from ahtc_tui.services.workspace import Workspace
    from ahtc_tui.store.journal.ledger import Ledger
    from ahtc_tui.store.records.cursor import Cursor


class Appointment(NamedTuple):
    """The period and kind of an appointment."""

    from_on: DateAsKnown
    to_on: DateAsKnown | None = None
    acting: bool = False


def appoint_holder(
    workspace: Workspace,
    person: str,
    post: str,
    appointment: Appointment,
    *,
    create_person: bool = False,
    allow_erased: bool = False,
) -> AppointmentReport:
    """Appoint a person to a post, in any order, and return what passes on with the post.

    The holder before leaves the day before, unless the person acts for them. With `create_person` an unknown name is
    added as a person of the post's organisation; `allow_erased` admits a person who may have been erased.

    Raises NotFound, BadInput, ErasedBefore, and Refused where another term starts on the same day.
    """
    with workspace.database.write("appoint") as ledger:
        post_party = find_party(ledger.cursor, post, (PartyKind.POST,))
        ledger.label = f"appoint {person[:40]} to {post_party.ref}"
        holder = _find_or_add_person(ledger, person, post_party, create_person, allow_erased)
        first, end = Period(appointment.from_on, appointment.to_on).format_stored()
        is_collective = stored.is_collective(ledger.cursor, post_party.key)
        _refuse_same_start(stored.read_holdings(ledger.cursor, post_party.key), holder, appointment, is_collective)
        values = {"post": post_party.key, "person": holder.key, "from_on": first, "to_on": end}
        return _write_term(ledger, workspace, post_party, holder, values | {"acting": int(appointment.acting)})


def vacate_post(workspace: Workspace, post: str, last_day: DateAsKnown) -> AppointmentReport:
    """Record that a post is vacant after `last_day`. Raises NotFound, Refused where that is recorded already."""
    with workspace.database.write("vacate") as ledger:
        post_party = find_party(ledger.cursor, post, (PartyKind.POST,))
        ledger.label = f"vacate {post_party.ref}"
        begins = find_day_after(last_day)
        is_collective = stored.is_collective(ledger.cursor, post_party.key)
        timeline = build_post_timeline(stored.read_holdings(ledger.cursor, post_party.key), is_collective)
        if any(holding.vacant for holding in timeline.list_valid(begins.latest)):
            raise Refused(_("No one holds {post} on {date}.").format(post=post_party.shown_name, date=begins))
        values = {"post": post_party.key, "from_on": begins.stored_text, "vacant": 1}
        return _write_term(ledger, workspace, post_party, None, values)


def _write_term(
    ledger: Ledger, workspace: Workspace, post: Party, person: Party | None, values: dict[str, Any]
) -> AppointmentReport:
    """Add a term, or a vacancy without a person, to a post; end the seats that its former holders fill for it."""
    is_collective = stored.is_collective(ledger.cursor, post.key)
    before = build_post_timeline(stored.read_holdings(ledger.cursor, post.key), is_collective)
    key = ledger.add("holdings", values)
    holdings = stored.read_holdings(ledger.cursor, post.key)
    term = next(holding for holding in holdings if holding.key == key)
    after = build_post_timeline(holdings, is_collective)
    remaining = {holding.key for holding in after.list_valid(term.period.first)}
    former = [
        holding
        for holding in before.list_valid(term.period.first)
        if holding.key not in remaining and not holding.vacant
    ]
    until = find_day_before(term.from_on) if term.from_on and former else None
    if until is not None:
        _end_occupancies(ledger, post, former, until)
    return _build_report(ledger.cursor, post, person, term, after, former, until, workspace.today())


def _find_or_add_person(ledger: Ledger, name: str, post: Party, create_person: bool, allow_erased: bool) -> Party:
    if not create_person:
        return find_party(ledger.cursor, name, (PartyKind.PERSON,))
    with suppress(NotFound):
        return find_party_exactly(ledger.cursor, name, (PartyKind.PERSON,))
    from ahtc_tui.domain.drafts.contacts import build_contact_draft

    draft = build_contact_draft({"name": name, "kind": PartyKind.PERSON}, date.min)
    if not allow_erased:
        refuse_erased(ledger.cursor, draft)
    key = writer.insert_contact(ledger, draft)
    ledger.update("people", key, {"organisation": read_field(ledger.cursor, "posts", post.key, "organisation")})
    return Party(key, kind=PartyKind.PERSON, **read_fields(ledger.cursor, "parties", key, ("ref", "name")))


def _refuse_same_start(holdings: list[Holding], person: Party, appointment: Appointment, is_collective: bool) -> None:
    """Raise Refused where another term starts on the same day, so that neither replaces the other."""
    for holding in holdings:
        if holding.vacant or holding.acting != appointment.acting:
            continue
        if holding.period.first != appointment.from_on.earliest or holding.from_on is None:
            continue
        if holding.person == person.key:
            sentence = _("{name} holds the post already on {day}.")
            raise Refused(sentence.format(name=person.name, day=appointment.from_on))
        if not is_collective:
            sentence = _(
                "{name} holds the post from the same date. Choose a later date, or undo the other appointment first."
            )
            raise Refused(sentence.format(name=holding.name or _("Someone")))


def _end_occupancies(ledger: Ledger, post: Party, former: list[Holding], until: DateAsKnown) -> None:
    """End the occupancies by which former holders fill seats of the post."""
    for holding in former:
        if holding.person is not None:
            for key in stored.find_occupancies(ledger.cursor, post.key, holding.person, until.latest):
                ledger.update("occupancies", key, {"to_on": until.stored_text})


def _build_report(
    cursor: Cursor,
    post: Party,
    person: Party | None,
    term: Holding,
    timeline: Timeline[Holding],
    former: list[Holding],
    until: DateAsKnown | None,
    today: date,
) -> AppointmentReport:
    """Return what passes on with the post, what stays with the former holder, and what is to be decided."""
    people = [holding for holding in former if holding.person and (person is None or holding.person != person.key)]
    questions = [
        question
        for holding in people
        if holding.person
        for question in stored.read_personal_roles(cursor, holding.person, today)
    ]
    again, later = _find_neighbours(timeline, term, former)
    return AppointmentReport(
        post=post.name,
        post_ref=post.ref,
        person=person.name if person else None,
        person_ref=person.ref if person else None,
        from_on=term.from_on or DateAsKnown(date.min),
        to_on=timeline.find_end(term) if person else None,
        acting=term.acting,
        former=_list_names(former),
        former_until=until,
        again=again,
        later=later,
        actions=stored.read_open_actions(cursor, post.key),
        seats=stored.read_seats(cursor, post.key, today),
        invites=stored.read_invitations(cursor, post.key, today),
        kept=stored.read_closed_actions(cursor, post.key),
        questions=tuple(questions),
    )


def _find_neighbours(
    timeline: Timeline[Holding], term: Holding, former: list[Holding]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return which former holders hold the post again after a limited term, and who takes over before it ends."""
    if term.to_on is None:
        return (), ()
    following = timeline.list_valid(find_day_after(term.to_on).latest)
    later = [
        holding
        for span in timeline.list_spans()
        if term.period.first < span.first <= term.period.last and term not in span.facts
        for holding in span.facts
        if not holding.vacant
    ]
    return _list_names(holding for holding in following if holding in former), _list_names(later)


def _list_names(holdings: Iterable[Holding]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(holding.name or _("not named") for holding in holdings))
