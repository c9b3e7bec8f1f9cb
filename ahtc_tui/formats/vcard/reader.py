"""Contacts out of vCard files: 2.1 as Outlook writes it, 3.0, 4.0 and Apple's. Never asks the register who they are.

What the register has no field for (pictures, birthdays, home addresses, notes) is left out, and said once a file.
"""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

from ahtc_tui.domain.contacts.model import PartyKind
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.imports.contacts import Card, CardFile
from ahtc_tui.domain.imports.report import Warned
from ahtc_tui.formats.ics.invitation_text import address, one_line
from ahtc_tui.formats.vcard.lines import Property, RawCard, read_cards

_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
_PIECE = re.compile(r"\\.|[^;\\]+|;|\\", re.DOTALL)
_READ = {"FN", "N", "ORG", "TITLE", "ROLE", "EMAIL", "TEL", "UID", "KIND", "LANG", "X-AHTC-KIND", "X-ABSHOWAS"}
_READ |= {"X-ADDRESSBOOKSERVER-KIND"}
_NOTHING = {"VERSION", "PRODID", "REV", "BEGIN", "END", "X-ABLABEL", "SORT-STRING", "CLASS", "MAILER", "X-ABADR"}
"""Properties that say nothing of the contact."""
_NO_PHONE = {"fax", "pager", "modem", "bbs", "video"}
_KINDS = {kind.value: kind for kind in (PartyKind.PERSON, PartyKind.POST, PartyKind.ORGANISATION)}
_KINDS |= {"individual": PartyKind.PERSON, "org": PartyKind.ORGANISATION, "organization": PartyKind.ORGANISATION}
OURS = "-//ahtc//"
"""How the PRODID of our own files begins."""


def read_vcards(path: Path) -> CardFile:
    """The contacts of a file, and a warning for each card that gives none. Raises BadFile."""
    raw = read_cards(path)
    cards: list[Card] = []
    warnings: list[Warned] = []
    left: Counter[str] = Counter()
    for one in raw:
        at = _("card {n}").format(n=one.number)
        properties = _Properties(one)
        warnings += [Warned(at, reason) for reason in _faults(one, properties)]
        if reason := properties.no_contact():
            warnings.append(Warned(at, reason))
            continue
        cards.append(properties.card(at))
        if not properties.first("PRODID").startswith(OURS):
            left.update(_left_out(one))
    if left:
        names = ", ".join(f"{name} ({n})" for name, n in sorted(left.items())[:12])
        warnings.append(Warned(path.name, _("the register has no field for {names}: left out").format(names=names)))
    return CardFile(path, len(raw), tuple(cards), tuple(warnings))


def _left_out(card: RawCard) -> set[str]:
    names = {found.name for found in card.properties if found.value.strip()}
    return {name.upper() for name in card.skipped} | (names - _READ - _NOTHING)


def _faults(card: RawCard, properties: _Properties) -> list[str]:
    said = [] if card.whole else [_("has no END:VCARD")]
    said += [_("lines that cannot be read: {n}").format(n=card.odd)] if card.odd else []
    said += [_('"{text}" is no e-mail address: left out').format(text=text[:80]) for text in properties.no_addresses()]
    return said


def unescaped(text: str) -> str:
    r"""The text without escapes (RFC 6350 section 3.4): `\n` is a line end, any other backslash goes."""
    return _ESCAPED.sub(lambda found: "\n" if found[1] in "nN" else found[1], text)


def parts_of(text: str) -> list[str]:
    """The parts of a value with semicolons, each unescaped, on one line and stripped."""
    return [_even(part) for part in _split(text)]


def _even(text: str) -> str:
    """A value without escapes, on one line, with one space between its words."""
    return " ".join(one_line(unescaped(text)).split())


def _split(text: str) -> list[str]:
    """Cut at the semicolons that are not escaped."""
    parts: list[str] = [""]
    for piece in _PIECE.findall(text):
        if piece == ";":
            parts.append("")
        else:
            parts[-1] += piece
    return parts


