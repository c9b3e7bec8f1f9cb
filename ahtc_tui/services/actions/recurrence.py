"""Actions that come again: what closing one makes, and how a person says how often. In somebody's transaction."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid5

from ahtc_tui.domain.actions.model import Status
from ahtc_tui.domain.actions.recurrence import read_recurrence
from ahtc_tui.domain.dates.date_as_known import DateAsKnown, from_stored
from ahtc_tui.domain.errors import Refused
from ahtc_tui.domain.i18n import _
from ahtc_tui.store.actions.recurrence import Link, link_of
from ahtc_tui.store.records import fields

if TYPE_CHECKING:
    from ahtc_tui.store.journal.ledger import Ledger

HANDED_ON = (
    "title",
    "detail",
    "objective",
    "lead",
    "group",
    "priority",
    "marking",
    "partner_text",
    "in_plan",
    "meeting",
)
"""Columns that the next instance takes over."""


def write(ledger: Ledger, action: bytes, words: str) -> None:
    """Say how an action comes again; empty words end it. Raises BadInput, or Refused where it has no due date."""
    standing = link_of(ledger.cursor, action)
    if not words:
        if standing:
            ledger.remove("recurrences", standing.key)
        return
    wanted = read_recurrence(words)
    stands = fields.fields_of(ledger.cursor, "actions", action, ("due", "status"))
    if stands["status"] == Status.CONTINUING:
        raise Refused(_("A continuing duty has no end, so it does not come again: give it a review date."))
    due = from_stored(stands["due"])
    if not (due and due.has_day) and not wanted.from_completion:
        raise Refused(_("An action that comes again by the calendar needs a due date with a day to count from."))
    said = {"rule": wanted.rule, "from_completion": wanted.from_completion}
    if standing:
        ledger.change("recurrences", standing.key, said)
    else:
        ledger.add("recurrences", {"action": action, "number": 1, **said})


def follow_on(ledger: Ledger, action: bytes, done_on: date) -> str | None:
    """Make the next instance of an action that is done; returns its reference, None if it does not come again.

    Key and reference follow from the first instance and the number: two laptops that close the same instance make
    one and the same next one.
    """
    link = link_of(ledger.cursor, action)
    if link is None:
        return None
    number = link.number + 1
    key, ref = instance_key(link.head, number), f"{link.head_ref}/{number}"
    due = DateAsKnown(_due(link, number, done_on)).stored
    removed = fields.is_removed(ledger.cursor, "actions", key)
    if removed is None:
        _make(ledger, action, key, {"ref": ref, "due": due, "original_due": due, "raised_on": done_on.isoformat()})
        said = {"rule": link.recurrence.rule, "from_completion": link.recurrence.from_completion}
        ledger.add("recurrences", {"action": key, "template": link.head, "number": number, **said})
    elif removed:
        _bring_back(ledger, key, {"due": due, "original_due": due, "status": Status.PLANNED.value})
    return ref


def instance_key(head: bytes, number: int) -> bytes:
    """The key of an instance, the same on every laptop (RFC 9562 version 5)."""
    return uuid5(UUID(bytes=head), str(number)).bytes


def _due(link: Link, number: int, done_on: date) -> date:
    if link.recurrence.from_completion or link.anchor is None:
        return link.recurrence.day(done_on, 2)
    return link.recurrence.day(link.anchor.latest, number)


def _make(ledger: Ledger, before: bytes, key: bytes, values: dict[str, Any]) -> None:
    """A planned action like the one before, with its supporters, partners and places."""
    taken = fields.fields_of(ledger.cursor, "actions", before, HANDED_ON)
    ledger.add("actions", {**taken, **values, "status": Status.PLANNED.value}, key)
    for table, columns in (("action_parties", ("party", "role")), ("action_areas", ("area",))):
        rows = fields.parts(ledger.cursor, table, "action", before, columns)
        ledger.add_all(table, [{"action": key, **row} for row in rows])


def _bring_back(ledger: Ledger, key: bytes, values: dict[str, Any]) -> None:
    """An instance that was undone comes again as new, with what hangs on it."""
    ledger.restore("actions", key)
    ledger.change("actions", key, values)
    for table in ("recurrences", "action_parties", "action_areas"):
        for part in fields.naming(ledger.cursor, table, "action", key, removed=True):
            ledger.restore(table, part)
