"""Adds the record that a form names and that does not exist yet, with the least that it needs."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from ahtc_tui.domain.returns.owners import guess_owner_kind
from ahtc_tui.services.areas import service as areas
from ahtc_tui.services.contacts import service as contacts
from ahtc_tui.services.groups import service as groups
from ahtc_tui.services.workspace import Workspace

ADDRESS_AT_END = re.compile(r"(.*?)[\s,;]*<?([^\s<>@,;]+@[^\s<>@]+)>?")
NEW_KINDS = ("organisation", "person", "post", "group", "area")
"""Kinds that a name alone is enough for, in the order in which they are offered; a meeting needs a form."""


class NamedRecord(NamedTuple):
    """An added record."""

    ref: str
    name: str


def split_address(text: str) -> tuple[str, str]:
    """Return name and email address of a text like "Gwent Police <gwent@example.org>"; the address may be empty."""
    match = ADDRESS_AT_END.fullmatch(text.strip())
    return (match[1], match[2]) if match else (text.strip(), "")


def propose_kind(kinds: Sequence[str], text: str) -> str:
    """Return the kind to propose for a name that is not known; `kinds` are those that fit, the usual one first."""
    name, _address = split_address(text)
    kind = guess_owner_kind(name.title() if name.islower() else name)
    return kind if kind in kinds else kinds[0]


def add_named(workspace: Workspace, kind: str, text: str) -> NamedRecord:
    """Add a contact, group or area of a name; its form completes it later. A contact takes an email address as well.

    A group is a forum, an area a region. Raises BadInput, and ErasedBefore for a person who may have been erased.
    """
    from ahtc_tui.domain.drafts.areas import build_area_draft
    from ahtc_tui.domain.drafts.contacts import build_contact_draft
    from ahtc_tui.domain.drafts.groups import build_group_draft

    today = workspace.today()
    name, email = split_address(text)
    if kind == "group":
        group = groups.add_group(workspace, build_group_draft({"name": name}, today))
        return NamedRecord(group.ref, group.name)
    if kind == "area":
        area = areas.add_area(workspace, build_area_draft({"name": name, "kind": "region"}, today))
        return NamedRecord(area.ref, area.name)
    contact = contacts.add_contact(workspace, build_contact_draft({"name": name, "kind": kind, "email": email}, today))
    return NamedRecord(contact.ref, contact.name)
