"""Writes of the plan: versions, the meaning of rating letters, milestones. Each is one transaction."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ahtc_tui.domain.dates.date_as_known import DateAsKnown, refuse_future_day
from ahtc_tui.domain.errors import BadInput, NotFound, Refused
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.keys import RowKey
from ahtc_tui.domain.plan.brag_meanings import format_stored_meanings, read_stored_meanings
from ahtc_tui.services import record_lookup
from ahtc_tui.services.relative_dates import follow_meeting
from ahtc_tui.store.plan import versions_and_milestones as stored
from ahtc_tui.store.records import fields
from ahtc_tui.store.records.references import mint_ref

if TYPE_CHECKING:
    from ahtc_tui.domain.drafts.plan import MilestoneDraft, PlanDraft
    from ahtc_tui.domain.plan.model import MilestoneRow, PlanVersion
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
            raise Refused(_("Version {name} exists already: choose another name.").format(name=draft.version))
        inherited: dict[str, Any] = {"title": draft.title or _("Delivery Plan")}
        if versions:
            inherited = fields.read_fields(cursor, "plans", versions[0].key, INHERITED_COLUMNS)
        ref = mint_ref(cursor, "plans", "delivery-plan-{n}")
        values = _build_plan_values(ledger, draft, versions[0].key if versions else None)
        key = ledger.add("plans", {**inherited, "ref": ref, **values})
        for table in ("aims", "objectives"):
            for part in fields.list_keys(cursor, table):
                ledger.update(table, part, {"plan": key})
        return stored.read_versions(cursor)[0]


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
        raise NotFound(_("There is no plan yet: `ahtc plan version NAME` creates its first version."))
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
