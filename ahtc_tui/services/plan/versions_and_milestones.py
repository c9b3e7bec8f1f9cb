"""Writes of the plan: versions, the meaning of rating letters, milestones. Each is one transaction."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from ahtc_tui.domain.actions.filters import ActionScope, Sort, read_action_filter
from ahtc_tui.domain.actions.model import Status
from ahtc_tui.domain.dates.date_as_known import DateAsKnown, refuse_future_day
from ahtc_tui.domain.dates.periods import Period
from ahtc_tui.domain.errors import BadInput, NotFound, Refused
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.keys import RowKey
from ahtc_tui.domain.plan.brag_meanings import format_stored_meanings, read_stored_meanings
from ahtc_tui.domain.plan.model import PlanEnd
from ahtc_tui.domain.text.suggestions import add_choices
from ahtc_tui.services import record_lookup
from ahtc_tui.services.actions.writer import build_status_values
from ahtc_tui.services.relative_dates import follow_meeting
from ahtc_tui.store.actions.queries import read_action, read_actions
from ahtc_tui.store.contacts.party_lookup import fold_name
from ahtc_tui.store.plan import versions_and_milestones as stored
from ahtc_tui.store.records import fields
from ahtc_tui.store.records.references import mint_ref

if TYPE_CHECKING:
    from ahtc_tui.domain.drafts.plan import MilestoneDraft, PlanDraft
    from ahtc_tui.domain.plan.model import MilestoneRow, PlanEndAction, PlanVersion
    from ahtc_tui.services.workspace import Workspace
    from ahtc_tui.store.journal.ledger import Ledger
    from ahtc_tui.store.records.cursor import Cursor

REFERENCE_LOOKUPS = {"owner": record_lookup.find_party_key, "objective": record_lookup.find_objective_key}
LETTERS = ("blue", "red", "amber", "green")
INHERITED_COLUMNS = ("title", "title_cy", "owner", "action_pattern", "brag_definitions", "source")
"""Columns that a new version takes over from the previous one."""


def edit_plan(workspace: Workspace, draft: PlanDraft) -> PlanVersion:
    """Change the given fields of the version in force. Raises NotFound if there is no plan, BadInput."""
    record_lookup.refuse_empty_draft(draft)
    with workspace.database.write("edit the plan") as ledger:
        plan_version = _find_current_plan(ledger.cursor)
        ledger.update("plans", plan_version.key, _build_plan_values(ledger, draft, plan_version.key))
        return stored.read_versions(ledger.cursor)[0]


def add_version(workspace: Workspace, draft: PlanDraft) -> PlanVersion:
    """Add a version and put it in force; fields not given are taken over from the previous one.

    Raises BadInput without a name, Refused if the name is taken.
    """
    if not draft.version:
        raise BadInput(_("A version needs a name or a number."))
    with workspace.database.write(f"plan version {draft.version}") as ledger:
        cursor = ledger.cursor
        versions = stored.read_versions(cursor)
        if any(version.version == draft.version for version in versions):
            raise Refused(_("Version {name} exists already. Choose another name.").format(name=draft.version))
        inherited: dict[str, Any] = {"title": draft.title or _("Delivery Plan")}
        if versions:
            inherited = fields.read_fields(cursor, "plans", versions[0].key, INHERITED_COLUMNS)
        values = _build_plan_values(ledger, draft, versions[0].key if versions else None)
        return _insert_plan(ledger, {**inherited, **values})


def _insert_plan(ledger: Ledger, values: dict[str, Any]) -> PlanVersion:
    """Add a plan and move the aims and objectives to it."""
    ref = mint_ref(ledger.cursor, "plans", "delivery-plan-{n}")
    key = ledger.add("plans", {"ref": ref, **values})
    for table in ("aims", "objectives"):
        for part in fields.list_keys(ledger.cursor, table):
            ledger.update(table, part, {"plan": key})
    return stored.read_versions(ledger.cursor)[0]


def open_plan(workspace: Workspace, draft: PlanDraft) -> PlanVersion:
    """Add the next plan with its period and put it in force; the owner and the ratings are copied from the last one.

    Raises BadInput without a title or for a period that ends before it begins, Refused while a plan is open.
    """
    with workspace.database.write(f"open plan: {(draft.title or '')[:50]}") as ledger:
        return _open_plan(ledger, draft)


def _open_plan(ledger: Ledger, draft: PlanDraft) -> PlanVersion:
    """Open a plan within the open transaction; raises as `open_plan`."""
    if not draft.title:
        raise BadInput(_("A plan needs a title."))
    if Period(draft.from_on, draft.to_on).last < Period(draft.from_on).first:
        sentence = _("{last} comes before {first}. Give the earlier date first.")
        raise BadInput(sentence.format(first=draft.from_on, last=draft.to_on))
    versions = stored.read_versions(ledger.cursor)
    if versions and versions[0].in_force:
        sentence = _("{title} is open. Close it first with `ahtc plan close {ref}`.")
        raise Refused(sentence.format(title=versions[0].shown_title, ref=versions[0].ref))
    inherited: dict[str, Any] = {}
    if versions:
        columns = ("owner", "action_pattern", "brag_definitions")
        inherited = fields.read_fields(ledger.cursor, "plans", versions[0].key, columns)
    values = _build_plan_values(ledger, draft, versions[0].key if versions else None)
    return _insert_plan(ledger, {**inherited, **values})


def show_plan_end(workspace: Workspace, words: str, carry: str | None = None, on: DateAsKnown | None = None) -> PlanEnd:
    """Return a closed plan as it was when it closed, or what would go on if an open one closed now.

    `carry` is a filter of the open actions that go on, by default all. Raises NotFound, BadInput.
    """
    with workspace.database.read() as cursor:
        return _build_plan_end(workspace, cursor, _find_version(cursor, words), carry, on)


def close_plan(
    workspace: Workspace,
    words: str,
    carry: str | None = None,
    on: DateAsKnown | None = None,
    carried: frozenset[RowKey] | None = None,
    next_plan: PlanDraft | None = None,
) -> PlanEnd:
    """Close a plan: keep the state of its actions, and cancel the open ones that do not go on to the next plan.

    `carried` are the keys of the actions that go on, in place of the filter `carry`. `next_plan` is opened in the same
    transaction. Raises NotFound, BadInput for a day in the future, Refused for a plan that is closed, and as
    `open_plan`.
    """
    refuse_future_day(on, workspace.today())
    with workspace.database.write("close plan") as ledger:
        version = _find_version(ledger.cursor, words)
        if version.closed_on:
            raise Refused(_("{title} is closed already.").format(title=version.shown_title))
        ledger.label = f"close plan: {version.title[:50]}"
        end = _build_plan_end(workspace, ledger.cursor, version, carry, on)
        if carried is not None:
            actions = (replace(action, carried=action.key in carried) for action in end.actions)
            end = replace(end, actions=tuple(actions))
        closed_on = DateAsKnown(end.closed_on)
        ledger.update("plans", version.key, {"closed_on": closed_on.stored_text})
        ledger.add_all("plan_actions", [_build_end_values(ledger.cursor, version, action) for action in end.actions])
        reason = _("Not carried over when {title} closed.").format(title=version.title)
        for action in end.ended:
            before = read_action(ledger.cursor, action.key, workspace.today())
            values = build_status_values(ledger.cursor, before, Status.CANCELLED, closed_on, workspace.today())
            ledger.update("actions", action.key, {**values, "outcome": reason})
        if next_plan is not None:
            _open_plan(ledger, next_plan)
        return replace(end, version=replace(version, closed_on=closed_on, in_force=False))


def _build_plan_end(
    workspace: Workspace, cursor: Cursor, version: PlanVersion, carry: str | None, on: DateAsKnown | None
) -> PlanEnd:
    if version.closed_on:
        return PlanEnd(version, version.closed_on.latest, tuple(stored.read_closed_actions(cursor, version.key)))
    today = workspace.today()
    actions = stored.read_current_actions(cursor, today)
    if carry is not None:
        action_filter = read_action_filter(carry, today=today, scope=ActionScope.OPEN)
        matching = {row.key for _place, row in read_actions(cursor, action_filter, Sort.REF, today)}
        actions = [replace(action, carried=action.key in matching) for action in actions]
    return PlanEnd(version, on.latest if on else today, tuple(actions))


def _build_end_values(cursor: Cursor, version: PlanVersion, action: PlanEndAction) -> dict[str, Any]:
    columns = fields.read_fields(cursor, "actions", action.key, ("objective", "due"))
    state = {"status": action.status.value, "brag": action.brag and action.brag.value}
    return {"plan": version.key, "action": action.key, "carried": int(action.carried), **state, **columns}


def _find_version(cursor: Cursor, words: str) -> PlanVersion:
    """Return the plan with this reference, version or title, or with the words in its title. Raises NotFound."""
    versions, typed = stored.read_versions(cursor), fold_name(words)
    for version in versions:
        if typed in {fold_name(name) for name in (version.ref, version.version, version.title) if name}:
            return version
    matches = [version for version in versions if typed and typed in fold_name(version.title)]
    if len(matches) == 1:
        return matches[0]
    known = (f"{version.ref} ({version.shown_title})" for version in versions)
    raise NotFound(add_choices(_('There is no plan "{words}".').format(words=words), known))


def add_milestone(workspace: Workspace, draft: MilestoneDraft) -> MilestoneRow:
    """Add a milestone to an objective. Raises BadInput without a title or an objective, NotFound."""
    if draft.title is None or draft.objective is None:
        raise BadInput(_("A milestone needs a title and an objective."))
    with workspace.database.write(f"add milestone {draft.title[:60]}") as ledger:
        ref = mint_ref(ledger.cursor, "milestones", "M-{n:02}")
        values = follow_meeting(ledger, _build_values(ledger, draft), "due")
        key = ledger.add("milestones", {"ref": ref, **values})
        return stored.read_milestone(ledger.cursor, key)


def edit_milestone(workspace: Workspace, ref: str, draft: MilestoneDraft) -> MilestoneRow:
    """Change the given fields of a milestone. Raises NotFound, BadInput."""
    record_lookup.refuse_empty_draft(draft)
    with workspace.database.write("edit milestone") as ledger:
        key, ref = record_lookup.find_record(ledger.cursor, "milestones", ref, _("milestone"))
        ledger.label = f"edit milestone {ref}"
        values = follow_meeting(ledger, _build_values(ledger, draft), "due")
        ledger.update("milestones", key, values)
        return stored.read_milestone(ledger.cursor, key)


def meet_milestone(workspace: Workspace, ref: str, met_on: DateAsKnown | None = None) -> MilestoneRow:
    """Mark a milestone as met, today or on a given day. Raises NotFound, and BadInput for a day in the future."""
    refuse_future_day(met_on, workspace.today())
    with workspace.database.write("milestone met") as ledger:
        key, ref = record_lookup.find_record(ledger.cursor, "milestones", ref, _("milestone"))
        ledger.label = f"milestone {ref} met"
        ledger.update("milestones", key, {"met_on": (met_on or DateAsKnown(workspace.today())).stored_text})
        return stored.read_milestone(ledger.cursor, key)


def remove_milestone(workspace: Workspace, ref: str) -> str:
    """Remove a milestone; returns its reference. Raises NotFound."""
    with workspace.database.write("remove milestone") as ledger:
        key, ref = record_lookup.find_record(ledger.cursor, "milestones", ref, _("milestone"))
        ledger.label = f"remove milestone {ref}"
        ledger.remove("milestones", key)
        return ref


def _find_current_plan(cursor: Cursor) -> PlanVersion:
    versions = stored.read_versions(cursor)
    if not versions:
        raise NotFound(_("There is no plan yet. To create the first version, run `ahtc plan version NAME`."))
    if versions[0].closed_on:
        sentence = _("{title} closed on {day} and stays as it was. Open the next plan with `ahtc plan open`.")
        raise Refused(sentence.format(title=versions[0].shown_title, day=versions[0].closed_on))
    return versions[0]


def _build_plan_values(ledger: Ledger, draft: PlanDraft, plan_key: RowKey | None) -> dict[str, Any]:
    """Return the given fields as stored; letters that are not given keep their meaning."""
    values = {name: value for name, value in _build_values(ledger, draft).items() if name not in LETTERS}
    if draft.meanings:
        kept = fields.read_field(ledger.cursor, "plans", plan_key, "brag_definitions")
        values["brag_definitions"] = format_stored_meanings({**read_stored_meanings(kept), **draft.meanings})
    return values


def _build_values(ledger: Ledger, draft: MilestoneDraft | PlanDraft) -> dict[str, Any]:
    return record_lookup.resolve_columns(ledger.cursor, draft, REFERENCE_LOOKUPS)
