"""What people do with actions: list, read, add, edit; how they end stands in lifecycle. Each one transaction."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

from ahtc_tui.domain.actions.changes import EditPreview, compare_cards
from ahtc_tui.domain.actions.filters import ActionFilter, Sort
from ahtc_tui.domain.actions.model import CLOSED_STATUSES, ActionCard, ActionRow, Brag, Status, compute_next_review
from ahtc_tui.domain.actions.urgency import compute_urgency_terms
from ahtc_tui.domain.dates.date_as_known import refuse_future_day
from ahtc_tui.domain.errors import BadInput
from ahtc_tui.domain.i18n import _
from ahtc_tui.services import record_lookup
from ahtc_tui.services.actions import child_records, completion
from ahtc_tui.services.actions.lifecycle import close_action as close_action
from ahtc_tui.services.actions.lifecycle import propose_action as propose_action
from ahtc_tui.services.actions.lifecycle import reopen_action as reopen_action
from ahtc_tui.services.actions.lifecycle import update_action as update_action
from ahtc_tui.store.actions import queries as stored
from ahtc_tui.store.actions.filter_sql import Page as Page
from ahtc_tui.store.plan.versions_and_milestones import read_action_pattern
from ahtc_tui.store.records.fields import read_field
from ahtc_tui.store.records.references import mint_ref

if TYPE_CHECKING:
    from ahtc_tui.domain.drafts.actions import ActionDraft
    from ahtc_tui.services.workspace import Workspace
    from ahtc_tui.store.journal.ledger import Ledger
    from ahtc_tui.store.records.cursor import Cursor

ListPosition = tuple[Any, int]
"""Where a row stands in a list: what the next page is asked `after` or `before`."""


def list_actions(
    workspace: Workspace, action_filter: ActionFilter, sort: Sort = Sort.DUE, limit: int | None = None
) -> list[ActionRow]:
    """The actions that a filter finds, in order."""
    with workspace.database.read() as cursor:
        rows = stored.read_actions(cursor, action_filter, sort, workspace.today(), Page(limit))
    return [row for _place, row in rows]


def resolve_filter(
    workspace: Workspace,
    *,
    base: ActionFilter | None = None,
    lead: str | None = None,
    group: str | None = None,
    meeting: str | None = None,
    objective: str | None = None,
    due_before: str | None = None,
    no_update_since: str | None = None,
    **other_fields: Any,
) -> ActionFilter:
    """A filter whose names and references are found in the register; what is not given stands as in `base`.

    Raises NotFound, or BadInput on a date.
    """
    from ahtc_tui.domain.dates.parser import read_date

    due_day = read_date(due_before, workspace.today()).latest if due_before else None
    no_update_day = read_date(no_update_since, workspace.today()).latest if no_update_since else None
    with workspace.database.read() as cursor:
        fields = {
            "lead": record_lookup.find_party_key(cursor, lead),
            "group": record_lookup.find_group_key(cursor, group),
            "meeting": record_lookup.find_meeting(cursor, meeting)[0] if meeting else None,
            "objective": record_lookup.find_objective_number(cursor, objective),
            "due_before": due_day,
            "no_update_since": no_update_day,
            **other_fields,
        }
    values = {name: value for name, value in fields.items() if value not in (None, False, "")}
    return replace(base or ActionFilter(), **values)


def list_action_page(
    workspace: Workspace, action_filter: ActionFilter, sort: Sort, page: Page
) -> list[tuple[ListPosition, ActionRow]]:
    """One page of the list, each row with its place."""
    with workspace.database.read() as cursor:
        return stored.read_actions(cursor, action_filter, sort, workspace.today(), page)


def count_actions(workspace: Workspace, action_filter: ActionFilter) -> int:
    """How many actions a filter finds."""
    with workspace.database.read() as cursor:
        return stored.count_actions(cursor, action_filter, workspace.today())


def rank_action(workspace: Workspace, action_filter: ActionFilter, sort: Sort, position: ListPosition) -> int:
    """How many actions of the list come before a place in it."""
    with workspace.database.read() as cursor:
        return stored.count_before(cursor, action_filter, sort, workspace.today(), position)


def show_action(workspace: Workspace, ref: str) -> ActionCard:
    """Everything about one action. Raises NotFound."""
    with workspace.database.read() as cursor:
        return stored.read_card(cursor, record_lookup.find_action(cursor, ref)[0], workspace.today())


def explain_urgency(workspace: Workspace, ref: str) -> list[tuple[str, float]]:
    """The terms of an action's urgency. Raises NotFound."""
    return compute_urgency_terms(show_action(workspace, ref).row, workspace.today())


def add_action(workspace: Workspace, draft: ActionDraft) -> ActionRow:
    """Add an action; its reference is minted from the plan's pattern, or the meeting's."""
    if draft.title is None:
        raise BadInput(_("An action needs a title."))
    _refuse_future_dates(draft, workspace.today())
    with workspace.database.write(f"add {draft.title[:60]}") as ledger:
        return stored.read_action(ledger.cursor, insert_action(ledger, draft, workspace.today()))


