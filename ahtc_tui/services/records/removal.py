"""Removal of records that were added by mistake: what goes with one, and what has to be changed first."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ahtc_tui.domain.errors import Refused
from ahtc_tui.domain.i18n import _, gettext_noop
from ahtc_tui.domain.record_names import format_record_noun
from ahtc_tui.services import record_lookup
from ahtc_tui.services.record_lookup import CONTACT_KINDS
from ahtc_tui.store.contacts.party_lookup import find_party_exactly
from ahtc_tui.store.records import relations
from ahtc_tui.store.records.fields import read_field

if TYPE_CHECKING:
    from ahtc_tui.domain.keys import RowKey
    from ahtc_tui.services.workspace import Workspace
    from ahtc_tui.store.records.cursor import Cursor, Table

SHOWN_REFS = 10
"""References that a sentence lists at most."""

OTHER_RECORDS: dict[str, tuple[Table, str, str]] = {
    "decision": ("decisions", gettext_noop("decision"), "text"),
    "engagement": ("engagements", gettext_noop("engagement"), "subject"),
    "promise": ("promises", gettext_noop("promise"), "text"),
    "interest": ("interests", gettext_noop("interest"), "text"),
}
"""For nouns with references: their table, what they are called, and the column with their name."""


@dataclass(frozen=True, slots=True)
class RemovalPlan:
    """Everything that the removal of a record takes with it."""

    ref: str
    name: str
    parts: tuple[tuple[str, int], ...]
    """Nouns and numbers of the records that go with it: ("invitations", 4)."""
    used_by: tuple[str, ...]
    """References of the records that refer to it; it cannot be removed while there are any."""

    @property
    def question(self) -> str:
        """Question with what goes with the record."""
        listed = ", ".join(f"{noun}: {number}" for noun, number in self.parts)
        what = _("Remove {ref} {name}?").format(ref=self.ref, name=self.name)
        return _("{question} Removed with it: {listed}.").format(question=what, listed=listed) if listed else what


def plan_removal(workspace: Workspace, noun: str, words: str) -> RemovalPlan:
    """Return what the removal of one of these records means. Raises NotFound, BadInput."""
    with workspace.database.read() as cursor:
        table, key, ref, name = _find_record(cursor, noun, words)
        return _plan(cursor, table, key, ref, name)


def remove_record(workspace: Workspace, noun: str, words: str) -> RemovalPlan:
    """Remove one of these records with its parts, and return what was removed.

    Raises NotFound, BadInput, and Refused while other records refer to it, or for parts of agreed minutes.
    """
    with workspace.database.write("remove") as ledger:
        table, key, ref, name = _find_record(ledger.cursor, noun, words)
        ledger.label = f"remove {ref}"
        plan = _plan(ledger.cursor, table, key, ref, name)
        if plan.used_by:
            raise Refused(_describe_use(plan))
        for part_table, part_key in relations.list_parts(ledger.cursor, table, key):
            ledger.remove(part_table, part_key)
        ledger.remove(table, key)
        return plan


def _describe_use(plan: RemovalPlan) -> str:
    listed = ", ".join(plan.used_by[:SHOWN_REFS])
    hidden = len(plan.used_by) - SHOWN_REFS
    more = _("and {n} more").format(n=hidden) if hidden > 0 else ""
    sentence = _("{ref} is used by {listed}. Change or remove these first.")
    return sentence.format(ref=plan.ref, listed=" ".join(part for part in (listed, more) if part))


def _plan(cursor: Cursor, table: Table, key: RowKey, ref: str, name: str) -> RemovalPlan:
    counts = Counter(part for part, _key in relations.list_parts(cursor, table, key))
    rows = relations.list_dependents(cursor, table, key)
    used_by = dict.fromkeys(row.ref or format_record_noun(row.table) for row in rows)
    parts = tuple((format_record_noun(part, number), number) for part, number in sorted(counts.items()))
    return RemovalPlan(ref, name, parts, tuple(used_by))


def _find_record(cursor: Cursor, noun: str, words: str) -> tuple[Table, RowKey, str, str]:
    """Return table, key, reference and name of a record."""
    if noun in ("contact", "group"):
        party = find_party_exactly(cursor, words, ("group",) if noun == "group" else CONTACT_KINDS)
        return "parties", party.key, party.ref, party.name
    if noun == "meeting":
        key, ref = record_lookup.find_meeting(cursor, words)
        return "meetings", key, ref, read_field(cursor, "meetings", key, "title")
    table, label, column = OTHER_RECORDS[noun]
    key, ref = record_lookup.find_record(cursor, table, words, _(label))
    return table, key, ref, read_field(cursor, table, key, column)
