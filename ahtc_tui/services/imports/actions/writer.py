"""Writes the plan of an import of actions within a transaction of its caller."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from ahtc_tui.domain.actions.model import CLOSED_STATUSES, Brag, Marking, Status, compute_next_review
from ahtc_tui.domain.contacts.model import PartyKind
from ahtc_tui.domain.dates.date_as_known import read_stored_date
from ahtc_tui.domain.drafts.actions import ActionDraft
from ahtc_tui.domain.drafts.contacts import ContactDraft
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.keys import RowKey
from ahtc_tui.domain.plan.model import Basis
from ahtc_tui.domain.returns.model import STATED_DATES, STATED_FIELDS
from ahtc_tui.services import record_lookup
from ahtc_tui.services.actions.writer import build_closing_values, change_action, mint_reference
from ahtc_tui.services.contacts import writer
from ahtc_tui.services.imports.actions.model import NEW_PREFIX, ImportPlan, NewAction
from ahtc_tui.services.imports.column_mappings import learn_mapping
from ahtc_tui.store.imports import actions as stored
from ahtc_tui.store.records.cursor import Table
from ahtc_tui.store.records.fields import read_field
from ahtc_tui.store.records.references import derive_shared_key, list_removed_refs

if TYPE_CHECKING:
    from datetime import date

    from ahtc_tui.services.imports.actions.current_records import CurrentRecords
    from ahtc_tui.store.journal.ledger import Ledger

COPIED_FIELDS = (
    "title", "detail", "due", "original_due", "status", "brag", "closed_on", "evidence", "priority", "source", "note",
)  # fmt: skip
"""Fields of a new action that are stored as they are compared."""


def write_plan(ledger: Ledger, plan: ImportPlan, records: CurrentRecords, today: date) -> list[str]:
    """Write the plan; return the references of the new actions, in the order of `plan.new_actions`."""
    owners = {name: _add_owner(ledger, name, kind, file) for name, (kind, file) in plan.new_parties.items()}
    objectives = _add_objectives(ledger, plan.new_objectives)
    for heading, field in plan.column_mappings.items():
        learn_mapping(ledger, heading, field)
    for key, values in plan.changes.items():
        change_action(ledger, key, _build_draft(values | {"reason": plan.reasons[key]}, owners), today)
    updates = [
        {
            "action": update.action,
            "text": update.text,
            "source": update.source,
            "said_on": update.day or today.isoformat(),
            "said_by": update.reporter,
        }
        | _select_states(plan.changes.get(update.action, {}))
        | ({"status": update.status} if update.status else {})
        for update in plan.updates
    ]
    _add_records(ledger, "updates", updates)
    return _add_actions(ledger, plan, records, owners, objectives, today)


def _select_states(values: Mapping[str, str | None]) -> dict[str, str | None]:
    """Return the status and the rating among changed values: an update stores the state that it reports."""
    return {field: value for field, value in values.items() if field in ("status", "brag") and value}


def _select_stated(values: Mapping[str, str | None]) -> dict[str, str | None]:
    return {name: values[name] for name in STATED_FIELDS if values.get(name)}


def _build_draft(values: Mapping[str, str | None], owners: Mapping[str, str]) -> ActionDraft:
    """Return changed fields as a draft; an empty text clears a field."""
    fields: dict[str, Any] = {}
    for name, value in values.items():
        if name in ("due", "closed_on", *STATED_DATES):
            fields[name] = read_stored_date(value)
        elif name == "lead" and value and value.startswith(NEW_PREFIX):
            fields[name] = owners[value.removeprefix(NEW_PREFIX)]
        elif name in ("lead", "support", "objective", "evidence"):
            fields[name] = value or ""
        else:
            fields[name] = value
    return ActionDraft.model_validate(fields)


def _add_owner(ledger: Ledger, name: str, kind: PartyKind, file: str) -> str:
    """Add an owner with the name in the file, a post to be confirmed; return its reference."""
    note = _("Named in {file}") if kind is not PartyKind.POST else _("To be confirmed: named in {file}")
    key = writer.insert_contact(ledger, ContactDraft(name=name[:200], kind=kind, note=note.format(file=file)))
    ref: str = read_field(ledger.cursor, "parties", key, "ref")
    return ref


def _add_objectives(ledger: Ledger, titles: Mapping[str, str]) -> dict[str, RowKey]:
    """Add or restore objectives, given as title by number; return the keys of all objectives by number."""
    keys = {number: key for key, number, _title in stored.list_objectives(ledger.cursor)}
    removed_keys = list_removed_refs(ledger.cursor, "objectives")
    for number, title in titles.items():
        ref = f"objective-{number}"
        values = {"ref": ref, "number": int(number), "title": title, "basis": Basis.GROUPING.value}
        keys[number] = (
            _restore_record(ledger, "objectives", removed_keys[ref], values)
            if ref in removed_keys
            else ledger.add("objectives", values, derive_shared_key("objectives", ref))
        )
    return keys


def _build_row(ledger: Ledger, action: NewAction, links: Mapping[str, RowKey | None], today: date) -> dict[str, Any]:
    """Return the columns of a new action, with its lead and objective; mint its reference where it has none."""
    row: dict[str, Any] = {name: action.values.get(name) for name in COPIED_FIELDS} | dict(links)
    row |= record_lookup.resolve_columns(ledger.cursor, _build_draft(_select_stated(action.values), {}), {})
    row["marking"] = action.values.get("marking") or Marking.OFFICIAL.value
    row["group"] = action.group
    row["ref"] = action.ref or mint_reference(ledger, None, action.group)
    row["original_due"] = row["original_due"] or row["due"]
    row["raised_on"] = None if row["source"] else today.isoformat()
    status = Status(row["status"] or Status.PLANNED)
    if status is Status.CONTINUING:
        row["review_on"] = compute_next_review(today).stored_text
    if status in CLOSED_STATUSES:
        row |= {name: value for name, value in _build_closing_values(ledger, row, today).items() if value}
    if status is Status.DONE:
        row["brag"] = Brag.BLUE.value
    return row


def _add_actions(
    ledger: Ledger,
    plan: ImportPlan,
    records: CurrentRecords,
    owners: Mapping[str, str],
    objectives: Mapping[str, RowKey],
    today: date,
) -> list[str]:
    """Add the new actions with their updates and supporters; return their references."""
    keys = {name: party.key for name, party in records.register.by_ref.items()}
    keys_by_name = {party.name: party.key for party in records.register.by_ref.values()}
    for ref in owners.values():
        keys[ref] = record_lookup.find_record(ledger.cursor, "parties", ref, _("post"))[0]
    rows: list[dict[str, Any]] = []
    for action in plan.new_actions:
        lead = action.values.get("lead")
        if lead and lead.startswith(NEW_PREFIX):
            lead = owners[lead.removeprefix(NEW_PREFIX)]
        objective = action.values.get("objective")
        links = {"lead": keys[lead] if lead else None, "objective": objectives[objective] if objective else None}
        rows.append(_build_row(ledger, action, links, today))
    new_keys = _add_or_restore_actions(ledger, rows)
    _add_updates_and_supporters(ledger, plan.new_actions, new_keys, keys_by_name, today)
    return [row["ref"] for row in rows]


def _add_or_restore_actions(ledger: Ledger, rows: list[dict[str, Any]]) -> list[RowKey]:
    """Add actions; restore one that was removed under the same reference, such as by undoing an import."""
    removed_keys = list_removed_refs(ledger.cursor, "actions")
    restored_keys = {
        row["ref"]: _restore_record(ledger, "actions", removed_keys[row["ref"]], row)
        for row in rows
        if row["ref"] in removed_keys
    }
    new_rows = [row for row in rows if row["ref"] not in removed_keys]
    added_keys = dict(zip((row["ref"] for row in new_rows), _add_records(ledger, "actions", new_rows), strict=True))
    keys = added_keys | restored_keys
    return [keys[row["ref"]] for row in rows]


def _restore_record(ledger: Ledger, table: Table, key: RowKey, values: Mapping[str, Any]) -> RowKey:
    """Restore a removed record with new values; return its key."""
    ledger.restore(table, key)
    default_values = {"status": Status.PLANNED.value} if values.get("status") is None and table == "actions" else {}
    ledger.update(table, key, {**values, **default_values})
    return key


def _build_closing_values(ledger: Ledger, row: Mapping[str, Any], today: date) -> dict[str, Any]:
    """Return the person in the leading post on the closing day; only where the file gives the day."""
    closed_on = read_stored_date(row["closed_on"])
    stamp = build_closing_values(ledger.cursor, row["lead"], closed_on, today)
    return {"closed_by": stamp["closed_by"] if closed_on else None, "closed_on": row["closed_on"]}


def _add_updates_and_supporters(
    ledger: Ledger,
    actions: Sequence[NewAction],
    action_keys: Sequence[RowKey],
    party_keys: Mapping[str, RowKey],
    today: date,
) -> None:
    """Add the updates and supporters of new actions; `party_keys` are by name."""
    updates, supporters = [], []
    for key, action in zip(action_keys, actions, strict=True):
        for text, address, day in action.updates:
            source = f"{action.path.name}, {address}"
            updates.append({"action": key, "text": text, "source": source, "said_on": day or today.isoformat()})
        names = [name for name in (action.values.get("support") or "").split("; ") if name in party_keys]
        supporters += [{"action": key, "party": party_keys[name], "role": "support"} for name in names]
    _add_records(ledger, "updates", updates)
    _add_records(ledger, "action_parties", supporters)


def _add_records(ledger: Ledger, table: Table, rows: list[dict[str, Any]]) -> list[RowKey]:
    """Add records, if any: an import that changes nothing leaves no transaction in the journal."""
    return ledger.add_all(table, rows) if rows else []
