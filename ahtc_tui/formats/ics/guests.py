"""Reader of organisers and guests of calendar events. Rooms and resources are ignored."""

from __future__ import annotations

from typing import Any
from urllib.parse import unquote

from ahtc_tui.domain.imports.meetings import Guest
from ahtc_tui.domain.meetings.model import InviteRole, Reply
from ahtc_tui.domain.text.cleaning import clean_line
from ahtc_tui.formats.ics.invitation_text import parse_address
from ahtc_tui.formats.ics.values import read_parameter, to_list

MAX_GUESTS = 500
_ROLES = {"CHAIR": InviteRole.CHAIR, "OPT-PARTICIPANT": InviteRole.OPTIONAL, "NON-PARTICIPANT": InviteRole.OPTIONAL}
_REPLIES = {reply.value.upper().replace("_", "-"): reply for reply in Reply}


def read_guests(values: Any) -> tuple[Guest, ...]:
    """Return the guests of ATTENDEE properties, each address once."""
    guests_by_key: dict[str, Guest] = {}
    for value in to_list(values)[:MAX_GUESTS]:
        if read_parameter(value, "CUTYPE").upper() in ("ROOM", "RESOURCE"):
            continue
        guest = read_guest(value)
        if guest:
            guests_by_key.setdefault(guest.email or guest.name.casefold(), guest)
    return tuple(guests_by_key.values())


def read_guest(value: Any) -> Guest | None:
    """Return one ORGANIZER or ATTENDEE, or None without name and address. Apple writes the address in EMAIL."""
    if value is None:
        return None
    mailbox = _strip_mailto(str(value))
    email = parse_address(mailbox) or parse_address(_strip_mailto(read_parameter(value, "EMAIL"))) or ""
    name = clean_line(read_parameter(value, "CN"))[:200]
    if not email and not name:
        return None
    role = _ROLES.get(read_parameter(value, "ROLE").upper(), InviteRole.REQUIRED)
    reply = _REPLIES.get(read_parameter(value, "PARTSTAT").upper(), Reply.NEEDS_ACTION)
    return Guest(email.lower(), "" if name.lower() == email.lower() else name, role, reply)


def _strip_mailto(text: str) -> str:
    stripped = clean_line(text).strip().strip('"')
    return unquote(stripped[7:] if stripped.lower().startswith("mailto:") else stripped).partition("?")[0][:320]
