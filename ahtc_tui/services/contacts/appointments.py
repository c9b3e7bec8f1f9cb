"""Appointments to posts and vacancies. Open actions, seats and invitations of the post follow its holder."""

from __future__ import annotations

from contextlib import suppress
from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from ahtc_tui.domain.contacts.model import PartyKind
from ahtc_tui.domain.contacts.post_holders import (
    AppointmentReport,
    Holding,
    find_day_before,
    find_first_day,
    format_stored_term,
)
from ahtc_tui.domain.dates.date_as_known import DateAsKnown
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
    """Appoint a person to a post; the former holder leaves the day before. Return what passes on with the post.

    An acting holder does not end the term of the holder. With `create_person` an unknown name is added as a
    person of the post's organisation; `allow_erased` admits a person who may have been erased.

    Raises NotFound, BadInput, ErasedBefore, and Refused for a second appointment of the holder or one from the same
    day.
    """
    with workspace.database.write("appoint") as ledger:
        post_party = find_party(ledger.cursor, post, ("post",))
        ledger.label = f"appoint {person[:40]} to {post_party.ref}"
        holder = _find_or_add_person(ledger, person, post_party, create_person, allow_erased)
        holdings = stored.read_holdings(ledger.cursor, post_party.key)
        begins = find_first_day(appointment.from_on)
        is_collective = stored.is_collective(ledger.cursor, post_party.key)
        former = [] if is_collective else _find_replaced(holdings, begins, appointment.acting)
        _refuse_reappointment(holdings, holder, appointment)
        last_day = appointment.to_on or (None if is_collective else _find_last_day(holdings, appointment))
        if not is_collective and not appointment.acting:
            _refuse_overlap(holdings, begins, last_day)
        first, end = format_stored_term(appointment.from_on, last_day)
        acting = int(appointment.acting)
        values = {"post": post_party.key, "person": holder.key, "from_on": first, "to_on": end, "acting": acting}
        ledger.add("holdings", {**values, "ordinal": _compute_ordinal(holdings, appointment, begins)})
        until = find_day_before(appointment.from_on)
        _end_holdings(ledger, post_party, former, until)
        effective = appointment._replace(to_on=last_day)
        return _build_passing(ledger.cursor, post_party, holder, effective, former, until, workspace.today())


def vacate_post(workspace: Workspace, post: str, last_day: DateAsKnown) -> AppointmentReport:
    """End the holdings of a post with `last_day`. Raises NotFound, Refused if it has no holder on that day."""
    with workspace.database.write("vacate") as ledger:
        post_party = find_party(ledger.cursor, post, ("post",))
        ledger.label = f"vacate {post_party.ref}"
        holdings = stored.read_holdings(ledger.cursor, post_party.key)
        former = _select_in_office([holding for holding in holdings if holding.is_held_on(last_day.latest)])
        if not former:
            raise Refused(_("No one holds {post} on {day}.").format(post=post_party.name, day=last_day))
        for holding in former:
            format_stored_term(holding.from_on, last_day)
        _end_holdings(ledger, post_party, former, last_day)
        since = DateAsKnown(last_day.latest + timedelta(days=1))
        return _build_passing(ledger.cursor, post_party, None, Appointment(since), former, last_day, workspace.today())


def _find_or_add_person(ledger: Ledger, name: str, post: Party, create_person: bool, allow_erased: bool) -> Party:
    if not create_person:
        return find_party(ledger.cursor, name, ("person",))
    with suppress(NotFound):
        return find_party_exactly(ledger.cursor, name, ("person",))
    from ahtc_tui.domain.drafts.contacts import build_contact_draft

    draft = build_contact_draft({"name": name, "kind": PartyKind.PERSON}, date.min)
    if not allow_erased:
        refuse_erased(ledger.cursor, draft)
    key = writer.insert_contact(ledger, draft)
    ledger.update("people", key, {"organisation": read_field(ledger.cursor, "posts", post.key, "organisation")})
    return Party(key, kind="person", **read_fields(ledger.cursor, "parties", key, ("ref", "name")))


