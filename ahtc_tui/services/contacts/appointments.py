"""Who holds a post: an appointment, a vacancy. Each is one act; work, seats and invites of the post follow it."""

from __future__ import annotations

from contextlib import suppress
from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from ahtc_tui.domain.contacts.model import PartyKind
from ahtc_tui.domain.contacts.post_holders import Holding, Passing, day_before, first_day, term
from ahtc_tui.domain.dates.date_as_known import DateAsKnown
from ahtc_tui.domain.errors import NotFound, Refused
from ahtc_tui.domain.i18n import _
from ahtc_tui.services.contacts import writer
from ahtc_tui.services.contacts.erased import refuse_erased
from ahtc_tui.store.contacts import post_holders as stored
from ahtc_tui.store.contacts.party_lookup import Party, find_exactly, find_party
from ahtc_tui.store.records.fields import field_of, fields_of

if TYPE_CHECKING:
    from ahtc_tui.services.workspace import Workspace
    from ahtc_tui.store.journal.ledger import Ledger
    from ahtc_tui.store.records.cursor import Cursor


class Appointment(NamedTuple):
    """Somebody in a post from a day."""

    from_on: DateAsKnown
    to_on: DateAsKnown | None = None
    acting: bool = False


def appoint(
    workspace: Workspace, person: str, post: str, when: Appointment, *, new: bool = False, again: bool = False
) -> Passing:
    """Put a person in a post from a day; whoever held it holds it until the day before.

    An acting holder stands in while the other keeps the post. With `new`, a name that nobody in the register answers to
    becomes a person of the post's organisation; `again` lets in who may have been erased. Raises NotFound, BadInput,
    Refused, ErasedBefore.
    """
    with workspace.database.write("appoint") as ledger:
        place = find_party(ledger.cursor, post, ("post",))
        ledger.label = f"appoint {person[:40]} to {place.ref}"
        who = _person(ledger, person, place, new, again)
        before = stored.of_post(ledger.cursor, place.key)
        begins = first_day(when.from_on)
        together = stored.is_collective(ledger.cursor, place.key)
        former = [] if together else _replaced(before, begins, when.acting)
        _refuse_twice(before, who, when)
        last = when.to_on or (None if together else _until_the_next(before, when))
        first, end = term(when.from_on, last)
        values = {"post": place.key, "person": who.key, "from_on": first, "to_on": end, "acting": int(when.acting)}
        ledger.add("holdings", {**values, "ordinal": _ordinal(before, when, begins)})
        until = day_before(when.from_on)
        _end(ledger, place, former, until)
        settled = when._replace(to_on=last)
        return _passing(ledger.cursor, place, who, settled, former, until, workspace.today())


def vacate(workspace: Workspace, post: str, last: DateAsKnown) -> Passing:
    """End the time of whoever holds a post; `last` is their last day. Raises Refused where nobody holds it then."""
    with workspace.database.write("vacate") as ledger:
        place = find_party(ledger.cursor, post, ("post",))
        ledger.label = f"vacate {place.ref}"
        former = [held for held in stored.of_post(ledger.cursor, place.key) if held.on(last.latest)]
        former = _in_office(former)
        if not former:
            raise Refused(_("Nobody holds {post} on {day}.").format(post=place.name, day=last))
        for held in former:
            term(held.from_on, last)
        _end(ledger, place, former, last)
        since = DateAsKnown(last.latest + timedelta(days=1))
        return _passing(ledger.cursor, place, None, Appointment(since), former, last, workspace.today())


def _person(ledger: Ledger, words: str, post: Party, new: bool, again: bool) -> Party:
    if not new:
        return find_party(ledger.cursor, words, ("person",))
    with suppress(NotFound):
        return find_exactly(ledger.cursor, words, ("person",))
    from ahtc_tui.domain.drafts.contacts import contact_draft

    draft = contact_draft({"name": words, "kind": PartyKind.PERSON}, date.min)
    if not again:
        refuse_erased(ledger.cursor, draft)
    key = writer.make(ledger, draft)
    ledger.change("people", key, {"organisation": field_of(ledger.cursor, "posts", post.key, "organisation")})
    return Party(key, kind="person", **fields_of(ledger.cursor, "parties", key, ("ref", "name")))


def _in_office(standing: list[Holding]) -> list[Holding]:
    """Of those whose time has not ended: who came last, and everybody who only acts."""
    full = [held for held in standing if not held.acting]
    return full[-1:] + [held for held in standing if held.acting]


def _replaced(before: list[Holding], begins: date, acting: bool) -> list[Holding]:
    """Whom an appointment ends: who holds the post when it begins. Somebody who acts replaces only who acts."""
    standing = [held for held in before if held.begins <= begins and held.on(begins)]
    replaced = [held for held in _in_office(standing) if held.acting or not acting]
    for held in replaced:
        if held.begins == begins:
            sentence = _("{name} holds the post from the same day: choose a later one, or undo that first.")
            raise Refused(sentence.format(name=held.name or _("Somebody")))
    return replaced


def _refuse_twice(before: list[Holding], who: Party, when: Appointment) -> None:
    """Nobody is put into a post that they hold already; who acts may come to hold it."""
    now = [one for one in before if one.on(first_day(when.from_on))]
    if any(held.person == who.key and held.acting == when.acting for held in now):
        raise Refused(_("{name} holds the post already on {day}.").format(name=who.name, day=when.from_on))


def _until_the_next(before: list[Holding], when: Appointment) -> DateAsKnown | None:
    """Where somebody later is known already, the appointment ends the day before them."""
    if when.acting:
        return None
    begins = first_day(when.from_on)
    later = [held for held in before if held.begins > begins and not held.acting]
    return day_before(later[0].from_on) if later and later[0].from_on else None


def _ordinal(before: list[Holding], when: Appointment, begins: date) -> int | None:
    """The number of a holder where the holders of a post are counted: the third co-ordinator."""
    numbers = [held.ordinal for held in before if held.ordinal is not None]
    counts = numbers and not when.acting and all(held.begins <= begins for held in before)
    return max(numbers) + 1 if counts else None


def _end(ledger: Ledger, post: Party, former: list[Holding], until: DateAsKnown) -> None:
    """End these holdings, and what names their holders for the post's own seats."""
    for held in former:
        ledger.change("holdings", held.key, {"to_on": until.stored})
        if held.person is None:
            continue
        for key in stored.occupied(ledger.cursor, post.key, held.person, until.latest):
            ledger.change("occupancies", key, {"to_on": until.stored})


def _passing(
    cursor: Cursor,
    post: Party,
    who: Party | None,
    when: Appointment,
    former: list[Holding],
    until: DateAsKnown,
    today: date,
) -> Passing:
    """What follows the post, what stays with the former holder, and what somebody has to decide."""
    people = [held for held in former if held.person and (who is None or held.person != who.key)]
    questions = [said for held in people if held.person for said in stored.in_person(cursor, held.person, today)]
    return Passing(
        post.name,
        post.ref,
        who.name if who else None,
        who.ref if who else None,
        when.from_on,
        when.to_on,
        when.acting,
        tuple(held.name or _("not named") for held in former),
        until if former else None,
        stored.open_actions(cursor, post.key),
        stored.seats(cursor, post.key, today),
        stored.invites(cursor, post.key, today),
        stored.closed_actions(cursor, post.key),
        tuple(questions),
    )
