"""Writes of aims and objectives, which let the official plan replace our grouping. Each is one transaction."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from ahtc_tui.domain.errors import BadInput, NotFound, Refused
from ahtc_tui.domain.i18n import _, ngettext
from ahtc_tui.domain.keys import RowKey
from ahtc_tui.domain.plan.model import AimRow, Basis, ObjectiveCard
from ahtc_tui.services import record_lookup
from ahtc_tui.store.plan import queries, versions_and_milestones
from ahtc_tui.store.records import fields
from ahtc_tui.store.records.references import find_by_ref, mint_ref

if TYPE_CHECKING:
    from ahtc_tui.domain.drafts.plan import AimDraft, ObjectiveDraft
    from ahtc_tui.services.workspace import Workspace
    from ahtc_tui.store.journal.ledger import Ledger
    from ahtc_tui.store.records.cursor import Cursor


def add_aim(workspace: Workspace, draft: AimDraft) -> AimRow:
    """Add an aim to the plan in force. Raises BadInput if its text is empty."""
    if draft.text is None:
        raise BadInput(_("An aim needs text."))
    with workspace.database.write(f"add aim {draft.text[:60]}") as ledger:
        cursor = ledger.cursor
        identity = {"ref": mint_ref(cursor, "aims", "aim-{n}"), "plan": _find_plan(cursor)}
        ledger.add("aims", {**identity, **_build_values(cursor, draft)})
        return queries.read_aims(cursor)[-1]


def edit_aim(workspace: Workspace, ref: str, draft: AimDraft) -> AimRow:
    """Change the given fields of an aim. Raises NotFound, BadInput."""
    with workspace.database.write("edit aim") as ledger:
        key, ref = record_lookup.find_record(ledger.cursor, "aims", ref, _("aim"))
        if not draft.given_fields or (draft.text is None and "text" in draft.given_fields):
            raise BadInput(_("Give at least one field to change: text=..., source=..."))
        ledger.label = f"edit {ref}"
        ledger.update("aims", key, _build_values(ledger.cursor, draft))
        return next(aim for aim in queries.read_aims(ledger.cursor) if aim.ref == ref)


def remove_aim(workspace: Workspace, ref: str) -> str:
    """Remove an aim and its links to objectives; returns its reference. Raises NotFound."""
    with workspace.database.write("remove aim") as ledger:
        key, ref = record_lookup.find_record(ledger.cursor, "aims", ref, _("aim"))
        ledger.label = f"remove {ref}"
        for link in fields.list_referrers(ledger.cursor, "objective_aims", "aim", key):
            ledger.remove("objective_aims", link)
        ledger.remove("aims", key)
        return ref


def add_objective(workspace: Workspace, draft: ObjectiveDraft) -> ObjectiveCard:
    """Add an objective, an official one unless marked as grouping; the next number is used if none is given.

    Raises BadInput without a title, Refused if the number is taken, NotFound for an unknown aim.
    """
    if draft.title is None:
        raise BadInput(_("An objective needs a title."))
    with workspace.database.write(f"add objective {draft.title[:60]}") as ledger:
        cursor = ledger.cursor
        number = draft.number or queries.find_next_number(cursor)
        _refuse_taken_number(cursor, number)
        position = {"number": number, "plan": _find_plan(cursor)}
        values = {"basis": Basis.STATED.value, **_build_values(cursor, draft), **position}
        key = ledger.add("objectives", {"ref": _mint_ref(cursor, number), **values})
        _write_aims(ledger, key, draft.aims or "")
        return queries.read_card(cursor, key, workspace.today())


def edit_objective(workspace: Workspace, number: str, draft: ObjectiveDraft) -> ObjectiveCard:
    """Change the given fields of an objective. Raises NotFound, BadInput, and Refused if the number is taken."""
    record_lookup.refuse_empty_draft(draft)
    with workspace.database.write("edit objective") as ledger:
        key = _find_objective(ledger.cursor, number)
        ledger.label = f"edit objective {number}"
        if draft.number is not None:
            _refuse_taken_number(ledger.cursor, draft.number, key)
        if values := _build_values(ledger.cursor, draft):
            ledger.update("objectives", key, values)
        if "aims" in draft.given_fields:
            _write_aims(ledger, key, draft.aims or "")
        return queries.read_card(ledger.cursor, key, workspace.today())


def remove_objective(workspace: Workspace, number: str) -> str:
    """Remove an objective; returns its reference. Raises NotFound, and Refused while it has actions or milestones."""
    with workspace.database.write("remove objective") as ledger:
        key = _find_objective(ledger.cursor, number)
        ledger.label = f"remove objective {number}"
        actions = len(fields.list_referrers(ledger.cursor, "actions", "objective", key))
        milestones = len(fields.list_referrers(ledger.cursor, "milestones", "objective", key))
        if actions or milestones:
            sentence = _("Objective {n} has {actions} and {milestones}. Move them first with objective=M.")
            action_count = ngettext("1 action", "{n} actions", actions)
            milestone_count = ngettext("1 milestone", "{n} milestones", milestones)
            raise Refused(sentence.format(n=number, actions=action_count, milestones=milestone_count))
        for link in queries.read_aim_links(ledger.cursor, key).values():
            ledger.remove("objective_aims", link)
        ledger.remove("objectives", key)
        return str(fields.read_field(ledger.cursor, "objectives", key, "ref"))


def _find_plan(cursor: Cursor) -> RowKey | None:
    versions = versions_and_milestones.read_versions(cursor)
    return versions[0].key if versions else None


def _find_objective(cursor: Cursor, number: str) -> RowKey:
    key = record_lookup.find_objective_key(cursor, number)
    if key is None:
        raise NotFound(_('There is no objective "{words}".').format(words=number))
    return key


def _mint_ref(cursor: Cursor, number: int) -> str:
    """Return the reference for a number, or the next one of its kind if that was used before."""
    ref = f"objective-{number}"
    taken = find_by_ref(cursor, "objectives", ref, removed=True)
    return mint_ref(cursor, "objectives", "objective-{n}") if taken else ref


def _refuse_taken_number(cursor: Cursor, number: int, except_key: RowKey | None = None) -> None:
    if queries.is_number_taken(cursor, number, except_key):
        raise Refused(_("Objective {n} already exists.").format(n=number))


def _build_values(cursor: Cursor, draft: AimDraft | ObjectiveDraft) -> dict[str, Any]:
    """Return the given column values, without the aims, which have a separate table."""
    return record_lookup.resolve_columns(cursor, draft, {}, ("aims",))


def _write_aims(ledger: Ledger, objective: RowKey, refs: str) -> None:
    """Set the aims of an objective: add the missing links and remove the others."""
    aim_refs = [ref for ref in re.split(r"[\s,;]+", refs) if ref]
    aims = [record_lookup.find_record(ledger.cursor, "aims", ref, _("aim"))[0] for ref in aim_refs]
    existing = queries.read_aim_links(ledger.cursor, objective)
    for aim, link in existing.items():
        if aim not in aims:
            ledger.remove("objective_aims", link)
    for aim in dict.fromkeys(aims):
        if aim not in existing:
            ledger.add("objective_aims", {"objective": objective, "aim": aim})
