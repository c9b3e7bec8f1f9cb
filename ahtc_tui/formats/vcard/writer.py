"""Writer of contacts as vCard 3.0 (RFC 2426), which every program reads, or 4.0 (RFC 6350).

Equal records give equal bytes: REV is the time of the last change. Internal notes are left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

from ahtc_tui.domain.actions.model import Marking
from ahtc_tui.domain.contacts.model import ContactPoint, ContactPointKind, PartyKind
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.imports.contacts import ExportedContact
from ahtc_tui.domain.text.personal_names import split_personal_name
from ahtc_tui.formats.content_lines import clean_text, escape_text, fold_line
from ahtc_tui.formats.ics.invitation_text import parse_address

POINT_TYPES = {
    ContactPointKind.WORK: "work",
    ContactPointKind.MOBILE: "cell",
    ContactPointKind.HOME: "home",
    ContactPointKind.SECOND: "x-second",
}
PRODID = "-//ahtc//Wales Anti Human Trafficking Co-ordinator//EN"


def write_vcards(
    path: Path, contacts: Iterable[ExportedContact], version: int = 3, marking: Marking = Marking.OFFICIAL
) -> None:
    """Write one card per contact, in the given order."""
    path.write_bytes("".join(format_card(contact, version, marking) for contact in contacts).encode("utf-8"))


def format_card(contact: ExportedContact, version: int = 3, marking: Marking = Marking.OFFICIAL, uid: str = "") -> str:
    """Return a contact as a card with CRLF line ends; `uid` is that of the card of another program."""
    head = ["BEGIN:VCARD", f"VERSION:{version}.0", f"PRODID:{PRODID}", *_format_marking(marking, version)]
    return "".join(fold_line(line) for line in (*head, *_format_lines(contact, version, uid), "END:VCARD"))


def _format_marking(marking: Marking, version: int) -> Iterator[str]:
    """Yield the marking of a card above OFFICIAL. CLASS (RFC 2426 section 3.7.1) is not part of vCard 4.0."""
    if marking is not Marking.OFFICIAL:
        yield f"X-PROTECTIVE-MARKING:{marking.value.upper()}"
        if version == 3:
            yield "CLASS:CONFIDENTIAL"


def format_uid(key: bytes) -> str:
    """Return the permanent UID of a record (RFC 6350 section 6.7.6)."""
    return f"urn:uuid:{UUID(bytes=key)}"


def _format_lines(contact: ExportedContact, version: int, uid: str) -> Iterator[str]:
    yield f"UID:{uid or format_uid(contact.key)}"
    yield f"REV:{datetime.fromtimestamp(contact.changed_ms / 1000, UTC):%Y%m%dT%H%M%SZ}"
    yield from _format_kind(contact, version)
    yield f"FN:{escape_text(contact.name)}"
    yield f"N:{_format_structured_name(contact)}"
    organisation = contact.name if contact.kind is PartyKind.ORGANISATION else contact.organisation
    if organisation:
        yield f"ORG:{escape_text(organisation)}"
    if title := contact.name if contact.kind is PartyKind.POST else contact.role:
        yield f"TITLE:{escape_text(title)}"
    emails = [point for point in contact.list_points("email") if parse_address(point.value)]
    yield from _format_points("EMAIL", emails, "" if version == 4 else "internet", version)
    phones = [point for point in contact.list_points("phone") if clean_text(point.value)]
    yield from _format_points("TEL", phones, "voice", version)
    if contact.language and version == 4:
        yield f"LANG:{escape_text(contact.language)}"
    if contact.groups:
        yield f"CATEGORIES:{','.join(escape_text(group) for group in contact.groups)}"
    if contact.holder:
        note = _("In post: {name}").format(name=contact.holder)
        yield f"NOTE:{escape_text(note)}"


def _format_points(name: str, points: Sequence[ContactPoint], medium: str, version: int) -> Iterator[str]:
    """Yield a line for each address or number; where there are several, the preferred one is marked."""
    for point in points:
        kind = POINT_TYPES[point.kind] if point.kind else "work" if point.preferred else ""
        is_marked = point.preferred and len(points) > 1
        types = [medium, kind] if name == "EMAIL" else [kind, medium]
        types += ["pref"] if is_marked and version == 3 else []
        listed = ",".join(filter(None, types))
        listed = listed if version == 4 else listed.upper()
        mark = ";PREF=1" if is_marked and version == 4 else ""
        value = (parse_address(point.value) or "") if name == "EMAIL" else point.value
        yield f"{name}{f';TYPE={listed}' if listed else ''}{mark}:{escape_text(value)}"


def _format_kind(contact: ExportedContact, version: int) -> Iterator[str]:
    """Yield the kind of contact. vCard has no kind for a post: other programs show it as a person with its title."""
    if version == 4:
        yield f"KIND:{'org' if contact.kind is PartyKind.ORGANISATION else 'individual'}"
    elif contact.kind is PartyKind.ORGANISATION:
        yield "X-ABShowAs:COMPANY"
    if contact.kind is PartyKind.POST:
        yield f"X-AHTC-KIND:{contact.kind.value}"


def _format_structured_name(contact: ExportedContact) -> str:
    """Return N: family name and given names of a person, or the whole name of a post as family name."""
    if contact.kind is PartyKind.ORGANISATION:
        return ";;;;"
    given_name, family_name = (
        split_personal_name(contact.name) if contact.kind is PartyKind.PERSON else ("", contact.name)
    )
    return ";".join(escape_text(part) for part in (family_name, given_name, "", "", contact.postnominal or ""))


_OWN_PROPERTIES = frozenset(
    (
        "BEGIN", "END", "VERSION", "PRODID", "UID", "REV", "FN", "N", "ORG", "TITLE", "KIND", "LANG", "CATEGORIES",
        "CLASS", "X-AHTC-KIND", "X-ABSHOWAS", "X-PROTECTIVE-MARKING",
    )
)  # fmt: skip
"""Properties of which a card has one, that of the office."""
_FOLD = re.compile(r"\r?\n[ \t]")
_NAME = re.compile(r"(?:[\w-]+\.)?([\w-]+)")
_UID_LINE = re.compile(r"^(?:[\w-]+\.)?UID(?:;[^:\r\n]*)?:([^\r\n]*)", re.MULTILINE | re.IGNORECASE)


def find_uid(text: str) -> str:
    """Return the UID of a card; empty where it has none."""
    match = _UID_LINE.search(_FOLD.sub("", text))
    return match[1].strip() if match else ""


def keep_other_properties(ours: str, theirs: str, replaced: str) -> str:
    """Return our text with the lines that others added to theirs: pictures, addresses, further numbers.

    `replaced` is the former text of ours: its values are not kept.
    """
    own_values = {_read_value(line) for text in (ours, replaced) for line in _list_lines(text)}
    added = [
        line
        for line in _list_lines(theirs)
        if _read_name(line) not in _OWN_PROPERTIES and _read_value(line) not in own_values
    ]
    head, end, tail = ours.rpartition("END:VCARD")
    return head + "".join(map(fold_line, added)) + end + tail


def _list_lines(text: str) -> list[str]:
    """Return the unfolded lines of a card."""
    return [line for line in _FOLD.sub("", text).splitlines() if ":" in line]


def _read_name(line: str) -> str:
    match = _NAME.match(line)
    return match[1].upper() if match else ""


def _read_value(line: str) -> tuple[str, str]:
    return _read_name(line), line.partition(":")[2].strip()