class _Properties:
    """The properties of one card by name."""

    def __init__(self, card: RawCard) -> None:
        self._by_name: dict[str, list[Property]] = {}
        for found in card.properties:
            self._by_name.setdefault(found.name, []).append(found)
        self._labels = {found.group: found.value.strip("_$!<>").lower() for found in self._all("X-ABLABEL")}
        self._name = parts_of(self.first("N", raw=True)) + [""] * 5
        self._units = [part for part in parts_of(self.first("ORG", raw=True)) if part]
        self.kind = self._kind()

    def _all(self, name: str) -> list[Property]:
        return self._by_name.get(name, [])

    def first(self, name: str, *, raw: bool = False) -> str:
        """The first value that says something."""
        values = (found.value if raw else _even(found.value) for found in self._all(name))
        return next((value.strip() for value in values if value.strip()), "")

    def _kind(self) -> PartyKind | None:
        said = (self.first("X-AHTC-KIND") or self.first("KIND")).lower()
        if said in _KINDS:
            return _KINDS[said]
        company = self.first("X-ABSHOWAS").upper() == "COMPANY"
        if company or (self._units and not any(self._name) and self.first("FN") in ("", self._units[0])):
            return PartyKind.ORGANISATION
        return None

    def no_contact(self) -> str:
        """Why the card is no contact of the register; empty where it is one."""
        kind = (self.first("KIND") or self.first("X-ADDRESSBOOKSERVER-KIND")).lower()
        if kind and kind not in _KINDS and self.kind is None:
            return _("is a {kind}, not a person or an organisation: left out").format(kind=kind[:40])
        return "" if self._full_name() else _("names nobody: left out")

    def card(self, at: str) -> Card:
        """The contact."""
        emails = self._ranked("EMAIL")
        return Card(
            at,
            self._full_name()[:300],
            self.kind,
            uid=self.first("UID")[:300],
            organisation=self._units[0][:300] if self._units and self.kind is not PartyKind.ORGANISATION else "",
            unit=", ".join(self._units[1:])[:300],
            role=(self.first("TITLE") or self.first("ROLE"))[:1000],
            postnominal=self._name[4][:100],
            emails=tuple(found for text in emails if (found := address(_without_scheme(text)))),
            phones=tuple(dict.fromkeys(_phone(text) for text in self._ranked("TEL") if re.search("[0-9]", text))),
            language=self.first("LANG").lower()[:2],
        )

    def no_addresses(self) -> list[str]:
        """What stands as an address and is none."""
        return [text for text in self._ranked("EMAIL") if not address(_without_scheme(text))]

    def _full_name(self) -> str:
        """The name as people write it; N where FN is missing or is "Family, Given"."""
        family, given, middle = self._name[:3]
        built = " ".join(part for part in (given, middle, family) if part)
        said = self.first("FN")
        if self.kind is PartyKind.ORGANISATION:
            return said or (self._units[0] if self._units else "")
        if not said or ("," in said and family and given and said.startswith(f"{family},")):
            said = built or said
        if said == self.first("EMAIL") and built:
            said = built
        if self._name[4] and said.endswith(f" {self._name[4]}"):
            said = said.removesuffix(self._name[4]).rstrip(" ,")
        return said or self.first("NICKNAME") or (self._units[0] if self._units else "") or self.first("EMAIL")

    def _ranked(self, name: str) -> list[str]:
        """The values of a property, the one to keep first: preferred, then of work, then others; no fax."""
        found = []
        for one in self._all(name):
            kinds = one.kinds | {self._labels.get(one.group, "")}
            value = _even(one.value)
            if value and not kinds & _NO_PHONE:
                found.append(("home" in kinds, "pref" not in kinds, not kinds & {"work", "gwaith"}, value))
        return list(dict.fromkeys(value for *_rank, value in sorted(found, key=lambda each: each[:3])))


def _without_scheme(text: str) -> str:
    return re.sub(r"^(mailto:|smtp:)", "", text.strip().strip("<>"), flags=re.IGNORECASE)


def _phone(text: str) -> str:
    """A number as people write it, without the `tel:` of vCard 4.0 and its parameters."""
    bare, _semicolon, rest = re.sub(r"^tel:", "", text, flags=re.IGNORECASE).partition(";")
    extension = re.search(r"ext=([0-9]+)", rest)
    return f"{bare.strip()} ext {extension[1]}" if extension else bare.strip()
