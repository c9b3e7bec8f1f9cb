"""Reader of contacts from vCard 2.1, 3.0 and 4.0. It does not use the register.

Properties without a field in the register (pictures, birthdays, home addresses, notes) are dropped with one warning.
"""

from __future__ import annotations

import binascii
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from ahtc_tui.domain.contacts.contact_points import collect_point_kinds
from ahtc_tui.domain.contacts.model import ContactPointKind, PartyKind
from ahtc_tui.domain.errors import BadFile
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.imports.contacts import ContactFile, ImportedContact
from ahtc_tui.domain.imports.report import FileWarning
from ahtc_tui.domain.labelled_enum import find_member
from ahtc_tui.domain.text.cleaning import clean_line
from ahtc_tui.domain.text.normalization import normalize_text
from ahtc_tui.formats.files.input_files import find_unicode_encoding, read_file_bytes
from ahtc_tui.formats.ics.invitation_text import parse_address

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


_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
_VALUE_PIECE = re.compile(r"\\.|[^;\\]+|;|\\", re.DOTALL)
_READ_PROPERTIES = {
    "FN", "N", "ORG", "TITLE", "ROLE", "EMAIL", "TEL", "UID", "KIND", "LANG", "X-AHTC-KIND", "X-ABSHOWAS",
}  # fmt: skip
_READ_PROPERTIES |= {"X-ADDRESSBOOKSERVER-KIND"}
_IGNORED_PROPERTIES = {
    "VERSION", "PRODID", "REV", "BEGIN", "END", "X-ABLABEL", "SORT-STRING", "CLASS", "MAILER", "X-ABADR",
}  # fmt: skip
"""Properties without information about the contact."""
_NON_PHONE_TYPES = {"fax", "pager", "modem", "bbs", "video"}
_KINDS = {kind.value: kind for kind in (PartyKind.PERSON, PartyKind.POST, PartyKind.ORGANISATION)}
_KINDS |= {"individual": PartyKind.PERSON, "org": PartyKind.ORGANISATION, "organization": PartyKind.ORGANISATION}
OUR_PRODID = "-//ahtc//"
"""Beginning of the PRODID of our files."""


def read_vcards(path: Path, data: bytes | None = None) -> ContactFile:
    """Return the contacts of a file, or of `data` in its place, and a warning for each card without one.

    Raises BadFile.
    """
    raw_cards = read_cards(path, data)
    cards: list[ImportedContact] = []
    warnings: list[FileWarning] = []
    unread: Counter[str] = Counter()
    for raw_card in raw_cards:
        location = _("card {n}").format(n=raw_card.number)
        properties = _CardProperties(raw_card)
        warnings += [FileWarning(location, reason) for reason in _list_faults(raw_card, properties)]
        if reason := properties.explain_refusal():
            warnings.append(FileWarning(location, reason))
            continue
        cards.append(properties.build_card(location))
        if not properties.is_ours:
            unread.update(_find_unread(raw_card))
    if unread:
        names = ", ".join(f"{name} ({n})" for name, n in sorted(unread.items())[:12])
        warnings.append(
            FileWarning(path.name, _("the register has no field for {names}: left out").format(names=names))
        )
    return ContactFile(path, len(raw_cards), tuple(cards), tuple(warnings))


def _find_unread(card: RawCard) -> set[str]:
    names = {parsed.name for parsed in card.properties if parsed.value.strip()}
    return {name.upper() for name in card.skipped} | (names - _READ_PROPERTIES - _IGNORED_PROPERTIES)


def _list_faults(card: RawCard, properties: _CardProperties) -> list[str]:
    faults = [] if card.complete else [_("has no END:VCARD")]
    faults += [_("unreadable lines: {n}").format(n=card.bad_lines)] if card.bad_lines else []
    faults += [
        _('"{text}" is not an email address and is left out').format(text=text[:80])
        for text in properties.list_bad_addresses()
    ]
    return faults


def unescape_text(text: str) -> str:
    r"""Return the text without escapes (RFC 6350 section 3.4): `\n` is a line end, other backslashes are removed."""
    return _ESCAPED.sub(lambda match: "\n" if match[1] in "nN" else match[1], text)


def split_parts(text: str) -> list[str]:
    """Return the parts of a structured value, unescaped and on one line."""
    return [_normalize_value(part) for part in _split_unescaped(text)]


def _normalize_value(text: str) -> str:
    """Return the unescaped value on one line with single spaces."""
    return clean_line(unescape_text(text))


def _split_unescaped(text: str) -> list[str]:
    """Split at semicolons that are not escaped."""
    parts: list[str] = [""]
    for piece in _VALUE_PIECE.findall(text):
        if piece == ";":
            parts.append("")
        else:
            parts[-1] += piece
    return parts


