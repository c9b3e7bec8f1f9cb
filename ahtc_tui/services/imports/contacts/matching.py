"""Whom a card means: by UID, reference, address, or name and organisation. What is only alike is left to a person."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from ahtc_tui.domain.contacts.model import PartyKind
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.imports.contacts import Card
from ahtc_tui.services.imports.contacts.name_index import ALIKE, NameIndex, likeness
from ahtc_tui.store.contacts.party_lookup import folded
from ahtc_tui.store.imports.contacts import Entry
from ahtc_tui.store.privacy.erasure_register import ErasedMarks


@dataclass(frozen=True, slots=True)
class Match:
    """Whom a card means: surely `entry`; perhaps `near`, for the reason given; or nobody here."""

    entry: Entry | None = None
    near: Entry | None = None
    reason: str = ""
    refused: str = ""
    """Why the card may not come in at all."""


class Register:
    """Everybody who is here or will be, found by what a card says."""

    def __init__(self, entries: Iterable[Entry], erased: set[bytes], marks: ErasedMarks | None = None) -> None:
        self.by_key: dict[bytes, Entry] = {}
        self._erased = erased
        self.erased = marks
        """By what names and addresses erased people are known."""
        self._by_uid: dict[str, Entry] = {}
        self._by_ref: dict[str, Entry] = {}
        self._by_email: dict[str, list[Entry]] = {}
        self._by_name: dict[str, list[Entry]] = {}
        self._names = NameIndex()
        for entry in entries:
            self.add(entry)

    def add(self, entry: Entry) -> None:
        """Let an entry be found."""
        self.by_key[entry.key] = entry
        if entry.ref:
            self._by_ref[entry.ref] = entry
        if entry.card_uid:
            self._by_uid[entry.card_uid] = entry
        for gone in entry.merged:
            self.by_key.setdefault(gone.key, entry)
            self._by_ref.setdefault(gone.ref, entry)
            if gone.card_uid:
                self._by_uid.setdefault(gone.card_uid, entry)
        self.add_address(entry, entry.email)
        for name in entry.names:
            self._by_name.setdefault(name, []).append(entry)
            self._names.add(entry, name)

    def add_address(self, entry: Entry, email: str | None) -> None:
        """Let an entry be found by an address."""
        if email:
            self._by_email.setdefault(email.strip().lower(), []).append(entry)

    def by_ref(self, ref: str) -> Entry | None:
        """Who has a reference."""
        return self._by_ref.get(ref.strip().lower())

    def match(self, card: Card, organisation: bytes | None) -> Match:
        """Whom a card means; `organisation` is the one that it names, where that is known."""
        key = _key_of(card.uid)
        if key in self._erased:
            return Match(refused=_("this record was erased and may not come back"))
        surely = self.by_key.get(key or b"") or self._by_uid.get(card.uid)
        if surely:
            return Match(surely)
        if card.ref and (entry := self.by_ref(card.ref)) and _fits(entry, card.kind):
            if folded(card.name) in entry.names:
                return Match(entry)
            return Match(near=entry, reason=_("the reference is that of {name}").format(name=entry.name))
        return self._by_address(card) or self._by_whole_name(card, organisation) or self._alike(card, organisation)

    def organisation(self, name: str) -> Match:
        """The organisation of this name."""
        card = Card("", name, PartyKind.ORGANISATION)
        return self._by_whole_name(card, None) or self._alike(card, None)

    def post(self, title: str, organisation: bytes | None) -> Entry | None:
        """The post of this title at an organisation."""
        found = [entry for entry in self._by_name.get(folded(title), ()) if entry.kind is PartyKind.POST]
        here = [entry for entry in found if organisation and self.within(entry.organisation, organisation)]
        return here[0] if len(here) == 1 else None

    def within(self, part: bytes | None, whole: bytes | None) -> bool:
        """Whether one organisation is another, or a part of it."""
        seen: set[bytes] = set()
        while part and part not in seen:
            if part == whole:
                return True
            seen.add(part)
            part = self.by_key[part].parent if part in self.by_key else None
        return False

    def _by_address(self, card: Card) -> Match | None:
        found = [
            entry for email in card.emails for entry in self._by_email.get(email.lower(), ()) if _fits(entry, card.kind)
        ]
        named = [entry for entry in found if folded(card.name) in entry.names]
        found = named or [entry for entry in found if entry.kind is (card.kind or PartyKind.PERSON)]
        if not found:
            return None
        close = named or [entry for entry in found if likeness(folded(card.name), entry.names) >= ALIKE]
        if close:
            return Match(close[0])
        sentence = _("{name} has the same address and another name")
        return Match(near=found[0], reason=sentence.format(name=found[0].name))

    def _by_whole_name(self, card: Card, organisation: bytes | None) -> Match | None:
        found = [entry for entry in self._by_name.get(folded(card.name), ()) if _fits(entry, card.kind)]
        if not found:
            return None
        here = [entry for entry in found if organisation and self._belongs(entry, organisation)]
        open_ended = [entry for entry in found if organisation is None or entry.organisation is None]
        sure = here or ([] if card.organisation and organisation is None else open_ended)
        if len(sure) == 1:
            return Match(sure[0])
        if len(sure) > 1:
            names = ", ".join(str(entry.ref or entry.new_at) for entry in sure[:4])
            return Match(near=sure[0], reason=_("the name is that of several: {names}").format(names=names))
        return Match(near=found[0], reason=_("{name} is here, at another organisation").format(name=found[0].name))

    def _belongs(self, entry: Entry, organisation: bytes) -> bool:
        """Whether an entry is of an organisation, of a part of it, or of what it is a part of."""
        own = entry.organisation
        return self.within(own, organisation) or (own is not None and self.within(organisation, own))

    def _alike(self, card: Card, organisation: bytes | None) -> Match:
        best, nearest = 0.0, None
        for how_like, entry in self._names.alike(folded(card.name), card.kind or PartyKind.PERSON):
            elsewhere = organisation and entry.organisation and not self._belongs(entry, organisation)
            if how_like > best and how_like >= (ALIKE + 5 if elsewhere else ALIKE):
                best, nearest = how_like, entry
        if nearest is None:
            return Match()
        return Match(near=nearest, reason=_("the name is like that of {name}").format(name=nearest.name))


def _fits(entry: Entry, kind: PartyKind | None) -> bool:
    return kind is None or entry.kind is kind


def _key_of(uid: str) -> bytes | None:
    """The key that a UID of ours names."""
    try:
        return UUID(uid.lower().removeprefix("urn:uuid:")).bytes if uid else None
    except ValueError:
        return None
