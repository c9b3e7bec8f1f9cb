"""The agenda template of a group: the standing items that every new agenda opens and closes with."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ahtc_tui.domain.errors import NotFound, Refused
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.keys import RowKey
from ahtc_tui.domain.meetings.agenda import TemplateRow, build_default_template
from ahtc_tui.services import record_lookup
from ahtc_tui.services.meetings.agenda import renumber_items
from ahtc_tui.store.contacts.party_lookup import find_party
from ahtc_tui.store.meetings import agenda as stored

if TYPE_CHECKING:
    from ahtc_tui.domain.drafts.meetings import TemplateDraft
    from ahtc_tui.services.workspace import Workspace
    from ahtc_tui.store.journal.ledger import Ledger


def show_template(workspace: Workspace, group: str) -> tuple[list[TemplateRow], bool]:
    """Return the group's template, or the default one, and whether it belongs to the group. Raises NotFound."""
    with workspace.database.read() as cursor:
        own = stored.read_template(cursor, find_party(cursor, group, ("group",)).key)
    return own or build_default_template(), bool(own)


def add_to_template(workspace: Workspace, group: str, draft: TemplateDraft) -> list[TemplateRow]:
    """Add an item to a group's template, which starts as a copy of the default one. Raises NotFound."""
    with workspace.database.write(f"template of {group}: {draft.title[:50]}") as ledger:
        key = find_party(ledger.cursor, group, ("group",)).key
        rows = _ensure_own_template(ledger, key)
        values = {
            "group": key,
            "position": max((row.position for row in rows), default=0) + 1,
            "section": draft.section,
            "title": draft.title,
            "title_cy": draft.title_cy,
            "presenter": record_lookup.find_party_key(ledger.cursor, draft.presenter),
            "minutes": draft.minutes,
            "closing": int(draft.closing),
        }
        ledger.add("template_items", values)
        return stored.read_template(ledger.cursor, key)


def remove_from_template(workspace: Workspace, group: str, position: int) -> list[TemplateRow]:
    """Remove an item from a group's template. Raises NotFound if there is no such item."""
    with workspace.database.write(f"template of {group}: remove {position}") as ledger:
        key = find_party(ledger.cursor, group, ("group",)).key
        row = next((row for row in _ensure_own_template(ledger, key) if row.position == position), None)
        if row is None:
            raise NotFound(_("The template has no item {n}.").format(n=position))
        ledger.remove("template_items", row.key)
        return stored.read_template(ledger.cursor, key)


def _ensure_own_template(ledger: Ledger, group: RowKey) -> list[TemplateRow]:
    """Return the group's template; copy the default one first if the group has none."""
    if not stored.read_template(ledger.cursor, group):
        ledger.add_all("template_items", [{**_build_values(row), "group": group} for row in build_default_template()])
    return stored.read_template(ledger.cursor, group)


def save_as_template(workspace: Workspace, ref: str) -> list[TemplateRow]:
    """Replace the template of the group with the standing items of this agenda.

    Raises NotFound, and Refused if the agenda has no standing item or the meeting has no group.
    """
    with workspace.database.write(f"template from {ref.upper()}") as ledger:
        meeting, ref = record_lookup.find_meeting(ledger.cursor, ref)
        group = _find_group(ledger, meeting, ref)
        standing_items = stored.read_standing_items(ledger.cursor, meeting)
        if not standing_items:
            raise Refused(_("{ref} has no standing items to make a template from.").format(ref=ref))
        for row in stored.read_template(ledger.cursor, group):
            ledger.remove("template_items", row.key)
        values = [{**row, "group": group, "position": n} for n, row in enumerate(standing_items, 1)]
        ledger.add_all("template_items", values)
        return stored.read_template(ledger.cursor, group)


def apply_template(workspace: Workspace, ref: str) -> int:
    """Add the items of the template that are missing from an agenda; returns how many were added.

    A group without a template uses the default one. If no item is missing, nothing is written.
    """
    with workspace.database.write(f"template to {ref.upper()}") as ledger:
        meeting = record_lookup.find_meeting_key(ledger.cursor, ref)
        group = stored.find_group(ledger.cursor, meeting)
        rows = (stored.read_template(ledger.cursor, group) if group else []) or build_default_template()
        return insert_template_items(ledger, meeting, rows)


def start_agenda(ledger: Ledger, meeting: RowKey, group: RowKey) -> int:
    """Fill the agenda of a new meeting from the group's template, if the group has one."""
    return insert_template_items(ledger, meeting, stored.read_template(ledger.cursor, group))


def insert_template_items(ledger: Ledger, meeting: RowKey, rows: list[TemplateRow]) -> int:
    """Insert the template's opening and closing items around the existing ones; matches existing items by title."""
    keys_by_title = stored.read_title_keys(ledger.cursor, meeting)
    missing = [row for row in rows if row.title.casefold() not in keys_by_title]
    if not missing:
        return 0
    keys = [item.key for item in stored.read_item_positions(ledger.cursor, meeting)]
    values = [{**_build_values(row), "meeting": meeting, "standing": 1} for row in missing]
    added_keys = ledger.add_all("agenda_items", values)
    keys_by_title |= dict(zip((row.title.casefold() for row in missing), added_keys, strict=True))
    for closing in (False, True):
        template_keys = [keys_by_title[row.title.casefold()] for row in rows if row.closing is closing]
        index = min((keys.index(key) for key in template_keys if key in keys), default=len(keys)) if closing else 0
        for key in template_keys:
            if key in keys:
                index = keys.index(key) + 1
            else:
                keys.insert(index, key)
                index += 1
    renumber_items(ledger, keys)
    return len(missing)


def _build_values(row: TemplateRow) -> dict[str, Any]:
    return {
        "position": row.position,
        "section": row.section,
        "title": row.title,
        "title_cy": row.title_cy,
        "presenter": row.presenter_key,
        "minutes": row.minutes,
        "closing": int(row.closing),
    }


def _find_group(ledger: Ledger, meeting: RowKey, ref: str) -> RowKey:
    group = stored.find_group(ledger.cursor, meeting)
    if group is None:
        raise Refused(_("{ref} is not a meeting of a group.").format(ref=ref))
    return group
