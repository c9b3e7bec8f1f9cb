"""Recurring actions: the rule of an action and its next instance, written in the transaction of the caller."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from ahtc_tui.domain.actions.fields import ACTION_FIELDS
from ahtc_tui.domain.actions.model import Status
from ahtc_tui.domain.actions.recurrence import Recurrence
from ahtc_tui.domain.dates.date_as_known import DateAsKnown, read_stored_date
from ahtc_tui.domain.errors import Refused
from ahtc_tui.domain.fields.model import Place, list_names
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.keys import RowKey
from ahtc_tui.store.actions.recurrence import RecurrenceLink, find_recurrence
from ahtc_tui.store.records import fields
from ahtc_tui.store.records.cursor import Table

if TYPE_CHECKING:
    from ahtc_tui.store.journal.ledger import Ledger

CHILD_FIELDS = ("support", "partners", "repeat")
"""Fields that are records of their own."""
INHERITED_COLUMNS = (
    *(name for name in list_names(ACTION_FIELDS, Place.REPEAT) if name not in CHILD_FIELDS),
    "in_plan",
)
"""Columns that the next instance copies from the former one."""


def set_recurrence(ledger: Ledger, action: RowKey, recurrence: Recurrence | None) -> None:
    """Set the rule of an action; None removes it.

    Raises Refused for a continuing duty, and for a rule by the calendar without an exact due date.
    """
    link = find_recurrence(ledger.cursor, action)
    if recurrence is None:
        if link:
            ledger.remove("recurrences", link.key)
        return
    action_fields = fields.read_fields(ledger.cursor, "actions", action, ("due", "status"))
    if action_fields["status"] == Status.CONTINUING:
        raise Refused(_("A continuing duty has no end, so it does not recur. Give it a review date."))
    due = read_stored_date(action_fields["due"])
    if not (due and due.has_day) and not recurrence.from_completion:
        raise Refused(_("A recurring action needs an exact due date."))
    values = {"rule": recurrence.rule, "from_completion": recurrence.from_completion}
    if link:
        ledger.update("recurrences", link.key, values)
    else:
        ledger.add("recurrences", {"action": action, "number": 1, **values})


def repeat_action(ledger: Ledger, action: RowKey) -> None:
    """Create the next instance of an action that has just been done, or restore it where it was removed by an undo.

    Nothing for an action that does not recur. The key and the reference are derived from the first instance and the
    number, so that two laptops that close the same instance create the same next one.
    """
    link = find_recurrence(ledger.cursor, action)
    closed_on = read_stored_date(fields.read_field(ledger.cursor, "actions", action, "closed_on"))
    if link is None or closed_on is None:
        return
    done_on = closed_on.latest
    number = link.number + 1
    key, ref = derive_instance_key(link.head, number), f"{link.head_ref}/{number}"
    due = DateAsKnown(_compute_due_date(link, number, done_on)).stored_text
    removed = fields.is_removed(ledger.cursor, "actions", key)
    if removed is None:
        values = {"ref": ref, "due": due, "original_due": due, "raised_on": done_on.isoformat()}
        _add_instance(ledger, action, key, values)
        rule = {"rule": link.recurrence.rule, "from_completion": link.recurrence.from_completion}
        ledger.add("recurrences", {"action": key, "template": link.head, "number": number, **rule})
    elif removed:
        _restore_instance(ledger, key, {"due": due, "original_due": due, "status": Status.PLANNED.value})


def derive_instance_key(head: RowKey, number: int) -> RowKey:
    """Return the key of an instance, equal on every laptop (UUID version 5, RFC 9562 section 5.5)."""
    from uuid import UUID, uuid5

    return RowKey(uuid5(UUID(bytes=head), str(number)).bytes)


def _compute_due_date(link: RecurrenceLink, number: int, done_on: date) -> date:
    if link.recurrence.from_completion or link.anchor is None:
        return link.recurrence.compute_day(done_on, 2)
    return link.recurrence.compute_day(link.anchor.latest, number)


def _add_instance(ledger: Ledger, previous: RowKey, key: RowKey, values: dict[str, Any]) -> None:
    """Add a planned action with the columns, parties and areas of the former instance."""
    inherited = fields.read_fields(ledger.cursor, "actions", previous, INHERITED_COLUMNS)
    ledger.add("actions", {**inherited, **values, "status": Status.PLANNED.value}, key)
    copied: dict[Table, tuple[str, ...]] = {"action_parties": ("party", "role"), "action_areas": ("area",)}
    for table, columns in copied.items():
        rows = fields.read_parts(ledger.cursor, table, "action", previous, columns)
        ledger.add_all(table, [{"action": key, **row} for row in rows])


def _restore_instance(ledger: Ledger, key: RowKey, values: dict[str, Any]) -> None:
    """Restore a removed instance with its child records as a planned action."""
    ledger.restore("actions", key)
    ledger.update("actions", key, values)
    for table in ("recurrences", "action_parties", "action_areas"):
        for part in fields.list_referrers(ledger.cursor, table, "action", key, removed=True):
            ledger.restore(table, part)
