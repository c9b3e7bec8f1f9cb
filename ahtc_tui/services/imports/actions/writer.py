"""Writes what a plan of an import says, within one transaction. Decides nothing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from ahtc_tui.domain.actions.model import CLOSED_STATUSES, Brag, Status, compute_next_review
from ahtc_tui.domain.contacts.model import PartyKind
from ahtc_tui.domain.dates.date_as_known import read_stored_date
from ahtc_tui.domain.drafts.actions import ActionDraft
from ahtc_tui.domain.drafts.contacts import ContactDraft
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.keys import RowKey
from ahtc_tui.domain.plan.model import Basis
from ahtc_tui.services import record_lookup
from ahtc_tui.services.actions import status_values
from ahtc_tui.services.actions.writer import change_action, mint_reference
from ahtc_tui.services.contacts import writer
from ahtc_tui.services.imports.actions.claim import NEW_PREFIX
from ahtc_tui.services.imports.column_mappings import learn_mapping
from ahtc_tui.store.imports import actions as stored
from ahtc_tui.store.records.fields import read_field
from ahtc_tui.store.records.references import derive_shared_key, list_removed_refs
from ahtc_tui.store.records.table_names import Table

if TYPE_CHECKING:
    from datetime import date

    from ahtc_tui.services.imports.actions.current_records import CurrentRecords
    from ahtc_tui.services.imports.actions.plan import ImportPlan
    from ahtc_tui.store.journal.ledger import Ledger

COPIED_FIELDS = (
    "title",
    "detail",
    "due",
    "original_due",
    "status",
    "brag",
    "closed_on",
    "evidence",
    "priority",
    "source",
    "note",
)


def write_plan(ledger: Ledger, plan: ImportPlan, records: CurrentRecords, today: date) -> list[str]:
    """Write it; returns the references of the new actions, in the order of `plan.new`."""
    posts = {name: _add_post(ledger, name, file) for name, file in plan.new_posts.items()}
    objectives = _add_objectives(ledger, plan.new_objectives)
    for heading, field in plan.column_mappings.items():
        learn_mapping(ledger, heading, field)
    for key, values in plan.changes.items():
        change_action(ledger, key, _build_draft(values | {"reason": plan.reasons[key]}, posts), today)
    states = {
        key: {field: values[field] for field in ("status", "brag") if values.get(field)}
        for key, values in plan.changes.items()
    }
    _add_records(
        ledger,
        "updates",
        [
            {
                "action": update.action,
                "text": update.text,
                "source": update.source,
                "said_on": update.said_on or today.isoformat(),
            }
            | states.get(update.action, {})
            for update in plan.updates
        ],
    )
    return _add_actions(ledger, plan, records, posts, objectives, today)


def _build_draft(values: Mapping[str, str | None], posts: Mapping[str, str]) -> ActionDraft:
    """Changed fields as a checked draft; an emptied field is empty there."""
    fields: dict[str, Any] = {}
    for name, value in values.items():
        if name in ("due", "closed_on"):
            fields[name] = read_stored_date(value)
        elif name == "lead" and value and value.startswith(NEW_PREFIX):
            fields[name] = posts[value.removeprefix(NEW_PREFIX)]
        elif name in ("lead", "support", "objective", "evidence"):
            fields[name] = value or ""
        else:
            fields[name] = value
    return ActionDraft.model_validate(fields)


def _add_post(ledger: Ledger, name: str, file: str) -> str:
    """A post to be confirmed, named as in the file; returns its reference."""
    note = _("To be confirmed: named in {file}").format(file=file)
    key = writer.insert_contact(ledger, ContactDraft(name=name[:200], kind=PartyKind.POST, note=note))
    ref: str = read_field(ledger.cursor, "parties", key, "ref")
    return ref


def _add_objectives(ledger: Ledger, titles: Mapping[str, str]) -> dict[str, RowKey]:
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


def _add_actions(
    ledger: Ledger,
    plan: ImportPlan,
    records: CurrentRecords,
    posts: Mapping[str, str],
    objectives: Mapping[str, RowKey],
    today: date,
) -> list[str]:
    """All new actions at once, with their updates and supporters."""
    keys = {name: party.key for name, party in records.party_names.by_ref.items()}
    keys_by_name = {party.name: party.key for party in records.party_names.by_ref.values()}
    for ref in posts.values():
        keys[ref] = record_lookup.find_record(ledger.cursor, "parties", ref, _("post"))[0]
    rows: list[dict[str, Any]] = []
    refs: list[str] = []
    for values in plan.new_actions:
        row = {name: values.get(name) for name in COPIED_FIELDS}
        row["ref"] = values["ref"] = values["ref"] or mint_reference(ledger, None)
        lead = values.get("lead")
        row["lead"] = (
            keys[posts[lead.removeprefix(NEW_PREFIX)] if lead.startswith(NEW_PREFIX) else lead] if lead else None
        )
        row["objective"] = objectives[values["objective"]] if values.get("objective") else None
        row["original_due"] = row["original_due"] or row["due"]
        row["raised_on"] = None if row["source"] else today.isoformat()
        status = Status(row["status"]) if row["status"] else Status.PLANNED
        if status is Status.CONTINUING:
            row["review_on"] = compute_next_review(today).stored_text
        if status in CLOSED_STATUSES:
            row |= {name: value for name, value in _build_closing_values(ledger, row, today).items() if value}
        if status is Status.DONE:
            row["brag"] = Brag.BLUE.value
        rows.append(row)
        refs.append(values["ref"])
    new_keys = _add_or_restore_actions(ledger, rows)
    _add_updates_and_supporters(ledger, plan, new_keys, keys_by_name, today)
    return refs


def _add_or_restore_actions(ledger: Ledger, rows: list[dict[str, Any]]) -> list[RowKey]:
    """Make actions. One that was removed under the same reference (an import undone) is brought back instead."""
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
    """Bring a removed record back, with these values; returns its key."""
    ledger.restore(table, key)
    default_values = {"status": Status.PLANNED.value} if values.get("status") is None and table == "actions" else {}
    ledger.update(table, key, {**values, **default_values})
    return key


def _build_closing_values(ledger: Ledger, row: Mapping[str, Any], today: date) -> dict[str, Any]:
    """Who held the leading post when it was closed; the day only where the file gives one."""
    closed_on = read_stored_date(row["closed_on"])
    stamp = status_values.build_closing_values(ledger.cursor, row["lead"], closed_on, today)
    return {"closed_by": stamp["closed_by"] if closed_on else None, "closed_on": row["closed_on"]}


def _add_updates_and_supporters(
    ledger: Ledger, plan: ImportPlan, new_keys: list[RowKey], keys_by_name: Mapping[str, RowKey], today: date
) -> None:
    updates, supporters = [], []
    for key, values in zip(new_keys, plan.new_actions, strict=True):
        for text, address, day in values["_updates"]:
            source = f"{values['_path'].name}, {address}"
            updates.append({"action": key, "text": text, "source": source, "said_on": day or today.isoformat()})
        names = [name for name in (values.get("support") or "").split("; ") if name in keys_by_name]
        supporters += [{"action": key, "party": keys_by_name[name], "role": "support"} for name in names]
    _add_records(ledger, "updates", updates)
    _add_records(ledger, "action_parties", supporters)


def _add_records(ledger: Ledger, table: Table, rows: list[dict[str, Any]]) -> list[RowKey]:
    """Make records, if there are any: an import that changes nothing leaves no step."""
    return ledger.add_all(table, rows) if rows else []
