"""Merging and splitting actions. Both keep their references, and the history of each lists the changes of the other."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from ahtc_tui.domain.actions.model import ActionRow, PartyRole, Status
from ahtc_tui.domain.errors import BadInput, Refused
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.keys import RowKey
from ahtc_tui.domain.text.cleaning import clean_line
from ahtc_tui.services import record_lookup
from ahtc_tui.services.actions import writer
from ahtc_tui.store.actions import queries
from ahtc_tui.store.records.cursor import Table
from ahtc_tui.store.records.fields import list_referrers, read_field, read_fields, read_parts

if TYPE_CHECKING:
    from ahtc_tui.services.workspace import Workspace
    from ahtc_tui.store.journal.ledger import Ledger

FILLED = (
    *("title_cy", "detail", "detail_cy", "lead", "group", "objective", "meeting", "recommendation", "due"),
    *("original_due", "review_on", "brag", "brag_reason", "confidence", "priority", "partner_text", "evidence"),
)
"""Columns that the action that goes on takes from the merged one where it has none."""
SHARED = (
    *("lead", "group", "objective", "meeting", "recommendation", "part_of", "due", "review_on", "status"),
    *("confidence", "priority", "marking", "partner_text"),
)
"""Columns that a split-off action takes from the one that it was a part of."""
LINKS: tuple[tuple[Table, str], ...] = (
    ("action_areas", "area"), ("action_recommendations", "recommendation"), ("decision_actions", "decision"),
)  # fmt: skip
"""Tables of links of an action, with the column of the other record."""


def merge_actions(workspace: Workspace, ref: str, merged_ref: str) -> ActionRow:
    """Merge the second action into the first, which goes on with the work of both; return the first.

    The first gets updates, people, links and dependencies of the second, and its values where it has none. The second
    is closed as cancelled and names the first. Raises NotFound, Refused for one action, a closed first one, one that
    was merged already, or a cycle of dependencies.
    """
    today = workspace.today()
    with workspace.database.write("merge actions") as ledger:
        cursor = ledger.cursor
        key, ref = record_lookup.find_action(cursor, ref)
        merged, merged_ref = record_lookup.find_action(cursor, merged_ref)
        ledger.label = f"merge {merged_ref} into {ref}"
        _refuse_merge(ledger, (key, ref), (merged, merged_ref), today)
        _fill_empty(ledger, key, merged)
        _share_parties(ledger, key, merged)
        for update in queries.read_update_keys(cursor, merged):
            ledger.update("updates", update, {"action": key})
        for table, column in LINKS:
            _share_links(ledger, table, column, key, merged)
        _share_dependencies(ledger, key, merged)
        for part in list_referrers(cursor, "actions", "part_of", merged):
            ledger.update("actions", part, {"part_of": key if part != key else None})
        before = queries.read_action(cursor, merged, today)
        if before.is_open:
            writer.close_action(ledger, before, Status.CANCELLED, today)
        ledger.update("actions", merged, {"merged_into": key})
        return queries.read_action(cursor, key, today)


def split_action(workspace: Workspace, ref: str, titles: Sequence[str]) -> list[ActionRow]:
    """Split off an action for each title, which begins with the people, dates and links of the first; return them.

    The first action stays open under its reference. Raises NotFound, BadInput for an empty title, Refused if the action
    is closed.
    """
    today, names = workspace.today(), [clean_line(title) for title in titles]
    if not names or not all(names):
        raise BadInput(_("Give a title for each new action."))
    with workspace.database.write("split action") as ledger:
        cursor = ledger.cursor
        key, ref = record_lookup.find_action(cursor, ref)
        ledger.label = f"split {ref}"
        if not queries.read_action(cursor, key, today).is_open:
            raise Refused(_("{ref} is closed. Reopen it before you split it.").format(ref=ref))
        return [queries.read_action(cursor, _split_off(ledger, key, name, today), today) for name in names]


def _split_off(ledger: Ledger, key: RowKey, title: str, today: date) -> RowKey:
    values: dict[str, Any] = read_fields(ledger.cursor, "actions", key, SHARED)
    values |= {"title": title, "original_due": values["due"], "raised_on": today.isoformat(), "split_from": key}
    values["ref"] = writer.mint_reference(ledger, values["meeting"])
    part = ledger.add("actions", values)
    for role in PartyRole:
        writer.set_parties(ledger, part, list(queries.read_party_links(ledger.cursor, key, role)), role)
    for table, column in LINKS:
        _share_links(ledger, table, column, part, key)
    return part


def _refuse_merge(ledger: Ledger, kept: tuple[RowKey, str], merged: tuple[RowKey, str], today: date) -> None:
    if kept[0] == merged[0]:
        raise Refused(_("{ref} cannot be merged with itself.").format(ref=kept[1]))
    if not queries.read_action(ledger.cursor, kept[0], today).is_open:
        raise Refused(_("{ref} is closed. Reopen it before you merge another action into it.").format(ref=kept[1]))
    if target := read_field(ledger.cursor, "actions", merged[0], "merged_into"):
        target_ref = read_field(ledger.cursor, "actions", target, "ref")
        raise Refused(_("{ref} was merged into {target} already.").format(ref=merged[1], target=target_ref))


def _fill_empty(ledger: Ledger, key: RowKey, merged: RowKey) -> None:
    """Give the action the values of the merged one where it has none."""
    own, other = (read_fields(ledger.cursor, "actions", row, FILLED) for row in (key, merged))
    ledger.update("actions", key, {name: other[name] for name in FILLED if own[name] is None and other[name]})


def _share_parties(ledger: Ledger, key: RowKey, merged: RowKey) -> None:
    """Add the people of the merged action; its lead supports where the action has another."""
    cursor = ledger.cursor
    lead, other_lead = (read_field(cursor, "actions", row, "lead") for row in (key, merged))
    for role in PartyRole:
        parties = [*queries.read_party_links(cursor, key, role), *queries.read_party_links(cursor, merged, role)]
        if role is PartyRole.SUPPORT and other_lead:
            parties.append(other_lead)
        writer.set_parties(ledger, key, [party for party in parties if party != lead], role)


def _share_links(ledger: Ledger, table: Table, column: str, key: RowKey, other: RowKey) -> None:
    """Link an action to the records that another is linked to."""
    linked = {row[column] for row in read_parts(ledger.cursor, table, "action", key, (column,))}
    for row in read_parts(ledger.cursor, table, "action", other, (column,)):
        if row[column] not in linked:
            ledger.add(table, {"action": key, column: row[column]})


def _share_dependencies(ledger: Ledger, key: RowKey, merged: RowKey) -> None:
    """Let the action wait for what the merged one waited for, and what waited for that wait for the action."""
    cursor = ledger.cursor
    for blocker in queries.read_blocker_links(cursor, merged):
        writer.add_blocker(ledger, key, blocker)
    for link in list_referrers(cursor, "dependencies", "blocked_by", merged):
        writer.add_blocker(ledger, read_field(cursor, "dependencies", link, "action"), key)
        ledger.remove("dependencies", link)
