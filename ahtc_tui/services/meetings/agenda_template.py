"""The template of a group's agenda: what a new agenda begins and ends with, and how it gets onto one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ahtc_tui.domain.errors import NotFound, Refused
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.meetings.agenda import TemplateRow, default_template
from ahtc_tui.services import record_lookup
from ahtc_tui.services.meetings.agenda import renumber
from ahtc_tui.store.contacts.party_lookup import find_party
from ahtc_tui.store.meetings import agenda as stored

if TYPE_CHECKING:
    from ahtc_tui.domain.drafts.agenda import TemplateDraft
    from ahtc_tui.services.workspace import Workspace
    from ahtc_tui.store.journal.ledger import Ledger


def show_template(workspace: Workspace, group: str) -> tuple[list[TemplateRow], bool]:
    """A group's template, and whether it is its own; else the one that most boards use. Raises NotFound."""
    with workspace.database.read() as cursor:
        own = stored.template(cursor, find_party(cursor, group, ("group",)).key)
    return own or default_template(), bool(own)


def add_to_template(workspace: Workspace, group: str, draft: TemplateDraft) -> list[TemplateRow]:
    """Put an item into a group's template; a group without one begins with what most boards use."""
    with workspace.database.write(f"template of {group}: {draft.title[:50]}") as ledger:
        key = find_party(ledger.cursor, group, ("group",)).key
        rows = _own(ledger, key)
        values = {
            "group": key,
            "position": max((row.position for row in rows), default=0) + 1,
            "section": draft.section,
            "title": draft.title,
            "presenter": record_lookup.party(ledger.cursor, draft.presenter),
            "minutes": draft.minutes,
            "closing": int(draft.closing),
        }
        ledger.add("template_items", values)
        return stored.template(ledger.cursor, key)


def remove_from_template(workspace: Workspace, group: str, position: int) -> list[TemplateRow]:
    """Take an item out of a group's template. Raises NotFound where it has no such item."""
    with workspace.database.write(f"template of {group}: remove {position}") as ledger:
        key = find_party(ledger.cursor, group, ("group",)).key
        row = next((row for row in _own(ledger, key) if row.position == position), None)
        if row is None:
            raise NotFound(_("The template has no item {n}.").format(n=position))
        ledger.remove("template_items", row.key)
        return stored.template(ledger.cursor, key)


def _own(ledger: Ledger, group: bytes) -> list[TemplateRow]:
    """The group's own template, made of the one that most boards use where it has none yet."""
    if not stored.template(ledger.cursor, group):
        ledger.add_all("template_items", [{**_values(row), "group": group} for row in default_template()])
    return stored.template(ledger.cursor, group)


def keep_as_template(workspace: Workspace, ref: str) -> list[TemplateRow]:
    """Make the standing items of an agenda the template of its group, in the place of the one before.

    Raises Refused where the agenda has no standing item or the meeting no group.
    """
    with workspace.database.write(f"template from {ref.upper()}") as ledger:
        meeting, ref = record_lookup.meeting(ledger.cursor, ref)
        group = _group(ledger, meeting, ref)
        standing = stored.standing_items(ledger.cursor, meeting)
        if not standing:
            raise Refused(_("{ref} has no standing item to make a template of.").format(ref=ref))
        for row in stored.template(ledger.cursor, group):
            ledger.remove("template_items", row.key)
        ledger.add_all("template_items", [{**row, "group": group, "position": n} for n, row in enumerate(standing, 1)])
        return stored.template(ledger.cursor, group)


def use_template(workspace: Workspace, ref: str) -> int:
    """Put the items of the template on an agenda, but those that are on it; returns how many came.

    A group without a template gets what most boards use. Where all are there already, nothing is written.
    """
    with workspace.database.write(f"template to {ref.upper()}") as ledger:
        meeting, _ref = record_lookup.meeting(ledger.cursor, ref)
        group = stored.group_of(ledger.cursor, meeting)
        rows = (stored.template(ledger.cursor, group) if group else []) or default_template()
        return put_on(ledger, meeting, rows)


def begin_agenda(ledger: Ledger, meeting: bytes, group: bytes) -> int:
    """Give a new meeting what its group's own template says; nothing where it has none."""
    return put_on(ledger, meeting, stored.template(ledger.cursor, group))


def put_on(ledger: Ledger, meeting: bytes, rows: list[TemplateRow]) -> int:
    """Put items before and after what stands on an agenda; what is on it by title stays, and the others find it."""
    there = stored.titles(ledger.cursor, meeting)
    missing = [row for row in rows if row.title.casefold() not in there]
    if not missing:
        return 0
    keys = [item.key for item in stored.items(ledger.cursor, meeting)]
    values = [{**_values(row), "meeting": meeting, "standing": 1} for row in missing]
    there |= dict(zip((row.title.casefold() for row in missing), ledger.add_all("agenda_items", values), strict=True))
    for closing in (False, True):
        wanted = [there[row.title.casefold()] for row in rows if row.closing is closing]
        place = min((keys.index(key) for key in wanted if key in keys), default=len(keys)) if closing else 0
        for key in wanted:
            if key in keys:
                place = keys.index(key) + 1
            else:
                keys.insert(place, key)
                place += 1
    renumber(ledger, keys)
    return len(missing)


def _values(row: TemplateRow) -> dict[str, Any]:
    return {
        "position": row.position,
        "section": row.section,
        "title": row.title,
        "presenter": row.presenter_key,
        "minutes": row.minutes,
        "closing": int(row.closing),
    }


def _group(ledger: Ledger, meeting: bytes, ref: str) -> bytes:
    group = stored.group_of(ledger.cursor, meeting)
    if group is None:
        raise Refused(_("{ref} is no meeting of a group.").format(ref=ref))
    return group