def _select_in_office(holdings: list[Holding]) -> list[Holding]:
    """Return the latest substantive holding and all acting ones."""
    substantive = [holding for holding in holdings if not holding.acting]
    return substantive[-1:] + [holding for holding in holdings if holding.acting]


def _find_replaced(holdings: list[Holding], begins: date, acting: bool) -> list[Holding]:
    """Return the holdings that an appointment ends; an acting appointment ends only acting ones."""
    current = [holding for holding in holdings if holding.start <= begins and holding.is_held_on(begins)]
    replaced = [holding for holding in _select_in_office(current) if holding.acting or not acting]
    for holding in replaced:
        if holding.start == begins:
            sentence = _("{name} holds the post from the same day: choose a later one, or undo that first.")
            raise Refused(sentence.format(name=holding.name or _("Someone")))
    return replaced


def _refuse_reappointment(holdings: list[Holding], person: Party, appointment: Appointment) -> None:
    """Raise Refused where the person holds the post in the same way on that day."""
    current = [holding for holding in holdings if holding.is_held_on(find_first_day(appointment.from_on))]
    if any(holding.person == person.key and holding.acting == appointment.acting for holding in current):
        raise Refused(_("{name} holds the post already on {day}.").format(name=person.name, day=appointment.from_on))


def _refuse_overlap(holdings: list[Holding], begins: date, last_day: DateAsKnown | None) -> None:
    """Raise Refused where the term reaches into that of a later holder; acting holders and shared posts may overlap."""
    for holding in holdings:
        if not holding.acting and holding.start > begins and last_day and last_day.latest >= holding.start:
            sentence = _(
                "{name} holds the post from {day}: end the term before that day, appoint the person as acting, or mark"
                " the post as shared (collective)."
            )
            raise Refused(sentence.format(name=holding.name or _("Someone"), day=holding.from_on))


def _find_last_day(holdings: list[Holding], appointment: Appointment) -> DateAsKnown | None:
    """Return the day before the next known holding starts, for a substantive appointment."""
    if appointment.acting:
        return None
    begins = find_first_day(appointment.from_on)
    later = [holding for holding in holdings if holding.start > begins and not holding.acting]
    return find_day_before(later[0].from_on) if later and later[0].from_on else None


def _compute_ordinal(holdings: list[Holding], appointment: Appointment, begins: date) -> int | None:
    """Return the next number where holders of the post are numbered, such as the third co-ordinator."""
    numbers = [holding.ordinal for holding in holdings if holding.ordinal is not None]
    counts = numbers and not appointment.acting and all(holding.start <= begins for holding in holdings)
    return max(numbers) + 1 if counts else None


def _end_holdings(ledger: Ledger, post: Party, former: list[Holding], until: DateAsKnown) -> None:
    """End holdings, and the occupancies by which their holders fill seats of the post."""
    for holding in former:
        ledger.update("holdings", holding.key, {"to_on": until.stored_text})
        if holding.person is None:
            continue
        for key in stored.find_occupancies(ledger.cursor, post.key, holding.person, until.latest):
            ledger.update("occupancies", key, {"to_on": until.stored_text})


def _build_passing(
    cursor: Cursor,
    post: Party,
    person: Party | None,
    appointment: Appointment,
    former: list[Holding],
    until: DateAsKnown,
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
    return AppointmentReport(
        post.name,
        post.ref,
        person.name if person else None,
        person.ref if person else None,
        appointment.from_on,
        appointment.to_on,
        appointment.acting,
        tuple(holding.name or _("not named") for holding in former),
        until if former else None,
        stored.read_open_actions(cursor, post.key),
        stored.read_seats(cursor, post.key, today),
        stored.read_invitations(cursor, post.key, today),
        stored.read_closed_actions(cursor, post.key),
        tuple(questions),
    )
