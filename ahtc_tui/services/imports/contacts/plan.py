"""Plans the import of contacts: new contacts, empty fields to fill, questions about differences."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from ahtc_tui.domain.case_data.detector import find_case_data
from ahtc_tui.domain.contacts.contact_points import (
    OTHER_FIELDS,
    POINT_COLUMNS,
    format_points,
    has_point,
    read_points,
)
from ahtc_tui.domain.contacts.model import PartyKind
from ahtc_tui.domain.dates.date_as_known import format_long_date
from ahtc_tui.domain.errors import BadInput
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.imports.contacts import ImportedContact
from ahtc_tui.domain.imports.report import ChangedField, Question
from ahtc_tui.domain.keys import RowKey
from ahtc_tui.domain.record_names import format_field
from ahtc_tui.services.imports.contacts.fields import (
    contact_values,
    point_values,
    read_language,
)
from ahtc_tui.services.imports.contacts.folder import list_changed_fields
from ahtc_tui.services.imports.contacts.matching import ContactMatch, ContactRegister
from ahtc_tui.services.imports.file_plan import FilePlan, build_choice_error, build_question_id
from ahtc_tui.services.progress import ProgressHooks
from ahtc_tui.store.contacts.party_lookup import fold_name
from ahtc_tui.store.imports.contacts import RegisterEntry
from ahtc_tui.store.journal.ledger import Ledger
from ahtc_tui.store.privacy.erasure_register import ErasedMarks

KINDS_FIRST = (PartyKind.ORGANISATION, PartyKind.POST)
"""Kinds that are planned first, because people belong to them."""


@dataclass(frozen=True, slots=True)
class NewContact:
    """A contact to add, with the plan of its file."""

    entry: RegisterEntry
    plan: FilePlan


@dataclass(frozen=True, slots=True)
class Appointment:
    """A person to appoint to a vacant post."""

    post: RegisterEntry
    person: RegisterEntry
    position: str
    plan: FilePlan


def _rank_kind(contact: ImportedContact) -> int:
    return KINDS_FIRST.index(contact.kind) if contact.kind in KINDS_FIRST else len(KINDS_FIRST)


@dataclass
class ContactPlan:
    """The plan of all files of one import of contacts."""

    register: ContactRegister
    new_contacts: list[NewContact] = field(default_factory=list)
    changes: list[tuple[RegisterEntry, str, Any]] = field(default_factory=list)
    """Entry, field and new value."""
    appointments: list[Appointment] = field(default_factory=list)
    bases: Mapping[str, ImportedContact] = field(default_factory=dict)
    """Contacts as they were last exchanged with a folder, by UID."""
    _organisations: dict[str, RowKey | None] = field(default_factory=dict)

    def plan_file(self, file: FilePlan, contacts: Sequence[ImportedContact], hooks: ProgressHooks) -> None:
        """Plan one file: organisations and posts before the people who belong to them. Raises Cancelled."""
        hooks.total += len(contacts)
        for contact in sorted(contacts, key=_rank_kind):
            hooks.count_row()
            self._plan_contact(file, contact)

    def _plan_contact(self, file: FilePlan, contact: ImportedContact) -> None:
        self._warn_about_case_data(file, contact)
        is_organisation = contact.kind is PartyKind.ORGANISATION
        known_organisation = None if is_organisation else self._find_organisation(contact)
        match = self.register.match_contact(contact, known_organisation)
        if match.refused:
            file.add_warning(contact.position, f"{contact.name}: {match.refused}")
            return
        if match.near:
            match = self._decide_match(file, contact, match)
            if match.refused:
                return
        if match.entry is None and not _is_import_allowed(file, contact, self.register.erased_marks):
            return
        if match.entry and (base := self.bases.get(contact.uid)):
            self._compare_with_base(file, contact, base, match.entry)
            return
        organisation = known_organisation
        if organisation is None and not is_organisation:
            organisation = self._find_or_add_organisation(file, contact)
        if match.entry is None:
            self._add_contact(file, contact, organisation)
        elif not self._compare_contact(file, contact, match.entry, organisation):
            file.unchanged += 1

    def _warn_about_case_data(self, file: FilePlan, contact: ImportedContact) -> None:
        for field_name in ("name", "role"):
            if finding := find_case_data(getattr(contact, field_name)):
                sentence = _("the {field} may hold {what}: check it")
                text = sentence.format(field=format_field(field_name), what=finding)
                file.add_warning(contact.cell_reference(field_name), text)

    def _decide_match(self, file: FilePlan, contact: ImportedContact, match: ContactMatch) -> ContactMatch:
        """Ask about a possible match; return the decided match, refused while the question is open."""
        near = match.near
        assert near is not None
        near_text = f"{near.name} ({near.ref or near.new_location})"
        theirs = ", ".join(part for part in (contact.name, contact.organisation, *contact.emails[:1]) if part)
        parts = (contact.name, contact.organisation, *contact.emails, near.ref, match.reason)
        identifier, reason, position = build_question_id("record", *parts), match.reason, contact.position
        question = Question(identifier, near.ref, "record", None, near_text, theirs, reason, position, contact.name)
        answer = file.decide_question(question)
        if answer in ("", "skip"):
            return ContactMatch(refused=match.reason)
        if answer in ("theirs", "both"):
            return ContactMatch()
        entry = near if answer == "ours" else self.register.find_by_ref(answer)
        if entry is None:
            sentence = _('The answer to {id} is "{answer}", but no contact has this reference.')
            raise BadInput(sentence.format(id=question.id, answer=answer))
        return ContactMatch(entry)

    def _find_organisation(self, contact: ImportedContact) -> RowKey | None:
        """Return the organisation that a contact certainly names, its unit before the whole."""
        for name in (contact.unit, contact.organisation):
            if name and (entry := self.register.match_organisation(name).entry):
                return entry.key
        return None

    def _find_or_add_organisation(self, file: FilePlan, contact: ImportedContact) -> RowKey | None:
        """Return the organisation that a contact names: ask about a similar one, or add it; once for each name."""
        name = contact.organisation
        if not name:
            return None
        if fold_name(name) in self._organisations:
            return self._organisations[fold_name(name)]
        match = self.register.match_organisation(name)
        key = match.entry.key if match.entry else None
        if match.near is None and key is None:
            key = self._add_organisation(file, contact)
        elif match.near:
            key = self._ask_organisation(file, contact, match.near, match.reason)
        self._organisations[fold_name(name)] = key
        return key

    def _ask_organisation(
        self, file: FilePlan, contact: ImportedContact, near: RegisterEntry, reason: str
    ) -> RowKey | None:
        identifier = build_question_id("organisation", contact.organisation, near.ref)
        name, cell = contact.organisation, contact.cell_reference("organisation")
        question = Question(identifier, None, "organisation", None, near.name, name, reason, cell)
        answer = file.decide_question(question)
        if answer in ("", "skip"):
            return None
        if answer in ("theirs", "both"):
            return self._add_organisation(file, contact)
        return near.key if answer == "ours" else self._parse_answer("organisation", answer)

    def _add_organisation(self, file: FilePlan, contact: ImportedContact) -> RowKey:
        cell = contact.cell_reference("organisation")
        organisation = ImportedContact(cell, contact.organisation, PartyKind.ORGANISATION)
        return self._add_contact(file, organisation, None).key

    def _add_contact(self, file: FilePlan, contact: ImportedContact, organisation: RowKey | None) -> RegisterEntry:
        kind = contact.kind or PartyKind.PERSON
        entry = RegisterEntry(
            Ledger.create_key(),
            None,
            kind,
            contact.name,
            card_uid=contact.uid or None,
            new_location=contact.position,
            point_kinds=contact.point_kinds,
        )
        for field_name, value in point_values(contact).items():
            entry.set_field(field_name, value)
        entry.organisation = organisation
        entry.stated_values = dict(contact.stated)
        entry.names = {fold_name(contact.name)}
        if kind is PartyKind.PERSON:
            entry.postnominal, entry.language = contact.postnominal or None, read_language(contact)
            if contact.role and not self._appoint_to_vacant_post(file, contact, entry, organisation):
                entry.role, entry.roles = contact.role, {fold_name(contact.role)}
        self.register.add_entry(entry)
        self.new_contacts.append(NewContact(entry, file))
        return entry

    def _appoint_to_vacant_post(
        self, file: FilePlan, contact: ImportedContact, person: RegisterEntry, organisation: RowKey | None
    ) -> bool:
        """Appoint a person to the vacant post of their job title; return whether there is one."""
        post = self.register.find_post(contact.role, organisation)
        if post is None:
            return False
        if post.is_filled:
            sentence = _("{post} ({ref}) is filled already, so {name} is not appointed")
            text = sentence.format(post=post.name, ref=post.ref or post.new_location, name=person.name)
            file.add_warning(contact.cell_reference("role"), text)
            return False
        post.is_filled = True
        person.roles.add(fold_name(contact.role))
        self.appointments.append(Appointment(post, person, contact.cell_reference("role"), file))
        return True

    def _compare_contact(
        self, file: FilePlan, contact: ImportedContact, entry: RegisterEntry, organisation: RowKey | None
    ) -> bool:
        """Fill empty fields and ask about differing ones; return whether the contact has new values."""
        has_news = False
        values = contact_values(contact, entry, organisation) | _list_new_points(contact, entry)
        for field_name, theirs in values.items():
            if theirs is None or self._is_same_value(entry, contact, field_name, theirs):
                continue
            has_news = True
            ours = entry.get_field(field_name)
            is_new_role = field_name == "role" and ours is None
            if is_new_role and self._appoint_to_vacant_post(file, contact, entry, entry.organisation):
                continue
            if ours is None or field_name in OTHER_FIELDS:
                self._set_field(file, contact, entry, field_name, theirs)
            else:
                self._ask_about_field(file, contact, entry, field_name, theirs)
        return has_news

    def _compare_with_base(
        self, file: FilePlan, contact: ImportedContact, base: ImportedContact, entry: RegisterEntry
    ) -> None:
        """Apply what only the other side changed since the last exchange; ask about what both changed or it emptied."""
        changed_fields = list_changed_fields(base, contact)
        is_organisation = entry.kind is PartyKind.ORGANISATION
        organisation = None
        if "organisation" in changed_fields and not is_organisation:
            organisation = self._find_organisation(contact) or self._find_or_add_organisation(file, contact)
        base_organisation = None if is_organisation else self._find_organisation(base)
        base_values = contact_values(base, entry, base_organisation)
        has_news = False
        for field_name, theirs in contact_values(contact, entry, organisation).items():
            ours, before = entry.get_field(field_name), base_values[field_name]
            is_kept = ours is None if before is None else self._is_same_value(entry, base, field_name, before)
            if field_name not in changed_fields:
                if not is_kept and ours is not None:
                    file.kept += 1
            elif theirs is None and ours is not None and field_name != "organisation":
                has_news = True
                self._ask_about_emptied(file, contact, entry, field_name)
            elif theirs is not None and not self._is_same_value(entry, contact, field_name, theirs):
                has_news = True
                decide = self._set_field if is_kept or ours is None else self._ask_about_field
                decide(file, contact, entry, field_name, theirs)
        if not has_news:
            file.unchanged += 1

    def _ask_about_emptied(
        self, file: FilePlan, contact: ImportedContact, entry: RegisterEntry, field_name: str
    ) -> None:
        """Ask about a value that was removed there."""
        ours = self._format_value(field_name, entry.get_field(field_name))
        identifier = build_question_id("emptied", entry.ref, field_name, ours)
        reason = _("{field} of {name} was removed in the file").format(field=format_field(field_name), name=entry.name)
        question = Question(
            identifier,
            entry.ref,
            field_name,
            ours,
            ours,
            "",
            reason,
            contact.position,
            entry.name,
            takes=field_name != "name",
        )
        answer = file.decide_question(question)
        if answer == "theirs" and not question.takes:
            raise build_choice_error(identifier, answer)
        if answer not in ("", "ours", "skip", "both"):
            value = None if answer == "theirs" else self._parse_answer(field_name, answer)
            self._set_field(file, contact, entry, field_name, value)

    def _is_same_value(self, entry: RegisterEntry, contact: ImportedContact, field_name: str, theirs: Any) -> bool:
        ours = entry.get_field(field_name)
        if field_name == "name":
            return fold_name(theirs) in entry.names
        if field_name == "role":
            return fold_name(theirs) in entry.roles
        if field_name == "organisation":
            return ours is not None and (self.register.is_within(ours, theirs) or self.register.is_within(theirs, ours))
        if field_name in POINT_COLUMNS:
            return ours is not None and any(
                has_point(contact.list_points(field_name), point.value) for point in entry.list_points(field_name)
            )
        if field_name in OTHER_FIELDS:
            column = OTHER_FIELDS[field_name]
            return set(read_points(ours or "", column)) == set(read_points(theirs, column))
        return bool(ours == theirs)

    def _ask_about_field(
        self, file: FilePlan, contact: ImportedContact, entry: RegisterEntry, field_name: str, theirs: Any
    ) -> None:
        ours = self._format_value(field_name, entry.get_field(field_name))
        shown = self._format_value(field_name, theirs)
        identifier = build_question_id("field", entry.ref or entry.name, field_name, shown)
        reason = _("{field} of {name} differs").format(field=format_field(field_name), name=entry.name)
        cell = contact.cell_reference(field_name)
        question = Question(identifier, entry.ref, field_name, None, ours, shown, reason, cell, entry.name)
        if field_name in POINT_COLUMNS:
            question = replace(question, choices=("theirs", "ours", "both"))
        answer = file.decide_question(question)
        if answer == "both" and field_name in POINT_COLUMNS:
            other_field = next(name for name, column in OTHER_FIELDS.items() if column == field_name)
            points = (*entry.list_points(field_name)[1:], *contact.list_points(field_name)[:1])
            self._set_field(file, contact, entry, other_field, format_points(points))
            return
        if answer in ("", "ours", "skip", "both"):
            return
        value = theirs if answer in ("theirs", shown) else self._parse_answer(field_name, answer)
        self._set_field(file, contact, entry, field_name, value)

    def _parse_answer(self, field_name: str, answer: str) -> Any:
        """Return the value of a typed answer. Raises BadInput for an unknown organisation."""
        if field_name != "organisation":
            return answer
        organisation = self.register.match_organisation(answer).entry
        if organisation is None:
            raise BadInput(_('The answer "{answer}" is not an organisation in the register.').format(answer=answer))
        return organisation.key

    def _set_field(
        self, file: FilePlan, contact: ImportedContact, entry: RegisterEntry, field_name: str, value: Any
    ) -> None:
        was, now = self._format_value(field_name, entry.get_field(field_name)), self._format_value(field_name, value)
        entry.set_field(field_name, value)
        if field_name in ("email", "other_emails"):
            self.register.add_address(entry)
        if entry.new_location:
            if was is not None:
                sentence = _('{field} of the new contact {name}, by another row: "{was}" > "{now}"')
                text = sentence.format(field=format_field(field_name), name=entry.name, was=was, now=now)
                file.add_warning(contact.cell_reference(field_name), text, field_name)
            return
        self.changes.append((entry, field_name, value))
        cell = contact.cell_reference(field_name)
        file.changed.append(ChangedField(entry.ref or "", field_name, was, now, cell, entry.name))

    def _format_value(self, field_name: str, value: Any) -> str | None:
        """Return a value for display."""
        if field_name == "organisation" and value is not None:
            organisation = self.register.by_key.get(value)
            return organisation.name if organisation else None
        return None if value is None else str(value)


def _list_new_points(contact: ImportedContact, entry: RegisterEntry) -> dict[str, str | None]:
    """Return the further addresses and numbers of an entry with those that a contact adds; None where it adds none.

    A first one that the register does not have is a question of its own, unless the two share another one.
    """
    values: dict[str, str | None] = {}
    for other_field, column in OTHER_FIELDS.items():
        ours, theirs = entry.list_points(column), contact.list_points(column)
        is_shared = any(has_point(ours, point.value) for point in theirs)
        added = [point for point in (theirs if is_shared else theirs[1:]) if not has_point(ours, point.value)]
        values[other_field] = format_points((*ours[1:], *added)) if added else None
    return values


def _is_import_allowed(file: FilePlan, contact: ImportedContact, erased_marks: ErasedMarks | None) -> bool:
    """Return whether a contact may be added: no erased person is like it, or the question was answered with "theirs".

    Taking everything is not an answer: only a decision about this contact allows it.
    """
    if erased_marks is None or contact.kind not in (None, PartyKind.PERSON):
        return True
    day = erased_marks.find_day((contact.name, *contact.emails, contact.uid))
    if day is None:
        return True
    sentence = _("a person of this name or address was erased on {day}; theirs adds the person again")
    reason = sentence.format(day=format_long_date(date.fromisoformat(day)))
    identifier = build_question_id("erased", contact.name, *contact.emails)
    question = Question(identifier, None, "record", None, None, None, reason, contact.position, contact.name)
    return file.decide_choice(question) == "theirs"
