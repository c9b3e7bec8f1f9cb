"""What people do with actions: list, read, add, edit; how they end stands in lifecycle. Each one transaction."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

from ahtc_tui.domain.actions.changes import Edited, edited
from ahtc_tui.domain.actions.filters import ActionFilter, Sort
from ahtc_tui.domain.actions.model import CLOSED, ActionCard, ActionRow, Brag, Status, next_review
from ahtc_tui.domain.actions.urgency import terms
from ahtc_tui.domain.dates.date_as_known import refuse_to_come
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
from ahtc_tui.store.plan.versions_and_milestones import action_pattern
from ahtc_tui.store.records.fields import field_of
from ahtc_tui.store.records.references import mint

if TYPE_CHECKING:
    from ahtc_tui.domain.drafts.actions import ActionDraft
    from ahtc_tui.services.workspace import Workspace
    from ahtc_tui.store.journal.ledger import Ledger
    from ahtc_tui.store.records.cursor import Cursor

Place = tuple[Any, int]
"""Where a row stands in a list: what the next page is asked `after` or `before`."""


def list_actions(
    workspace: Workspace, asked: ActionFilter, sort: Sort = Sort.DUE, limit: int | None = None
) -> list[ActionRow]:
    """The actions that a filter finds, in order."""
    with workspace.database.read() as cursor:
        found = stored.listed(cursor, asked, sort, workspace.today(), Page(limit))
    return [row for _place, row in found]


def find_filter(
    workspace: Workspace,
    *,
    base: ActionFilter | None = None,
    lead: str | None = None,
    group: str | None = None,
    meeting: str | None = None,
    objective: str | None = None,
    due_before: str | None = None,
    no_update_since: str | None = None,
    **plain: Any,
) -> ActionFilter:
    """A filter whose names and references are found in the register; what is not given stands as in `base`.

    Raises NotFound, or BadInput on a date.
    """
    from ahtc_tui.domain.dates.parser import read_date

    day = read_date(due_before, workspace.today()).latest if due_before else None
    silent = read_date(no_update_since, workspace.today()).latest if no_update_since else None
    with workspace.database.read() as cursor:
        given = {
            "lead": record_lookup.party(cursor, lead),
            "group": record_lookup.group(cursor, group),
            "meeting": record_lookup.meeting(cursor, meeting)[0] if meeting else None,
            "objective": record_lookup.objective_number(cursor, objective),
            "due_before": day,
            "no_update_since": silent,
            **plain,
        }
    said = {name: value for name, value in given.items() if value not in (None, False, "")}
    return replace(base or ActionFilter(), **said)


def page_of_actions(workspace: Workspace, asked: ActionFilter, sort: Sort, page: Page) -> list[tuple[Place, ActionRow]]:
    """One page of the list, each row with its place."""
    with workspace.database.read() as cursor:
        return stored.listed(cursor, asked, sort, workspace.today(), page)


def count_actions(workspace: Workspace, asked: ActionFilter) -> int:
    """How many actions a filter finds."""
    with workspace.database.read() as cursor:
        return stored.count(cursor, asked, workspace.today())


def rank_of_action(workspace: Workspace, asked: ActionFilter, sort: Sort, place: Place) -> int:
    """How many actions of the list come before a place in it."""
    with workspace.database.read() as cursor:
        return stored.rank(cursor, asked, sort, workspace.today(), place)


def show_action(workspace: Workspace, ref: str) -> ActionCard:
    """Everything about one action. Raises NotFound."""
    with workspace.database.read() as cursor:
        return stored.card(cursor, record_lookup.action(cursor, ref)[0], workspace.today())


def why(workspace: Workspace, ref: str) -> list[tuple[str, float]]:
    """The terms of an action's urgency. Raises NotFound."""
    return terms(show_action(workspace, ref).row, workspace.today())


def add_action(workspace: Workspace, draft: ActionDraft) -> ActionRow:
    """Add an action; its reference is minted from the plan's pattern, or the meeting's."""
    if draft.title is None:
        raise BadInput(_("An action needs a title."))
    _happened(draft, workspace.today())
    with workspace.database.write(f"add {draft.title[:60]}") as ledger:
        return stored.by_key(ledger.cursor, add_within(ledger, draft, workspace.today()))


def add_within(ledger: Ledger, draft: ActionDraft, today: date) -> bytes:
    """Add an action within somebody else's transaction; returns its key."""
    values = {name: value for name, value in _columns(ledger, draft).items() if value is not None}
    values["ref"] = mint_for(ledger, values.get("meeting"))
    values["original_due"] = values.get("due")
    values.setdefault("raised_on", today.isoformat())
    if draft.status is Status.CONTINUING:
        values.setdefault("review_on", next_review(today).stored)
    if draft.status in CLOSED:
        values |= completion.stamp(ledger, values.get("lead"), draft.closed_on, today)
        if draft.status is Status.DONE:
            values.setdefault("brag", Brag.BLUE.value)
    elif draft.closed_on:
        raise BadInput(completion.not_closed())
    key = ledger.add("actions", values)
    child_records.write(ledger, key, draft)
    completion.follow(ledger, key)
    return key


