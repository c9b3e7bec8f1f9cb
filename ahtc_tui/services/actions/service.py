"""Use cases of actions: list, show, add, edit, update, propose, close, reopen. Each write is one transaction."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from ahtc_tui.domain.actions.filters import ActionFilter, ActionScope, Ordering, Sort, read_action_filter
from ahtc_tui.domain.actions.model import ActionCard, ActionRow, SlipRow, Status, UpdateRow
from ahtc_tui.domain.dates.date_as_known import DateAsKnown, move_day, read_stored_date, refuse_future_day
from ahtc_tui.domain.errors import BadInput, NotFound, Refused
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.keys import RowKey
from ahtc_tui.domain.text.cleaning import clean_text
from ahtc_tui.services import record_lookup
from ahtc_tui.store.actions import queries
from ahtc_tui.store.actions.filter_sql import Page as Page
from ahtc_tui.store.actions.filter_sql import check_typed_terms
from ahtc_tui.store.records.fields import read_field

if TYPE_CHECKING:
    from ahtc_tui.domain.actions.changes import EditPreview
    from ahtc_tui.domain.drafts.actions import ActionDraft, UpdateDraft
    from ahtc_tui.services.workspace import Workspace
    from ahtc_tui.store.journal.ledger import Ledger
    from ahtc_tui.store.records.cursor import Cursor

ListPosition = tuple[Any, int]
"""Sort value and row number of a row in a list; pages start `after` or `before` one."""

RECORD_LOOKUPS = {
    "lead": record_lookup.find_party_key,
    "group": record_lookup.find_group_key,
    "meeting": record_lookup.find_meeting_key,
    "objective": record_lookup.find_objective_number,
}
"""Conditions of a filter that name a record, and the function that finds it."""

DAY_CONDITIONS = ("due_before", "no_update_since")


def list_actions(
    workspace: Workspace, action_filter: ActionFilter, sort: Ordering = Sort.DUE, limit: int | None = None
) -> list[ActionRow]:
    """Return the actions of a filter in the given order."""
    with workspace.database.read() as cursor:
        rows = queries.read_actions(cursor, action_filter, sort, workspace.today(), Page(limit))
    return [row for _place, row in rows]


def list_slips(workspace: Workspace, rows: Sequence[ActionRow]) -> dict[RowKey, list[SlipRow]]:
    """Return the changes of the due dates of some actions."""
    with workspace.database.read() as cursor:
        return queries.read_slips_by_action(cursor, [row.key for row in rows])


def resolve_filter(
    workspace: Workspace,
    *,
    texts: Sequence[str] = (),
    default: ActionScope = ActionScope.OPEN,
    scope: ActionScope | None = None,
    **conditions: Any,
) -> ActionFilter:
    """Return a filter of typed lines (`texts`, `default` and `scope` as `read_action_filter`) and of conditions.

    `conditions` are fields of the filter, with records and days as they were typed; empty ones are left out. Raises
    NotFound for an unknown name, BadInput for an invalid date and for a typed term that is not understood.
    """
    today = workspace.today()
    base = read_action_filter(*texts, today=today, default=default, scope=scope)
    fields = {name: value for name, value in conditions.items() if value}
    with workspace.database.read() as cursor:
        for name, find_record in RECORD_LOOKUPS.items():
            if name in fields:
                fields[name] = find_record(cursor, fields[name])
    for name in DAY_CONDITIONS:
        if name in fields:
            from ahtc_tui.domain.dates.parser import read_date_alone

            fields[name] = read_date_alone(fields[name], today).latest
    action_filter = replace(base, **fields)
    check_filter(workspace, action_filter)
    return action_filter


def check_filter(workspace: Workspace, action_filter: ActionFilter) -> None:
    """Raise BadInput if a typed term names a record that does not exist."""
    with workspace.database.read() as cursor:
        check_typed_terms(cursor, action_filter, workspace.today())


def list_action_page(
    workspace: Workspace, action_filter: ActionFilter, sort: Ordering, page: Page
) -> list[tuple[ListPosition, ActionRow]]:
    """Return one page of a list, each row with its position."""
    with workspace.database.read() as cursor:
        return queries.read_actions(cursor, action_filter, sort, workspace.today(), page)


def count_actions(workspace: Workspace, action_filter: ActionFilter) -> int:
    """Return the number of actions of a filter."""
    with workspace.database.read() as cursor:
        return queries.count_actions(cursor, action_filter, workspace.today())


def rank_action(workspace: Workspace, action_filter: ActionFilter, sort: Ordering, position: ListPosition) -> int:
    """Return the number of actions before a position in a list."""
    with workspace.database.read() as cursor:
        return queries.count_before(cursor, action_filter, sort, workspace.today(), position)


def show_action(workspace: Workspace, ref: str) -> ActionCard:
    """Return the card of an action. Raises NotFound."""
    with workspace.database.read() as cursor:
        return queries.read_card(cursor, record_lookup.find_action(cursor, ref)[0], workspace.today())


def explain_urgency(workspace: Workspace, ref: str) -> list[tuple[str, float]]:
    """Return the terms of the urgency of an action, each with its contribution. Raises NotFound."""
    from ahtc_tui.domain.actions.urgency import compute_urgency_terms

    return compute_urgency_terms(show_action(workspace, ref).row, workspace.today())


def add_action(workspace: Workspace, draft: ActionDraft) -> ActionRow:
    """Add an action and return its row; its reference is numbered under its meeting or by the pattern of the plan.

    Raises as `writer.insert_action`, and BadInput without a title.
    """
    from ahtc_tui.services.actions import writer

    if draft.title is None:
        raise BadInput(_("An action needs a title."))
    today = workspace.today()
    with workspace.database.write(f"add {draft.title[:60]}") as ledger:
        key = writer.insert_action(ledger, draft, today)
        return queries.read_action(ledger.cursor, key, today)


def edit_action(workspace: Workspace, ref: str, draft: ActionDraft) -> ActionRow:
    """Write the given fields of one action and return its row. Raises as `edit_actions`."""
    return edit_actions(workspace, [ref], draft)[0]


def edit_actions(
    workspace: Workspace,
    refs: Sequence[str],
    draft: ActionDraft,
    kept_fields: Mapping[str, Collection[str]] = MappingProxyType({}),
) -> list[ActionRow]:
    """Write the given fields of several actions in one step: all or none. `kept_fields` lists by reference the fields
    that stay as they are.

    Raises as `writer.change_action`, and BadInput for an empty draft.
    """
    from ahtc_tui.services.actions import writer

    today = workspace.today()
    record_lookup.refuse_empty_draft(draft)

    def change(ledger: Ledger, key: RowKey) -> None:
        kept = kept_fields.get(read_field(ledger.cursor, "actions", key, "ref"), ())
        writer.change_action(ledger, key, draft.drop_fields(kept), today)

    return _change_actions(workspace, "edit", refs, change)


def preview_edit(workspace: Workspace, refs: Sequence[str], draft: ActionDraft) -> list[EditPreview]:
    """Return what `edit_actions` would change, field by field, and write nothing. Raises as `edit_actions`."""
    from ahtc_tui.services.actions import writer

    record_lookup.refuse_empty_draft(draft)
    return _preview(workspace, refs, partial(writer.change_action, draft=draft, today=workspace.today()))


def _change_actions(
    workspace: Workspace, verb: str, refs: Sequence[str], change: Callable[[Ledger, RowKey], object]
) -> list[ActionRow]:
    """Change several actions in one step, which the history names by its verb; return their rows. Raises NotFound."""
    today = workspace.today()
    with workspace.database.write(verb) as ledger:
        refs_by_key = dict(record_lookup.find_action(ledger.cursor, ref) for ref in refs)
        ledger.label = f"{verb} {_format_refs([*refs_by_key.values()])}"
        for key in refs_by_key:
            change(ledger, key)
        return [queries.read_action(ledger.cursor, key, today) for key in refs_by_key]


def _preview(
    workspace: Workspace, refs: Sequence[str], change: Callable[[Ledger, RowKey], object]
) -> list[EditPreview]:
    """Return what a change of several actions would write, without writing it."""
    from ahtc_tui.domain.actions.changes import compare_cards

    today = workspace.today()
    cards = [show_action(workspace, ref) for ref in refs]
    with workspace.database.write("preview") as ledger:
        ledger.is_dry_run = True
        for card in cards:
            change(ledger, card.row.key)
        return [compare_cards(card, queries.read_card(ledger.cursor, card.row.key, today)) for card in cards]


def move_date(workspace: Workspace, ref: str, days: int) -> DateAsKnown:
    """Move the due date of an action, or the review date of a continuing duty, by some days and return the new date.

    A past date moves on from today. Raises Refused for a closed action or one without that date, and as `move_day`.
    """
    from ahtc_tui.domain.drafts.actions import ActionDraft
    from ahtc_tui.services.actions import writer

    today = workspace.today()
    with workspace.database.write("edit") as ledger:
        key, ref = record_lookup.find_action(ledger.cursor, ref)
        ledger.label = f"edit {ref}"
        row = queries.read_action(ledger.cursor, key, today)
        is_duty = row.status is Status.CONTINUING
        date_before = row.review_on if is_duty else row.due
        if not row.is_open:
            raise Refused(_("{ref} is closed, so the date is not moved.").format(ref=ref))
        if date_before is None:
            raise Refused(_("{ref} has no date to move. Edit it to set one.").format(ref=ref))
        moved = move_day(date_before, days, today)
        writer.change_action(ledger, key, ActionDraft.read({"review_on" if is_duty else "due": moved}), today)
        return moved


def update_action(workspace: Workspace, ref: str, draft: UpdateDraft) -> ActionRow:
    """Add a dated update to an action and return its row. Raises as `update_actions`."""
    return update_actions(workspace, [ref], draft)[0]


def update_actions(workspace: Workspace, refs: Sequence[str], draft: UpdateDraft) -> list[ActionRow]:
    """Add a dated update to several actions in one step: all or none.

    The latest update sets rating and status, and counts as the review of a duty. Raises NotFound, BadInput for a day in
    the future, Refused for a worse rating where none was due.
    """
    return _change_actions(workspace, "update", refs, partial(_write_update, draft=draft, today=workspace.today()))


def preview_update(workspace: Workspace, refs: Sequence[str], draft: UpdateDraft) -> list[EditPreview]:
    """Return what `update_actions` would change, and write nothing. Raises as `update_actions`."""
    return _preview(workspace, refs, partial(_write_update, draft=draft, today=workspace.today()))


def _write_update(ledger: Ledger, key: RowKey, draft: UpdateDraft, today: date) -> None:
    before = queries.read_action(ledger.cursor, key, today)
    said_on = draft.said_on or today
    ledger.add("updates", {"action": key, **_build_update_values(ledger.cursor, draft, said_on, today)})
    if before.latest_update_on is None or said_on >= before.latest_update_on:
        _apply_update(ledger, before, draft, said_on)


def _build_update_values(cursor: Cursor, draft: UpdateDraft, said_on: date, today: date) -> dict[str, Any]:
    """Return the columns of an update. Raises BadInput for a day in the future, NotFound for an unknown reporter."""
    refuse_future_day(DateAsKnown(said_on), today)
    said_by = record_lookup.find_party_key(cursor, draft.said_by)
    values = {"text": draft.text, "brag": draft.brag, "status": draft.status, "said_by": said_by}
    return {"said_on": said_on.isoformat(), **{name: value for name, value in values.items() if value is not None}}


def _apply_update(ledger: Ledger, before: ActionRow, draft: UpdateDraft, said_on: date) -> None:
    """Give an action the rating, the status and the review of its latest update."""
    from ahtc_tui.domain.actions.urgency import is_worse
    from ahtc_tui.services.actions import recurrence, writer

    values: dict[str, Any] = {}
    if draft.brag:
        reason = draft.text if is_worse(before.brag, draft.brag) else None
        values |= writer.build_rating_values(before, draft.brag, reason, draft.status)
    if draft.status:
        day = DateAsKnown(said_on)
        values |= writer.build_status_values(ledger.cursor, before, draft.status, day, said_on)
    values |= writer.build_review_values(before, draft.status, said_on)
    if values:
        ledger.update("actions", before.key, values)
    if draft.status is Status.DONE and before.is_open:
        recurrence.repeat_action(ledger, before.key)


def correct_update(workspace: Workspace, ref: str, number: int, draft: UpdateDraft) -> ActionRow:
    """Replace the text of an update, and day, reporter, rating and status if given; 1 is the latest.

    A new rating or status of the latest update becomes that of the action. Raises NotFound, BadInput for a day in the
    future.
    """
    today = workspace.today()
    with workspace.database.write("correct update") as ledger:
        key, ref = record_lookup.find_action(ledger.cursor, ref)
        ledger.label = f"correct update {number} of {ref}"
        update_key, update = _find_update(ledger.cursor, key, number)
        said_on = draft.said_on or update.said_on
        values = _build_update_values(ledger.cursor, draft, said_on, today)
        if draft.text != update.text:
            values["source"] = None  # the text is no longer that of the return or the file
        ledger.update("updates", update_key, values)
        if _find_update(ledger.cursor, key, 1)[0] == update_key and (draft.brag or draft.status):
            _apply_update(ledger, queries.read_action(ledger.cursor, key, today), draft, said_on)
        return queries.read_action(ledger.cursor, key, today)


def remove_update(workspace: Workspace, ref: str, number: int) -> ActionRow:
    """Remove an update of an action, 1 is the latest; rating and status stay as they are. Raises NotFound.

    The text of an update that set the present rating stays as its reason where it has no other.
    """
    with workspace.database.write("remove update") as ledger:
        key, ref = record_lookup.find_action(ledger.cursor, ref)
        ledger.label = f"remove update {number} of {ref}"
        update_key, update = _find_update(ledger.cursor, key, number)
        row = queries.read_action(ledger.cursor, key, workspace.today())
        if update.brag and update.brag is row.brag and not read_field(ledger.cursor, "actions", key, "brag_reason"):
            ledger.update("actions", key, {"brag_reason": update.text})
        ledger.remove("updates", update_key)
        return queries.read_action(ledger.cursor, key, workspace.today())


def _find_update(cursor: Cursor, key: RowKey, number: int) -> tuple[RowKey, UpdateRow]:
    """Return the key and the row of an update by its number in the card, the latest first. Raises NotFound."""
    updates = list(zip(queries.read_update_keys(cursor, key), queries.read_updates(cursor, key), strict=True))
    if not 1 <= number <= len(updates):
        ref = read_field(cursor, "actions", key, "ref")
        sentence = _("{ref} has no update {n}. The latest is 1, the number of updates is {count}.")
        raise NotFound(sentence.format(ref=ref, n=number, count=len(updates)))
    return updates[number - 1]


def propose_action(workspace: Workspace, ref: str, evidence: str = "") -> ActionRow:
    """Record that the owner proposes an action as complete; the group closes it.

    Raises NotFound, Refused where the action is closed or proposed.
    """
    from ahtc_tui.services.actions import writer

    today = workspace.today()
    with workspace.database.write("propose complete") as ledger:
        key, ref = record_lookup.find_action(ledger.cursor, ref)
        ledger.label = f"propose {ref} complete"
        before = queries.read_action(ledger.cursor, key, today)
        if not before.is_open:
            raise Refused(_("{ref} is closed already.").format(ref=ref))
        if before.status is Status.PROPOSED_COMPLETE:
            raise Refused(_("{ref} is proposed as complete already. The group closes it.").format(ref=ref))
        evidence = clean_text(evidence)
        update = {"text": evidence or _("Proposed as complete."), "status": Status.PROPOSED_COMPLETE.value}
        ledger.add("updates", {"action": key, "said_on": today.isoformat(), **update})
        values = writer.build_status_values(ledger.cursor, before, Status.PROPOSED_COMPLETE, None, today)
        ledger.update("actions", key, values | writer.build_evidence_values(before, evidence))
        return queries.read_action(ledger.cursor, key, today)


@dataclass(frozen=True, slots=True)
class Closure:
    """How actions are closed: on the given day, else that of the meeting that agreed, else today."""

    closed_on: DateAsKnown | None = None
    evidence: str = ""
    meeting: str = ""


def close_action(
    workspace: Workspace, ref: str, closed_on: DateAsKnown | None = None, evidence: str = "", meeting: str = ""
) -> ActionRow:
    """Close an action as done and return its row. Raises as `close_actions`."""
    return close_actions(workspace, [ref], Closure(closed_on, evidence, meeting))[0]


def close_actions(workspace: Workspace, refs: Sequence[str], closure: Closure) -> list[ActionRow]:
    """Close several actions as done in one step: all or none; a recurring one gets its next instance.

    Raises NotFound, Refused for a closed action, BadInput for a day in the future.
    """
    return _change_actions(workspace, "done", refs, partial(_write_closure, closure=closure, today=workspace.today()))


def preview_closure(workspace: Workspace, refs: Sequence[str], closure: Closure) -> list[EditPreview]:
    """Return what `close_actions` would change, and write nothing. Raises as `close_actions`."""
    return _preview(workspace, refs, partial(_write_closure, closure=closure, today=workspace.today()))


def _write_closure(ledger: Ledger, key: RowKey, closure: Closure, today: date) -> None:
    from ahtc_tui.services.actions import recurrence, writer

    before = queries.read_action(ledger.cursor, key, today)
    if not before.is_open:
        raise Refused(_("{ref} is closed already.").format(ref=before.ref))
    closed_on, agreed = closure.closed_on, dict[str, Any]()
    if closure.meeting:
        agreed["closing_meeting"] = meeting_key = record_lookup.find_meeting_key(ledger.cursor, closure.meeting)
        closed_on = closed_on or read_stored_date(read_field(ledger.cursor, "meetings", meeting_key, "day"))
    refuse_future_day(closed_on, today)
    values = writer.build_status_values(ledger.cursor, before, Status.DONE, closed_on, today)
    values |= writer.build_evidence_values(before, clean_text(closure.evidence))
    ledger.update("actions", key, values | agreed)
    recurrence.repeat_action(ledger, key)


def reopen_action(workspace: Workspace, ref: str) -> ActionRow:
    """Reopen a closed action, a continuing duty as such and others as in progress.

    Raises NotFound, Refused where it is open.
    """
    from ahtc_tui.services.actions import writer

    today = workspace.today()
    with workspace.database.write("reopen") as ledger:
        key, ref = record_lookup.find_action(ledger.cursor, ref)
        ledger.label = f"reopen {ref}"
        before = queries.read_action(ledger.cursor, key, today)
        if before.is_open:
            raise Refused(_("{ref} is open already.").format(ref=ref))
        was_duty = queries.read_status_before_closing(ledger.cursor, key) is Status.CONTINUING
        status = Status.CONTINUING if was_duty else Status.IN_PROGRESS
        values = writer.build_status_values(ledger.cursor, before, status, None, today)
        values |= {"merged_into": None, **writer.build_review_values(before, status, today)}
        ledger.update("actions", key, values)
        return queries.read_action(ledger.cursor, key, today)


def _format_refs(refs: Sequence[str]) -> str:
    names = ", ".join(refs[:4])
    return names if len(refs) <= 4 else f"{names} and {len(refs) - 4} more"
