"""Letterhead and signature of the office, from the settings of the workspace."""

from __future__ import annotations

import re

from ahtc_tui.domain.documents.author import format_author
from ahtc_tui.domain.documents.office_paper import Letterhead
from ahtc_tui.domain.i18n import choose_language
from ahtc_tui.services.workspace import Workspace


def name_office(workspace: Workspace) -> str:
    """Return the name of the office in the current language."""
    office = workspace.office
    return choose_language(office.name, office.name_cy or None) if office.name or office.name_cy else format_author()


def build_letterhead(workspace: Workspace) -> Letterhead:
    """Return the letterhead in the current language."""
    office = workspace.office
    logo = workspace.root / office.logo if office.logo else None
    return Letterhead(name_office(workspace), split_lines(office.address), office.email, logo)


def build_addressee_block(holder: str, name: str, address: str | None) -> tuple[str, ...]:
    """Return the lines of an addressee: the holder of a post, the post and its body, and the postal address."""
    post, comma, body = name.partition(", ")
    address_lines = split_lines(address or "")
    names = [holder, *((post, body) if holder and comma else (name,))]
    return tuple(line for line in (*names, *address_lines) if line)


def split_lines(address: str) -> tuple[str, ...]:
    """Return the lines of an address, which semicolons separate, else commas."""
    parts = re.split("[;\\n]" if re.search("[;\\n]", address) else ",", address)
    return tuple(line for part in parts if (line := part.strip()))