def edit_action(workspace: Workspace, ref: str, draft: ActionDraft) -> ActionRow:
    """Write the given fields of one action."""
    return edit_actions(workspace, [ref], draft)[0]


def edit_actions(workspace: Workspace, refs: Sequence[str], draft: ActionDraft) -> list[ActionRow]:
    """Write the given fields of several actions at once: all or none, and one undo."""
    _may_edit(draft, workspace.today())
    with workspace.database.write("edit") as ledger:
        found = dict(record_lookup.action(ledger.cursor, ref) for ref in refs)
        ledger.label = f"edit {_joined([*found.values()])}"
        keys = [edit_within(ledger, key, draft, workspace.today()) for key in found]
        return [stored.by_key(ledger.cursor, key) for key in keys]


def preview_edit(workspace: Workspace, refs: Sequence[str], draft: ActionDraft) -> list[Edited]:
    """What `edit_actions` would make of each, found out by doing it and taking it all back. Raises what that does."""
    today = workspace.today()
    _may_edit(draft, today)
    before = [show_action(workspace, ref) for ref in refs]
    try:
        with workspace.database.write("preview") as ledger:
            for card in before:
                edit_within(ledger, card.row.key, draft, today)
            raise _TakenBack([edited(card, stored.card(ledger.cursor, card.row.key, today)) for card in before])
    except _TakenBack as found:
        return found.edits


class _TakenBack(Exception):
    """Ends a transaction of which nothing is to stay."""

    def __init__(self, edits: list[Edited]) -> None:
        super().__init__()
        self.edits = edits


def edit_within(ledger: Ledger, key: bytes, draft: ActionDraft, today: date) -> bytes:
    """Write the given fields of one action within somebody else's transaction; returns its key."""
    before = stored.by_key(ledger.cursor, key)
    changed = _columns(ledger, draft)
    if "due" in changed:
        changed |= child_records.slip(ledger, key, before, draft.due, draft.reason, today)
    if draft.status:
        changed |= completion.status_change(ledger, key, draft.status, draft.closed_on, today)
        if "review_on" not in draft.given:
            changed |= completion.review(before, draft.status, today)
    if "brag" in draft.given:
        of_the_move = "due" in draft.given and draft.due != before.due and draft.brag is before.brag
        changed |= child_records.rating(before, draft.brag, None if of_the_move else draft.reason)
    if changed.get("closed_on") and (draft.status or before.status) not in CLOSED:
        raise BadInput(completion.not_closed())
    if changed:
        ledger.change("actions", key, changed)
    child_records.write(ledger, key, draft)
    completion.follow(ledger, key, before)
    return key


RESOLVED: dict[str, Callable[[Cursor, str], bytes | None]] = {
    "lead": record_lookup.party,
    "group": record_lookup.group,
    "objective": record_lookup.objective,
    "meeting": lambda cursor, words: record_lookup.meeting(cursor, words)[0],
}
"""Fields that name another record, and how it is found."""


def _columns(ledger: Ledger, draft: ActionDraft) -> dict[str, Any]:
    """The given fields as the table stores them."""
    given = {name: value for name, value in draft.given.items() if name not in child_records.ELSEWHERE}
    return record_lookup.columns(ledger.cursor, given, _meant)


def _meant(cursor: Cursor, name: str, words: str) -> bytes | str | None:
    return RESOLVED[name](cursor, words) if name in RESOLVED else words


def mint_for(ledger: Ledger, meeting: bytes | None) -> str:
    """The next reference of the meeting, or of the plan where there is none."""
    if meeting is not None:
        ref = field_of(ledger.cursor, "meetings", meeting, "ref")
        return mint(ledger.cursor, "actions", "{meeting}/{n:02}", meeting=ref)
    return mint(ledger.cursor, "actions", action_pattern(ledger.cursor))


def _may_edit(draft: ActionDraft, today: date) -> None:
    if not draft.given:
        raise BadInput(_("Say what to change: field=value."))
    _happened(draft, today)


def _happened(draft: ActionDraft, today: date) -> None:
    """Raises BadInput where a person says that it was raised or closed more than a year ahead."""
    refuse_to_come(draft.raised_on, today)
    refuse_to_come(draft.closed_on, today)


def _joined(refs: Sequence[str]) -> str:
    names = ", ".join(refs[:4])
    return names if len(refs) <= 4 else f"{names} and {len(refs) - 4} more"
