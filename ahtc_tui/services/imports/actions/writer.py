"""Writes what a plan of an import says, within one transaction. Decides nothing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from ahtc_tui.domain.actions.model import CLOSED, Brag, Status, next_review
from ahtc_tui.domain.contacts.model import PartyKind
from ahtc_tui.domain.dates.date_as_known import from_stored
from ahtc_tui.domain.drafts.actions import ActionDraft
from ahtc_tui.domain.drafts.contacts import ContactDraft
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.plan.model import Basis
from ahtc_tui.services import record_lookup
from ahtc_tui.services.actions import completion
from ahtc_tui.services.actions.service import edit_within, mint_for
from ahtc_tui.services.contacts import writer
from ahtc_tui.services.imports.actions.claim import NEW
from ahtc_tui.services.imports.column_mappings import learn
from ahtc_tui.store.imports import actions as stored
from ahtc_tui.store.records.fields import field_of
from ahtc_tui.store.records.references import removed_refs, same_everywhere

if TYPE_CHECKING:
    from datetime import date

    from ahtc_tui.services.imports.actions.current_records import Facts
    from ahtc_tui.services.imports.actions.plan import Plan
    from ahtc_tui.store.journal.ledger import Ledger

PLAIN = (
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


def write_plan(ledger: Ledger, plan: Plan, facts: Facts, today: date) -> list[str]:
    """Write it; returns the references of the new actions, in the order of `plan.new`."""
    posts = {name: _make_post(ledger, name, file) for name, file in plan.posts.items()}
    objectives = _make_objectives(ledger, plan.objectives)
    for heading, name in plan.columns.items():
        learn(ledger, heading, name)
    for key, changed in plan.changes.items():
        edit_within(ledger, key, _draft(changed | {"reason": plan.reasons[key]}, posts), today)
    states = {
        key: {name: changed[name] for name in ("status", "brag") if changed.get(name)}
        for key, changed in plan.changes.items()
    }
    _add_all(
        ledger,
        "updates",
        [
            {
                "action": each.action,
                "text": each.text,
                "source": each.source,
                "said_on": each.said_on or today.isoformat(),
            }
            | states.get(each.action, {})
            for each in plan.updates
        ],
    )
    return _make_actions(ledger, plan, facts, posts, objectives, today)


def _draft(changed: Mapping[str, str | None], posts: Mapping[str, str]) -> ActionDraft:
    """Changed fields as a checked draft; an emptied field is empty there."""
    fields: dict[str, Any] = {}
    for name, value in changed.items():
        if name in ("due", "closed_on"):
            fields[name] = from_stored(value)
        elif name == "lead" and value and value.startswith(NEW):
            fields[name] = posts[value.removeprefix(NEW)]
        elif name in ("lead", "support", "objective", "evidence"):
            fields[name] = value or ""
        else:
            fields[name] = value
    return ActionDraft.model_validate(fields)


def _make_post(ledger: Ledger, name: str, file: str) -> str:
    """A post to be confirmed, named as in the file; returns its reference."""
    note = _("To be confirmed: named in {file}").format(file=file)
    key = writer.make(ledger, ContactDraft(name=name[:200], kind=PartyKind.POST, note=note))
    ref: str = field_of(ledger.cursor, "parties", key, "ref")
    return ref


def _make_objectives(ledger: Ledger, wanted: Mapping[str, str]) -> dict[str, bytes]:
    keys = {number: key for key, number, _title in stored.objectives(ledger.cursor)}
    gone = removed_refs(ledger.cursor, "objectives")
    for number, title in wanted.items():
        ref = f"objective-{number}"
        values = {"ref": ref, "number": int(number), "title": title, "basis": Basis.GROUPING.value}
        keys[number] = (
            _restore(ledger, "objectives", gone[ref], values)
            if ref in gone
            else ledger.add("objectives", values, same_everywhere("objectives", ref))
        )
    return keys


def _make_actions(
    ledger: Ledger, plan: Plan, facts: Facts, posts: Mapping[str, str], objectives: Mapping[str, bytes], today: date
) -> list[str]:
    """All new actions at once, with their updates and supporters."""
    keys = {name: party.key for name, party in facts.names.by_ref.items()}
    by_name = {party.name: party.key for party in facts.names.by_ref.values()}
    for ref in posts.values():
        keys[ref] = record_lookup.record(ledger.cursor, "parties", ref, _("post"))[0]
    rows: list[dict[str, Any]] = []
    refs: list[str] = []
    for values in plan.new:
        row = {name: values.get(name) for name in PLAIN}
        row["ref"] = values["ref"] = values["ref"] or mint_for(ledger, None)
        lead = values.get("lead")
        row["lead"] = keys[posts[lead.removeprefix(NEW)] if lead.startswith(NEW) else lead] if lead else None
        row["objective"] = objectives[values["objective"]] if values.get("objective") else None
        row["original_due"] = row["original_due"] or row["due"]
        row["raised_on"] = None if row["source"] else today.isoformat()
        status = Status(row["status"]) if row["status"] else Status.PLANNED
        if status is Status.CONTINUING:
            row["review_on"] = next_review(today).stored
        if status in CLOSED:
            row |= {name: value for name, value in _stamp(ledger, row, today).items() if value}
        if status is Status.DONE:
            row["brag"] = Brag.BLUE.value
        rows.append(row)
        refs.append(values["ref"])
    made = _add_or_restore(ledger, rows)
    _add_parts(ledger, plan, made, by_name, today)
    return refs


def _add_or_restore(ledger: Ledger, rows: list[dict[str, Any]]) -> list[bytes]:
    """Make actions. One that was removed under the same reference (an import undone) is brought back instead."""
    gone = removed_refs(ledger.cursor, "actions")
    back = {row["ref"]: _restore(ledger, "actions", gone[row["ref"]], row) for row in rows if row["ref"] in gone}
    new = [row for row in rows if row["ref"] not in gone]
    made = dict(zip((row["ref"] for row in new), _add_all(ledger, "actions", new), strict=True))
    keys = made | back
    return [keys[row["ref"]] for row in rows]


def _restore(ledger: Ledger, table: str, key: bytes, values: Mapping[str, Any]) -> bytes:
    """Bring a removed record back, with these values; returns its key."""
    ledger.restore(table, key)
    unsaid = {"status": Status.PLANNED.value} if values.get("status") is None and table == "actions" else {}
    ledger.change(table, key, {**values, **unsaid})
    return key


def _stamp(ledger: Ledger, row: Mapping[str, Any], today: date) -> dict[str, Any]:
    """Who held the leading post when it was closed; the day only where the file gives one."""
    on = from_stored(row["closed_on"])
    stamp = completion.stamp(ledger, row["lead"], on, today)
    return {"closed_by": stamp["closed_by"] if on else None, "closed_on": row["closed_on"]}


def _add_parts(ledger: Ledger, plan: Plan, made: list[bytes], by_name: Mapping[str, bytes], today: date) -> None:
    updates, parties = [], []
    for key, values in zip(made, plan.new, strict=True):
        for text, at, day in values["_updates"]:
            source = f"{values['_path'].name}, {at}"
            updates.append({"action": key, "text": text, "source": source, "said_on": day or today.isoformat()})
        names = [name for name in (values.get("support") or "").split("; ") if name in by_name]
        parties += [{"action": key, "party": by_name[name], "role": "support"} for name in names]
    _add_all(ledger, "updates", updates)
    _add_all(ledger, "action_parties", parties)


def _add_all(ledger: Ledger, table: str, rows: list[dict[str, Any]]) -> list[bytes]:
    """Make records, if there are any: an import that changes nothing leaves no step."""
    return ledger.add_all(table, rows) if rows else []
