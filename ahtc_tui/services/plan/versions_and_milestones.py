"""What is written to the plan: a version, what its letters mean, its milestones. Each one transaction."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ahtc_tui.domain.dates.date_as_known import DateAsKnown, refuse_to_come
from ahtc_tui.domain.errors import BadInput, NotFound, Refused
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.plan.brag_meanings import read_words, store_words
from ahtc_tui.services import record_lookup
from ahtc_tui.store.plan import versions_and_milestones as stored
from ahtc_tui.store.records import fields
from ahtc_tui.store.records.references import mint

if TYPE_CHECKING:
    from ahtc_tui.domain.drafts.plan import MilestoneDraft, PlanDraft
    from ahtc_tui.domain.plan.model import MilestoneRow, PlanVersion
    from ahtc_tui.services.workspace import Workspace
    from ahtc_tui.store.journal.ledger import Ledger
    from ahtc_tui.store.records.cursor import Cursor

NAMED = {"owner": record_lookup.party, "objective": record_lookup.objective}
LETTERS = ("blue", "red", "amber", "green")
HANDED_ON = ("title", "owner", "action_pattern", "brag_definitions", "source")
"""What a new version takes over from the one before it."""


def edit_plan(workspace: Workspace, draft: PlanDraft) -> PlanVersion:
    """Write the given fields of the version in force. Raises NotFound where there is no plan, BadInput."""
    _said(draft)
    with workspace.database.write("edit the plan") as ledger:
        standing = _in_force(ledger.cursor)
        ledger.change("plans", standing.key, _plan_values(ledger, draft, standing.key))
        return stored.versions(ledger.cursor)[0]


def add_version(workspace: Workspace, draft: PlanDraft) -> PlanVersion:
    """A new version in force; what is not given stands as in the one before it.

    Raises BadInput without a version, Refused where one is called so already.
    """
    if not draft.version:
        raise BadInput(_("A version needs a name or a number."))
    with workspace.database.write(f"plan version {draft.version}") as ledger:
        cursor = ledger.cursor
        before = stored.versions(cursor)
        if any(one.version == draft.version for one in before):
            raise Refused(
                _("There is a version {name} already: give the new one another name.").format(name=draft.version)
            )
        same: dict[str, Any] = {"title": draft.title or _("Delivery Plan")}
        if before:
            same = fields.fields_of(cursor, "plans", before[0].key, HANDED_ON)
        ref = mint(cursor, "plans", "delivery-plan-{n}")
        values = _plan_values(ledger, draft, before[0].key if before else None)
        key = ledger.add("plans", {**same, "ref": ref, **values})
        for table in ("aims", "objectives"):
            for part in fields.standing(cursor, table):
                ledger.change(table, part, {"plan": key})
        return stored.versions(cursor)[0]


def add_milestone(workspace: Workspace, draft: MilestoneDraft) -> MilestoneRow:
    """A milestone of an objective. Raises BadInput without a title or an objective, NotFound."""
    if draft.title is None or draft.objective is None:
        raise BadInput(_("A milestone has a title and an objective."))
    refuse_to_come(draft.met_on, workspace.today())
    with workspace.database.write(f"add milestone {draft.title[:60]}") as ledger:
        ref = mint(ledger.cursor, "milestones", "M-{n:02}")
        return stored.milestone(ledger.cursor, ledger.add("milestones", {"ref": ref, **_values(ledger, draft)}))


def edit_milestone(workspace: Workspace, ref: str, draft: MilestoneDraft) -> MilestoneRow:
    """Write the given fields of a milestone. Raises NotFound, BadInput."""
    _said(draft)
    refuse_to_come(draft.met_on, workspace.today())
    with workspace.database.write("edit milestone") as ledger:
        key, ref = record_lookup.record(ledger.cursor, "milestones", ref, _("milestone"))
        ledger.label = f"edit milestone {ref}"
        ledger.change("milestones", key, _values(ledger, draft))
        return stored.milestone(ledger.cursor, key)


def meet_milestone(workspace: Workspace, ref: str, on: DateAsKnown | None = None) -> MilestoneRow:
    """Say that a milestone was met, today or on a day. Raises NotFound, BadInput on a day far ahead."""
    refuse_to_come(on, workspace.today())
    with workspace.database.write("milestone met") as ledger:
        key, ref = record_lookup.record(ledger.cursor, "milestones", ref, _("milestone"))
        ledger.label = f"milestone {ref} met"
        ledger.change("milestones", key, {"met_on": (on or DateAsKnown(workspace.today())).stored})
        return stored.milestone(ledger.cursor, key)


def remove_milestone(workspace: Workspace, ref: str) -> str:
    """Take a milestone away; returns its reference. Raises NotFound."""
    with workspace.database.write("remove milestone") as ledger:
        key, ref = record_lookup.record(ledger.cursor, "milestones", ref, _("milestone"))
        ledger.label = f"remove milestone {ref}"
        ledger.remove("milestones", key)
        return ref


def _said(draft: MilestoneDraft | PlanDraft) -> None:
    if not draft.given:
        raise BadInput(_("Say what to change: field=value."))


def _in_force(cursor: Cursor) -> PlanVersion:
    found = stored.versions(cursor)
    if not found:
        raise NotFound(_("There is no plan yet: `ahtc plan version NAME` makes its first version."))
    return found[0]


def _plan_values(ledger: Ledger, draft: PlanDraft, standing: bytes | None) -> dict[str, Any]:
    """The given fields as the table stores them; letters that are not given keep their words."""
    values = {name: value for name, value in _values(ledger, draft).items() if name not in LETTERS}
    if draft.meanings:
        kept = fields.field_of(ledger.cursor, "plans", standing, "brag_definitions")
        values["brag_definitions"] = store_words({**read_words(kept), **draft.meanings})
    return values


def _values(ledger: Ledger, draft: MilestoneDraft | PlanDraft) -> dict[str, Any]:
    return record_lookup.columns(ledger.cursor, draft.given, _meant)


def _meant(cursor: Cursor, name: str, words: str) -> bytes | str | None:
    return NAMED[name](cursor, words) if name in NAMED else words