def insert_action(ledger: Ledger, draft: ActionDraft, today: date) -> bytes:
    """Add an action within somebody else's transaction; returns its key."""
    values = {name: value for name, value in _build_values(ledger, draft).items() if value is not None}
    values["ref"] = mint_reference(ledger, values.get("meeting"))
    values["original_due"] = values.get("due")
    values.setdefault("raised_on", today.isoformat())
    if draft.status is Status.CONTINUING:
        values.setdefault("review_on", compute_next_review(today).stored_text)
    if draft.status in CLOSED_STATUSES:
        values |= completion.build_closing_values(ledger, values.get("lead"), draft.closed_on, today)
        if draft.status is Status.DONE:
            values.setdefault("brag", Brag.BLUE.value)
    elif draft.closed_on:
        raise BadInput(completion.format_not_closed_error())
    key = ledger.add("actions", values)
    child_records.write_child_records(ledger, key, draft)
    completion.repeat_if_done(ledger, key)
    return key


def edit_action(workspace: Workspace, ref: str, draft: ActionDraft) -> ActionRow:
    """Write the given fields of one action."""
    return edit_actions(workspace, [ref], draft)[0]


def edit_actions(workspace: Workspace, refs: Sequence[str], draft: ActionDraft) -> list[ActionRow]:
    """Write the given fields of several actions at once: all or none, and one undo."""
    _check_edit(draft, workspace.today())
    with workspace.database.write("edit") as ledger:
        refs_by_key = dict(record_lookup.find_action(ledger.cursor, ref) for ref in refs)
        ledger.label = f"edit {_format_refs([*refs_by_key.values()])}"
        keys = [change_action(ledger, key, draft, workspace.today()) for key in refs_by_key]
        return [stored.read_action(ledger.cursor, key) for key in keys]


def preview_edit(workspace: Workspace, refs: Sequence[str], draft: ActionDraft) -> list[EditPreview]:
    """What `edit_actions` would make of each, found out by doing it and taking it all back. Raises what that does."""
    today = workspace.today()
    _check_edit(draft, today)
    cards = [show_action(workspace, ref) for ref in refs]
    try:
        with workspace.database.write("preview") as ledger:
            for card in cards:
                change_action(ledger, card.row.key, draft, today)
            raise _RolledBack(
                [compare_cards(card, stored.read_card(ledger.cursor, card.row.key, today)) for card in cards]
            )
    except _RolledBack as rollback:
        return rollback.edits


class _RolledBack(Exception):
    """Ends a transaction of which nothing is to stay."""

    def __init__(self, edits: list[EditPreview]) -> None:
        super().__init__()
        self.edits = edits


def change_action(ledger: Ledger, key: bytes, draft: ActionDraft, today: date) -> bytes:
    """Write the given fields of one action within somebody else's transaction; returns its key."""
    before = stored.read_action(ledger.cursor, key)
    values = _build_values(ledger, draft)
    if "due" in values:
        values |= child_records.record_slip(ledger, key, before, draft.due, draft.reason, today)
    if draft.status:
        values |= completion.build_status_values(ledger, key, draft.status, draft.closed_on, today)
        if "review_on" not in draft.given_fields:
            values |= completion.build_review_values(before, draft.status, today)
    if "brag" in draft.given_fields:
        reason_is_for_slip = "due" in draft.given_fields and draft.due != before.due and draft.brag is before.brag
        values |= child_records.build_rating_values(before, draft.brag, None if reason_is_for_slip else draft.reason)
    if values.get("closed_on") and (draft.status or before.status) not in CLOSED_STATUSES:
        raise BadInput(completion.format_not_closed_error())
    if values:
        ledger.update("actions", key, values)
    child_records.write_child_records(ledger, key, draft)
    completion.repeat_if_done(ledger, key, before)
    return key


REFERENCE_LOOKUPS: dict[str, Callable[[Cursor, str], bytes | None]] = {
    "lead": record_lookup.find_party_key,
    "group": record_lookup.find_group_key,
    "objective": record_lookup.find_objective_key,
    "meeting": lambda cursor, words: record_lookup.find_meeting(cursor, words)[0],
}
"""Fields that name another record, and how it is found."""


def _build_values(ledger: Ledger, draft: ActionDraft) -> dict[str, Any]:
    """The given fields as the table stores them."""
    fields = {name: value for name, value in draft.given_fields.items() if name not in child_records.CHILD_FIELDS}
    return record_lookup.resolve_columns(ledger.cursor, fields, _resolve_reference)


def _resolve_reference(cursor: Cursor, name: str, words: str) -> bytes | str | None:
    return REFERENCE_LOOKUPS[name](cursor, words) if name in REFERENCE_LOOKUPS else words


def mint_reference(ledger: Ledger, meeting: bytes | None) -> str:
    """The next reference of the meeting, or of the plan where there is none."""
    if meeting is not None:
        ref = read_field(ledger.cursor, "meetings", meeting, "ref")
        return mint_ref(ledger.cursor, "actions", "{meeting}/{n:02}", meeting=ref)
    return mint_ref(ledger.cursor, "actions", read_action_pattern(ledger.cursor))


def _check_edit(draft: ActionDraft, today: date) -> None:
    if not draft.given_fields:
        raise BadInput(_("Say what to change: field=value."))
    _refuse_future_dates(draft, today)


def _refuse_future_dates(draft: ActionDraft, today: date) -> None:
    """Raises BadInput where a person says that it was raised or closed more than a year ahead."""
    refuse_future_day(draft.raised_on, today)
    refuse_future_day(draft.closed_on, today)


def _format_refs(refs: Sequence[str]) -> str:
    names = ", ".join(refs[:4])
    return names if len(refs) <= 4 else f"{names} and {len(refs) - 4} more"
