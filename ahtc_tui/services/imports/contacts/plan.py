"""What becomes of cards: whom they make, which empty fields they fill, and what is left to a person. Writes nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from ahtc_tui.domain.case_data.detector import looks_like_case_data
from ahtc_tui.domain.contacts.model import PartyKind
from ahtc_tui.domain.errors import BadInput
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.imports.contacts import Card
from ahtc_tui.domain.imports.report import Changed, Question
from ahtc_tui.services.imports.contacts.erased_contacts import may_come
from ahtc_tui.services.imports.contacts.fields import addresses, digits, language, left_out, said
from ahtc_tui.services.imports.contacts.matching import Match, Register
from ahtc_tui.services.imports.file_plan import FilePlan, question_id
from ahtc_tui.store.contacts.party_lookup import folded
from ahtc_tui.store.imports.contacts import Entry
from ahtc_tui.store.journal.ledger import new_key

FIRST = (PartyKind.ORGANISATION, PartyKind.POST)


@dataclass(frozen=True, slots=True)
class New:
    """A contact to make, with where it comes from."""

    entry: Entry
    plan: FilePlan


@dataclass(frozen=True, slots=True)
class Appointment:
    """A person to put into a post that nobody holds."""

    post: Entry
    person: Entry
    at: str
    plan: FilePlan


@dataclass
class ContactPlan:
    """The plan of all files of one import."""

    register: Register
    new: list[New] = field(default_factory=list)
    changes: list[tuple[Entry, str, Any]] = field(default_factory=list)
    """Whose field gets which value."""
    appointments: list[Appointment] = field(default_factory=list)
    _organisations: dict[str, bytes | None] = field(default_factory=dict)

    def take(self, plan: FilePlan, cards: Sequence[Card]) -> None:
        """Plan one file: organisations, then posts, then who belongs to the one and holds the other."""
        for card in sorted(cards, key=lambda each: FIRST.index(each.kind) if each.kind in FIRST else len(FIRST)):
            self._take(plan, card)

    def _take(self, plan: FilePlan, card: Card) -> None:
        for name in ("name", "role"):
            if what := looks_like_case_data(getattr(card, name)):
                plan.warn(card.cell(name), _("the {field} may hold {what}: check it").format(field=name, what=what))
        own = card.kind is PartyKind.ORGANISATION
        known = None if own else self._known_organisation(card)
        match = self.register.match(card, known)
        if match.refused:
            plan.warn(card.at, f"{card.name}: {match.refused}")
            return
        if match.near:
            match = self._decided(plan, card, match)
            if match.refused:
                return
        if match.entry is None and not may_come(plan, card, self.register.erased):
            return
        organisation = None if own else known or self._organisation(plan, card)
        if match.entry is None:
            self._add(plan, card, organisation)
            if more := left_out(card):
                sentence = _("{name}: {more} left out, there is room for one of each")
                plan.warn(card.at, sentence.format(name=card.name, more=", ".join(more)))
        elif not self._compare(plan, card, match.entry, organisation):
            plan.unchanged += 1

    def _decided(self, plan: FilePlan, card: Card, match: Match) -> Match:
        """The match after a person's answer; refused where there is none."""
        near = match.near
        assert near is not None
        who = f"{near.name} ({near.ref or near.new_at})"
        theirs = ", ".join(part for part in (card.name, card.organisation, *card.emails[:1]) if part)
        name = question_id("record", card.name, card.organisation, *card.emails, near.ref, match.reason)
        answer = plan.decided(
            Question(name, near.ref, "record", None, who, theirs, match.reason, card.at, party=card.name)
        )
        if answer in ("", "skip"):
            return Match(refused=match.reason)
        if answer in ("theirs", "both"):
            return Match()
        chosen = near if answer == "ours" else self.register.by_ref(answer)
        if chosen is None:
            raise BadInput(
                _('The answer to {id} is "{answer}": nobody here has that reference.').format(id=name, answer=answer)
            )
        return Match(chosen)

    def _known_organisation(self, card: Card) -> bytes | None:
        """The organisation that a card names, where it is surely here; a part of it before the whole."""
        for name in (card.unit, card.organisation):
            if name and (entry := self.register.organisation(name).entry):
                return entry.key
        return None

    def _organisation(self, plan: FilePlan, card: Card) -> bytes | None:
        """The organisation that a card names and that is not surely here: asked about or made, once a name."""
        name = card.organisation
        if not name:
            return None
        if folded(name) in self._organisations:
            return self._organisations[folded(name)]
        found = self.register.organisation(name)
        key = found.entry.key if found.entry else None
        if found.near is None and key is None:
            key = self._make_organisation(plan, card)
        elif found.near:
            key = self._answered_organisation(plan, card, found.near, found.reason)
        self._organisations[folded(name)] = key
        return key

    def _answered_organisation(self, plan: FilePlan, card: Card, near: Entry, reason: str) -> bytes | None:
        name = question_id("organisation", card.organisation, near.ref)
        asked = Question(
            name, None, "organisation", None, near.name, card.organisation, reason, card.cell("organisation")
        )
        answer = plan.decided(asked)
        if answer in ("", "skip"):
            return None
        return near.key if answer == "ours" else self._make_organisation(plan, card)

    def _make_organisation(self, plan: FilePlan, card: Card) -> bytes:
        made = Card(card.cell("organisation"), card.organisation, PartyKind.ORGANISATION)
        return self._add(plan, made, None).key

    def _add(self, plan: FilePlan, card: Card, organisation: bytes | None) -> Entry:
        kind = card.kind or PartyKind.PERSON
        entry = Entry(new_key(), None, kind, card.name, *addresses(card), card.uid or None, new_at=card.at)
        entry.organisation = organisation
        entry.names = {folded(card.name)}
        if kind is PartyKind.PERSON:
            entry.postnominal, entry.language = card.postnominal or None, language(card)
            if card.role and not self._appointed(plan, card, entry, organisation):
                entry.role, entry.roles = card.role, {folded(card.role)}
        self.register.add(entry)
        self.new.append(New(entry, plan))
        return entry

    def _appointed(self, plan: FilePlan, card: Card, person: Entry, organisation: bytes | None) -> bool:
        """Whether the job title is that of a post that nobody holds: then the person is put into it."""
        post = self.register.post(card.role, organisation)
        if post is None:
            return False
        if post.taken:
            sentence = _("{post} ({ref}) is held already: {name} is not put into it")
            plan.warn(card.cell("role"), sentence.format(post=post.name, ref=post.ref or post.new_at, name=person.name))
            return False
        post.taken = True
        person.roles.add(folded(card.role))
        self.appointments.append(Appointment(post, person, card.cell("role"), plan))
        return True

    def _compare(self, plan: FilePlan, card: Card, entry: Entry, organisation: bytes | None) -> bool:
        """Fill what is empty here and ask about what differs; false where the card says nothing new."""
        news = False
        for name, theirs in said(card, entry, organisation).items():
            if theirs is None or self._same(entry, card, name, theirs):
                continue
            news = True
            ours = getattr(entry, name)
            if name == "role" and ours is None and self._appointed(plan, card, entry, entry.organisation):
                continue
            if ours is None:
                self._write(plan, card, entry, name, theirs)
            else:
                self._ask(plan, card, entry, name, theirs)
        return news

    def _same(self, entry: Entry, card: Card, name: str, theirs: Any) -> bool:
        ours = getattr(entry, name)
        if name == "name":
            return folded(theirs) in entry.names
        if name == "role":
            return folded(theirs) in entry.roles
        if name == "organisation":
            return ours is not None and (self.register.within(ours, theirs) or self.register.within(theirs, ours))
        if name == "email":
            return ours is not None and ours.strip().lower() in {email.lower() for email in card.emails}
        if name == "phone":
            return ours is not None and digits(ours) in {digits(phone) for phone in card.phones}
        return bool(ours == theirs)

    def _ask(self, plan: FilePlan, card: Card, entry: Entry, name: str, theirs: Any) -> None:
        ours, shown = self._shown(name, getattr(entry, name)), self._shown(name, theirs)
        asked = Question(
            question_id("field", entry.ref or entry.name, name, shown),
            entry.ref,
            name,
            None,
            ours,
            shown,
            _("{field} of {name} differs").format(field=name, name=entry.name),
            card.cell(name),
            party=entry.name,
        )
        answer = plan.decided(asked)
        if answer in ("", "ours", "skip", "both"):
            return
        value = theirs if answer in ("theirs", shown) else self._typed(name, answer)
        self._write(plan, card, entry, name, value)

    def _typed(self, name: str, answer: str) -> Any:
        """A value that a person wrote as an answer."""
        if name != "organisation":
            return answer
        found = self.register.organisation(answer).entry
        if found is None:
            raise BadInput(_('The answer "{answer}" is no organisation of the register.').format(answer=answer))
        return found.key

    def _write(self, plan: FilePlan, card: Card, entry: Entry, name: str, value: Any) -> None:
        was, now = self._shown(name, getattr(entry, name)), self._shown(name, value)
        setattr(entry, name, value)
        if name == "email":
            self.register.add_address(entry, value)
        if entry.new_at:
            return
        self.changes.append((entry, name, value))
        plan.changed.append(Changed(entry.ref or "", name, was, now, card.cell(name), entry.name))

    def _shown(self, name: str, value: Any) -> str | None:
        """A field as people read it."""
        if name == "organisation" and value is not None:
            found = self.register.by_key.get(value)
            return found.name if found else None
        return None if value is None else str(value)
