"""The template of a group's agenda: what a new agenda begins and ends with, and how it gets onto one."""

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
    from ahtc_tui.domain.drafts.agenda import TemplateDraft
    from ahtc_tui.services.workspace import Workspace
    from ahtc_tui.store.journal.ledger import Ledger


def show_template(workspace: Workspace, group: str) -> tuple[list[TemplateRow], bool]:
    """A group's template, and whether it is its own; else the one that most boards use. Raises NotFound."""
    with workspace.database.read() as cursor:
        own = stored.read_template(cursor, find_party(cursor, group, ("group",)).key)
    return own or build_default_template(), bool(own)


def add_to_template(workspace: Workspace, group: str, draft: TemplateDraft) -> list[TemplateRow]:
    """Put an item into a group's template; a group without one begins with what most boards use."""
    with workspace.database.write(f"template of {group}: {draft.title[:50]}") as ledger:
        key = find_party(ledger.cursor, group, ("group",)).key
        rows = _ensure_own_template(ledger, key)
        values = {
            "group": key,
            "position": max((row.position for row in rows), default=0) + 1,
            "section": draft.section,
            "title": draft.title,
            "presenter": record_lookup.find_party_key(ledger.cursor, draft.presenter),
            "minutes": draft.minutes,
            "closing": int(draft.closing),
        }
        ledger.add("template_items", values)
        return stored.read_template(ledger.cursor, key)


def remove_from_template(workspace: Workspace, group: str, position: int) -> list[TemplateRow]:
    """Take an item out of a group's template. Raises NotFound where it has no such item."""
    with workspace.database.write(f"template of {group}: remove {position}") as ledger:
        key = find_party(ledger.cursor, group, ("group",)).key
        row = next((row for row in _ensure_own_template(ledger, key) if row.position == position), None)
        if row is None:
            raise NotFound(_("The template has no item {n}.").format(n=position))
        ledger.remove("template_items", row.key)
        return stored.read_template(ledger.cursor, key)


def _ensure_own_template(ledger: Ledger, group: RowKey) -> list[TemplateRow]:
    """The group's own template, made of the one that most boards use where it has none yet."""
    if not stored.read_template(ledger.cursor, group):
        ledger.add_all("template_items", [{**_build_values(row), "group": group} for row in build_default_template()])
    return stored.read_template(ledger.cursor, group)


def save_as_template(workspace: Workspace, ref: str) -> list[TemplateRow]:
    """Make the standing items of an agenda the template of its group, in the place of the one before.

    Raises Refused where the agenda has no standing item or the meeting no group.
    """
    with workspace.database.write(f"template from {ref.upper()}") as ledger:
        meeting, ref = record_lookup.find_meeting(ledger.cursor, ref)
        group = _find_group(ledger, meeting, ref)
        standing_items = stored.read_standing_items(ledger.cursor, meeting)
        if not standing_items:
            raise Refused(_("{ref} has no standing item to make a template of.").format(ref=ref))
        for row in stored.read_template(ledger.cursor, group):
            ledger.remove("template_items", row.key)
        ledger.add_all(
            "template_items", [{**row, "group": group, "position": n} for n, row in enumerate(standing_items, 1)]
        )
        return stored.read_template(ledger.cursor, group)


def apply_template(workspace: Workspace, ref: str) -> int:
    """Put the items of the template on an agenda, but those that are on it; returns how many came.

    A group without a template gets what most boards use. Where all are there already, nothing is written.
    """
    with workspace.database.write(f"template to {ref.upper()}") as ledger:
        meeting = record_lookup.find_meeting_key(ledger.cursor, ref)
        group = stored.find_group(ledger.cursor, meeting)
        rows = (stored.read_template(ledger.cursor, group) if group else []) or build_default_template()
        return insert_template_items(ledger, meeting, rows)


def start_agenda(ledger: Ledger, meeting: RowKey, group: RowKey) -> int:
    """Give a new meeting what its group's own template says; nothing where it has none."""
    return insert_template_items(ledger, meeting, stored.read_template(ledger.cursor, group))


def insert_template_items(ledger: Ledger, meeting: RowKey, rows: list[TemplateRow]) -> int:
    """Put items before and after what stands on an agenda; what is on it by title stays, and the others find it."""
    keys_by_title = stored.read_title_keys(ledger.cursor, meeting)
    missing = [row for row in rows if row.title.casefold() not in keys_by_title]
    if not missing:
        return 0
    keys = [item.key for item in stored.read_item_positions(ledger.cursor, meeting)]
    values = [{**_build_values(row), "meeting": meeting, "standing": 1} for row in missing]
    keys_by_title |= dict(
        zip((row.title.casefold() for row in missing), ledger.add_all("agenda_items", values), strict=True)
    )
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
        "presenter": row.presenter_key,
        "minutes": row.minutes,
        "closing": int(row.closing),
    }


def _find_group(ledger: Ledger, meeting: RowKey, ref: str) -> RowKey:
    group = stored.find_group(ledger.cursor, meeting)
    if group is None:
        raise Refused(_("{ref} is no meeting of a group.").format(ref=ref))
    return group
