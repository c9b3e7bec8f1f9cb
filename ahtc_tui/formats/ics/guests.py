"""Organisers and guests of calendar events: address, name, role, answer. Never rooms, and never who they are here."""

from __future__ import annotations

from typing import Any
from urllib.parse import unquote

from ahtc_tui.domain.imports.meetings import Guest
from ahtc_tui.domain.meetings.model import InviteRole, Reply
from ahtc_tui.formats.ics.invitation_text import address, one_line
from ahtc_tui.formats.ics.values import listed, parameter

MOST = 500
_ROLES = {"CHAIR": InviteRole.CHAIR, "OPT-PARTICIPANT": InviteRole.OPTIONAL, "NON-PARTICIPANT": InviteRole.OPTIONAL}
_REPLIES = {reply.value.upper().replace("_", "-"): reply for reply in Reply}


def guests(values: Any) -> tuple[Guest, ...]:
    """Everybody in ATTENDEE lines, each address once; rooms and things are no guests."""
    found: dict[str, Guest] = {}
    for value in listed(values)[:MOST]:
        if parameter(value, "CUTYPE").upper() in ("ROOM", "RESOURCE"):
            continue
        one = guest(value)
        if one:
            found.setdefault(one.email or one.name.casefold(), one)
    return tuple(found.values())


def guest(value: Any) -> Guest | None:
    """One ORGANIZER or ATTENDEE; None where it names nobody. Apple writes a URN and puts the address in EMAIL."""
    if value is None:
        return None
    said = _bare(str(value))
    email = address(said) or address(_bare(parameter(value, "EMAIL"))) or ""
    name = one_line(parameter(value, "CN"))[:200]
    if not email and not name:
        return None
    role = _ROLES.get(parameter(value, "ROLE").upper(), InviteRole.REQUIRED)
    reply = _REPLIES.get(parameter(value, "PARTSTAT").upper(), Reply.NEEDS_ACTION)
    return Guest(email.lower(), "" if name.lower() == email.lower() else name, role, reply)


def _bare(text: str) -> str:
    said = one_line(text).strip().strip('"')
    return unquote(said[7:] if said.lower().startswith("mailto:") else said).partition("?")[0][:320]