class _CardProperties:
    """The properties of a vCard, found by name in any case and order."""

    def __init__(self, card: RawCard) -> None:
        self._by_name: dict[str, list[Property]] = {}
        for parsed in card.properties:
            self._by_name.setdefault(parsed.name, []).append(parsed)
        self._labels = {parsed.group: parsed.value.strip("_$!<>").lower() for parsed in self._find_all("X-ABLABEL")}
        self._name = split_parts(self.first_value("N", raw=True)) + [""] * 5
        self._units = [part for part in split_parts(self.first_value("ORG", raw=True)) if part]
        self.kind = self._read_kind()
        self.is_ours = self.first_value("PRODID").startswith(OUR_PRODID)

    def _find_all(self, name: str) -> list[Property]:
        return self._by_name.get(name, [])

    def first_value(self, name: str, *, raw: bool = False) -> str:
        """Return the first value that is not empty."""
        values = (parsed.value if raw else _normalize_value(parsed.value) for parsed in self._find_all(name))
        return next((value.strip() for value in values if value.strip()), "")

    def _read_kind(self) -> PartyKind | None:
        kind = (self.first_value("X-AHTC-KIND") or self.first_value("KIND")).lower()
        if kind in _KINDS:
            return _KINDS[kind]
        is_company = self.first_value("X-ABSHOWAS").upper() == "COMPANY"
        if is_company or (self._units and not any(self._name) and self.first_value("FN") in ("", self._units[0])):
            return PartyKind.ORGANISATION
        return None

    def explain_refusal(self) -> str:
        """Return why the card is not a contact of the register; empty if it is one."""
        kind = (self.first_value("KIND") or self.first_value("X-ADDRESSBOOKSERVER-KIND")).lower()
        if kind and kind not in _KINDS and self.kind is None:
            return _("is a {kind}, not a person or an organisation, and is left out").format(kind=kind[:40])
        return "" if self._build_full_name() else _("has no name, and is left out")

    def build_card(self, location: str) -> ImportedContact:
        """Return the contact."""
        emails = {address: kind for text, kind in self._rank_values("EMAIL") if (address := _read_address(text))}
        phones = {_format_phone(text): kind for text, kind in self._rank_values("TEL") if re.search("[0-9]", text)}
        return ImportedContact(
            location,
            self._build_full_name()[:300],
            self.kind,
            uid=self.first_value("UID")[:300],
            organisation=self._units[0][:300] if self._units and self.kind is not PartyKind.ORGANISATION else "",
            unit=", ".join(self._units[1:])[:300],
            role=(self.first_value("TITLE") or self.first_value("ROLE"))[:1000],
            postnominal=self._name[4][:100],
            emails=tuple(emails),
            phones=tuple(phones),
            point_kinds=collect_point_kinds(emails) | collect_point_kinds(phones),
            language=self.first_value("LANG").lower()[:2],
        )

    def list_bad_addresses(self) -> list[str]:
        """Return the invalid e-mail addresses."""
        return [text for text, _kind in self._rank_values("EMAIL") if not _read_address(text)]

    def _build_full_name(self) -> str:
        """Return the full name; N is used if FN is missing or has the form "Family, Given"."""
        family_name, given_name, middle_name = self._name[:3]
        built = " ".join(part for part in (given_name, middle_name, family_name) if part)
        name = self.first_value("FN")
        if self.kind is PartyKind.ORGANISATION:
            return name or (self._units[0] if self._units else "")
        if not name or ("," in name and family_name and given_name and _has_same_words(name, built)):
            name = built or name
        if name == self.first_value("EMAIL") and built:
            name = built
        if self._name[4] and name.endswith(f" {self._name[4]}"):
            name = name.removesuffix(self._name[4]).rstrip(" ,")
        return (
            name or self.first_value("NICKNAME") or (self._units[0] if self._units else "") or self.first_value("EMAIL")
        )

    def _rank_values(self, name: str) -> list[tuple[str, ContactPointKind | None]]:
        """Return the values of a property with their kinds, without fax numbers: preferred ones first, then those of
        work, and those of a home last. The office writes its own cards in their order.
        """
        ranked = []
        for parsed in self._find_all(name):
            kinds = parsed.kinds | {self._labels.get(parsed.group, "")}
            value = _normalize_value(parsed.value)
            if value and not kinds & _NON_PHONE_TYPES:
                is_ours = self.is_ours
                rank = (
                    not is_ours and "home" in kinds,
                    "pref" not in kinds,
                    not (is_ours or kinds & {"work", "gwaith"}),
                )
                kind = next((kind for text in sorted(kinds) if (kind := find_member(text, ContactPointKind))), None)
                ranked.append((rank, value, kind))
        values: dict[str, ContactPointKind | None] = {}
        for _rank, value, kind in sorted(ranked, key=lambda entry: entry[0]):
            values.setdefault(value, kind)
        return list(values.items())


def _has_same_words(left: str, right: str) -> bool:
    """Return whether two names have the same words in any order."""
    return sorted(normalize_text(left).split()) == sorted(normalize_text(right).split())


def _read_address(text: str) -> str | None:
    """Return an email address without its scheme; None where it is none."""
    return parse_address(re.sub(r"^(mailto:|smtp:)", "", text.strip().strip("<>"), flags=re.IGNORECASE))


def _format_phone(text: str) -> str:
    """Return a phone number without the `tel:` scheme and parameters of vCard 4.0."""
    number, _semicolon, parameters = re.sub(r"^tel:", "", text, flags=re.IGNORECASE).partition(";")
    extension = re.search(r"ext=([0-9]+)", parameters)
    return f"{number.strip()} ext {extension[1]}" if extension else number.strip()
