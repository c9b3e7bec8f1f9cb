"""Contacts out of vCard files: 2.1 as Outlook writes it, 3.0, 4.0 and Apple's. Never asks the register who they are.

What the register has no field for (pictures, birthdays, home addresses, notes) is left out, and said once a file.
"""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

from ahtc_tui.domain.contacts.model import PartyKind
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.imports.contacts import ContactFile, ImportedContact
from ahtc_tui.domain.imports.report import FileWarning
from ahtc_tui.domain.text.cleaning import clean_line
from ahtc_tui.formats.ics.invitation_text import parse_address
from ahtc_tui.formats.vcard.lines import Property, RawCard, read_cards

_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
_VALUE_PIECE = re.compile(r"\\.|[^;\\]+|;|\\", re.DOTALL)
_READ_PROPERTIES = {
    "FN",
    "N",
    "ORG",
    "TITLE",
    "ROLE",
    "EMAIL",
    "TEL",
    "UID",
    "KIND",
    "LANG",
    "X-AHTC-KIND",
    "X-ABSHOWAS",
}
_READ_PROPERTIES |= {"X-ADDRESSBOOKSERVER-KIND"}
_IGNORED_PROPERTIES = {
    "VERSION",
    "PRODID",
    "REV",
    "BEGIN",
    "END",
    "X-ABLABEL",
    "SORT-STRING",
    "CLASS",
    "MAILER",
    "X-ABADR",
}
"""Properties that say nothing of the contact."""
_NON_PHONE_TYPES = {"fax", "pager", "modem", "bbs", "video"}
_KINDS = {kind.value: kind for kind in (PartyKind.PERSON, PartyKind.POST, PartyKind.ORGANISATION)}
_KINDS |= {"individual": PartyKind.PERSON, "org": PartyKind.ORGANISATION, "organization": PartyKind.ORGANISATION}
OUR_PRODID = "-//ahtc//"
"""How the PRODID of our own files begins."""


def read_vcards(path: Path) -> ContactFile:
    """The contacts of a file, and a warning for each card that gives none. Raises BadFile."""
    raw_cards = read_cards(path)
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
        if not properties.first_value("PRODID").startswith(OUR_PRODID):
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
    faults += [_("lines that cannot be read: {n}").format(n=card.bad_lines)] if card.bad_lines else []
    faults += [
        _('"{text}" is no e-mail address: left out').format(text=text[:80]) for text in properties.list_bad_addresses()
    ]
    return faults


def unescape_text(text: str) -> str:
    r"""The text without escapes (RFC 6350 section 3.4): `\n` is a line end, any other backslash goes."""
    return _ESCAPED.sub(lambda match: "\n" if match[1] in "nN" else match[1], text)


def split_parts(text: str) -> list[str]:
    """The parts of a value with semicolons, each unescaped, on one line and stripped."""
    return [_normalize_value(part) for part in _split_unescaped(text)]


def _normalize_value(text: str) -> str:
    """A value without escapes, on one line, with one space between its words."""
    return clean_line(unescape_text(text))


def _split_unescaped(text: str) -> list[str]:
    """Cut at the semicolons that are not escaped."""
    parts: list[str] = [""]
    for piece in _VALUE_PIECE.findall(text):
        if piece == ";":
            parts.append("")
        else:
            parts[-1] += piece
    return parts


class _CardProperties:
    """The properties of one card by name."""

    def __init__(self, card: RawCard) -> None:
        self._by_name: dict[str, list[Property]] = {}
        for parsed in card.properties:
            self._by_name.setdefault(parsed.name, []).append(parsed)
        self._labels = {parsed.group: parsed.value.strip("_$!<>").lower() for parsed in self._find_all("X-ABLABEL")}
        self._name = split_parts(self.first_value("N", raw=True)) + [""] * 5
        self._units = [part for part in split_parts(self.first_value("ORG", raw=True)) if part]
        self.kind = self._read_kind()

    def _find_all(self, name: str) -> list[Property]:
        return self._by_name.get(name, [])

    def first_value(self, name: str, *, raw: bool = False) -> str:
        """The first value that says something."""
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
        """Why the card is no contact of the register; empty where it is one."""
        kind = (self.first_value("KIND") or self.first_value("X-ADDRESSBOOKSERVER-KIND")).lower()
        if kind and kind not in _KINDS and self.kind is None:
            return _("is a {kind}, not a person or an organisation: left out").format(kind=kind[:40])
        return "" if self._build_full_name() else _("names nobody: left out")

    def build_card(self, location: str) -> ImportedContact:
        """The contact."""
        emails = self._rank_values("EMAIL")
        return ImportedContact(
            location,
            self._build_full_name()[:300],
            self.kind,
            uid=self.first_value("UID")[:300],
            organisation=self._units[0][:300] if self._units and self.kind is not PartyKind.ORGANISATION else "",
            unit=", ".join(self._units[1:])[:300],
            role=(self.first_value("TITLE") or self.first_value("ROLE"))[:1000],
            postnominal=self._name[4][:100],
            emails=tuple(email for text in emails if (email := parse_address(_strip_scheme(text)))),
            phones=tuple(
                dict.fromkeys(_format_phone(text) for text in self._rank_values("TEL") if re.search("[0-9]", text))
            ),
            language=self.first_value("LANG").lower()[:2],
        )

    def list_bad_addresses(self) -> list[str]:
        """What stands as an address and is none."""
        return [text for text in self._rank_values("EMAIL") if not parse_address(_strip_scheme(text))]

    def _build_full_name(self) -> str:
        """The name as people write it; N where FN is missing or is "Family, Given"."""
        family_name, given_name, middle_name = self._name[:3]
        built = " ".join(part for part in (given_name, middle_name, family_name) if part)
        name = self.first_value("FN")
        if self.kind is PartyKind.ORGANISATION:
            return name or (self._units[0] if self._units else "")
        if not name or ("," in name and family_name and given_name and name.startswith(f"{family_name},")):
            name = built or name
        if name == self.first_value("EMAIL") and built:
            name = built
        if self._name[4] and name.endswith(f" {self._name[4]}"):
            name = name.removesuffix(self._name[4]).rstrip(" ,")
        return (
            name or self.first_value("NICKNAME") or (self._units[0] if self._units else "") or self.first_value("EMAIL")
        )

    def _rank_values(self, name: str) -> list[str]:
        """The values of a property, the one to keep first: preferred, then of work, then others; no fax."""
        ranked = []
        for parsed in self._find_all(name):
            kinds = parsed.kinds | {self._labels.get(parsed.group, "")}
            value = _normalize_value(parsed.value)
            if value and not kinds & _NON_PHONE_TYPES:
                ranked.append(("home" in kinds, "pref" not in kinds, not kinds & {"work", "gwaith"}, value))
        return list(dict.fromkeys(value for *_rank, value in sorted(ranked, key=lambda entry: entry[:3])))


def _strip_scheme(text: str) -> str:
    return re.sub(r"^(mailto:|smtp:)", "", text.strip().strip("<>"), flags=re.IGNORECASE)


def _format_phone(text: str) -> str:
    """A number as people write it, without the `tel:` of vCard 4.0 and its parameters."""
    number, _semicolon, parameters = re.sub(r"^tel:", "", text, flags=re.IGNORECASE).partition(";")
    extension = re.search(r"ext=([0-9]+)", parameters)
    return f"{number.strip()} ext {extension[1]}" if extension else number.strip()
