"""Parser of vCard files into properties.

vobject rejects a whole file for its first invalid line; this parser drops only the line. It works on bytes, because
lines may be folded inside a character and files mix encodings.
"""

from __future__ import annotations

import binascii
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from ahtc_tui.domain.errors import BadFile
from ahtc_tui.domain.i18n import _
from ahtc_tui.formats.files.input_files import find_unicode_encoding, read_file_bytes

MAX_MEGABYTES = 60
MAX_CARDS = 60_000
MAX_PROPERTIES = 1000
"""Maximum number of properties of a card."""
MAX_VALUE_LENGTH = 10_000
"""Maximum length of a value; every stored field is shorter."""

_LINE_END = re.compile(rb"\r+\n?|\n")
_HEAD = re.compile(rb"\s*(?:[\w-]+\.)?([A-Za-z][A-Za-z0-9-]*)\s*[;:]")
_BEGIN = re.compile(rb"^\s*begin\s*:\s*vcard\s*$", re.IGNORECASE | re.MULTILINE)
_SKIPPED = (b"photo", b"logo", b"sound", b"key", b"x-ms-cardpicture", b"x-ms-olk")
"""Properties that may be large and are not read: pictures, keys and the like."""


@dataclass(frozen=True, slots=True)
class Property:
    """One content line: `item1.TEL;TYPE=work:029 2000 0000`."""

    group: str
    name: str
    """In upper case."""
    kinds: frozenset[str]
    """Values of TYPE and the bare parameters of vCard 2.1, in lower case."""
    value: str
    """Decoded, with escapes."""


@dataclass
class RawCard:
    """Properties of one card, in order."""

    number: int
    properties: list[Property] = field(default_factory=list)
    skipped: set[str] = field(default_factory=set)
    """Names of skipped properties."""
    bad_lines: int = 0
    """Number of invalid lines."""
    complete: bool = True
    """False if END:VCARD is missing."""


def read_cards(path: Path, data: bytes | None) -> list[RawCard]:
    """Return every card of a file, or of `data` in its place. Raises BadFile with one sentence."""
    data = read_file_bytes(path, MAX_MEGABYTES) if data is None else data
    if encoding := find_unicode_encoding(data):
        data = data.decode(encoding, "replace").encode()
    data = _LINE_END.sub(b"\n", data.replace(b"\x00", b""))
    count = len(_BEGIN.findall(data))
    if not count:
        raise BadFile(_('"{path}" contains no contact card (BEGIN:VCARD).').format(path=path))
    if count > MAX_CARDS:
        sentence = _('"{path}" holds {n} cards. Import at most {most} at a time.')
        raise BadFile(sentence.format(path=path, n=count, most=MAX_CARDS))
    return list(_split_cards(_unfold_lines(data.split(b"\n"))))


def _unfold_lines(lines: list[bytes]) -> Iterator[bytes]:
    """Yield unfolded lines, including soft line breaks of quoted-printable."""
    parts: list[bytes] = []
    quoted = False
    for line in lines:
        if quoted and parts[-1].endswith(b"=") and not _is_boundary(line):
            parts[-1] = parts[-1][:-1]
            parts.append(line)
            continue
        if parts and line[:1] in (b" ", b"\t") and line.strip() and not _is_boundary(line):
            parts.append(line[1:])
            continue
        if parts:
            yield b"".join(parts)
        parts = [line.rstrip()] if line.strip() else []
        quoted = b"QUOTED-PRINTABLE" in line.partition(b":")[0].upper()
    if parts:
        yield b"".join(parts)


def _is_boundary(line: bytes) -> bool:
    return line.strip().upper() in (b"END:VCARD", b"BEGIN:VCARD")


def _split_cards(lines: Iterator[bytes]) -> Iterator[RawCard]:
    """Yield the outer cards. A nested card is an AGENT and is ignored; a second BEGIN ends an incomplete card."""
    card: RawCard | None = None
    number, depth, agent = 0, 0, False
    for line in lines:
        boundary = line.strip().upper().replace(b" ", b"")
        if boundary == b"BEGIN:VCARD":
            if card is not None and (agent or depth):
                depth, agent = depth + 1, False
                continue
            if card is not None:
                card.complete = False
                yield card
            number += 1
            card = RawCard(number)
        elif boundary == b"END:VCARD" and depth:
            depth -= 1
        elif boundary == b"END:VCARD" and card is not None:
            yield card
            card = None
        elif card is not None and not depth:
            agent = _add_line(card, line)
    if card is not None:
        card.complete = False
        yield card


def _add_line(card: RawCard, line: bytes) -> bool:
    """Add a line to its card; return whether it is an AGENT whose card follows on separate lines."""
    head = _HEAD.match(line)
    if head is None:
        if not re.fullmatch(rb"[A-Za-z0-9+/=\s]+", line):  # base64 lines of a picture without folding
            card.bad_lines += 1
        return False
    name = head[1].lower()
    if name.startswith(_SKIPPED) or name == b"agent":
        card.skipped.add(name.decode("ascii"))
        return name == b"agent" and not line.partition(b":")[2].strip()
    if len(card.properties) < MAX_PROPERTIES and (parsed := _parse_property(line)):
        card.properties.append(parsed)
    else:
        card.bad_lines += 1
    return False


def _parse_property(line: bytes) -> Property | None:
    colon = _find_colon(line)
    if colon < 0:
        return None
    head, *parameter_texts = [part.strip() for part in _decode_text(line[:colon]).split(";")]
    group, _dot, name = head.rpartition(".")
    parameters: dict[str, list[str]] = {}
    for parameter in parameter_texts:
        key, equals, value = parameter.partition("=")
        parameters.setdefault(key.upper() if equals else "TYPE", []).extend(
            (value if equals else key).lower().split(",")
        )
    kinds = frozenset(kind.strip('" ') for kind in parameters.get("TYPE", ())) | {
        "pref" for parameter in parameters if parameter == "PREF"
    }
    encoding = (parameters.get("ENCODING", [""])[-1], *kinds)
    return Property(
        group.lower(), name.upper(), kinds, _decode_value(line[colon + 1 :], encoding, parameters.get("CHARSET"))
    )


def _find_colon(line: bytes) -> int:
    """Return the position of the first colon outside quotation marks, or of the first colon if quotation marks are
    unbalanced.
    """
    quoted = False
    for position, octet in enumerate(line[:MAX_VALUE_LENGTH]):
        if octet == 0x22:
            quoted = not quoted
        elif octet == 0x3A and not quoted:
            return position
    return line.find(b":")


def _decode_value(data: bytes, encoding: tuple[str, ...], charset: list[str] | None) -> str:
    if "quoted-printable" in encoding:
        data = binascii.a2b_qp(data)
    elif "base64" in encoding or encoding[0] == "b":
        try:
            data = binascii.a2b_base64(data)
        except binascii.Error:
            return ""
    return _decode_text(data, charset[-1].strip('" ') if charset else "")[:MAX_VALUE_LENGTH]


def _decode_text(data: bytes, charset: str = "") -> str:
    """Return decoded text: UTF-8, else the given character set, else Windows-1252."""
    for name in ("utf-8", charset or "cp1252"):
        try:
            return data.decode(name)
        except (UnicodeDecodeError, LookupError, ValueError):
            continue
    return data.decode("cp1252", "replace")
