"""Form of a new contact or of an existing one. Only changed fields are written."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from ahtc_tui.domain.contacts.model import ContactCard, ContactRow, Language, OrganisationKind, PartyKind
from ahtc_tui.domain.i18n import _
from ahtc_tui.services.contacts import service as contacts
from ahtc_tui.tui.contacts.erased_person_confirm import ErasedPersonConfirm
from ahtc_tui.tui.widgets.form import FormRow, FormScreen, make_text_input
from ahtc_tui.tui.widgets.owner_field import Candidate, OwnerField
from ahtc_tui.tui.widgets.plain import join_lines
from ahtc_tui.tui.widgets.select import build_select

if TYPE_CHECKING:
    from ahtc_tui.tui.base.service_threads import Desk

KINDS = [(kind.label, kind.value) for kind in (PartyKind.PERSON, PartyKind.POST, PartyKind.ORGANISATION)]
LANGUAGES = [(language.label, language.value) for language in Language]
TYPES = [(kind.label, kind.value) for kind in OrganisationKind]


class ContactForm(FormScreen):
    """Form of a person, post or organisation."""

    def __init__(self, desk: Desk, bodies: Sequence[Candidate], card: ContactCard | None = None) -> None:
        super().__init__(_("New contact") if card is None else _("Edit {name}").format(name=join_lines(card.row.name)))
        self._desk, self._bodies, self._card = desk, bodies, card
        self._before = _build_initial_values(card)
        self.written: ContactRow | None = None
        self._erased_confirm = ErasedPersonConfirm(self)

    def rows(self) -> Iterable[FormRow]:
        shown, kind = self._before, self._card.row.kind if self._card else None
        if kind is None:
            yield FormRow("kind", _("Kind"), build_select(KINDS, PartyKind.PERSON.value, blank=False))
        yield FormRow("name", _("Name"), make_text_input(shown["name"]))
        body = _("Part of") if kind is PartyKind.ORGANISATION else _("Organisation")
        yield FormRow("organisation", body, OwnerField(self._bodies, shown["organisation"] or None))
        if kind in (None, PartyKind.PERSON):
            yield FormRow("role", _("Role"), make_text_input(shown["role"], _("what a person does")))
        yield FormRow("email", _("E-mail"), make_text_input(shown["email"]))
        yield FormRow("phone", _("Phone"), make_text_input(shown["phone"]))
        yield FormRow("area", _("Area"), make_text_input(shown["area"], _("Gwent, Dyfed-Powys")))
        yield FormRow("short", _("Short name"), make_text_input(shown["short"]))
        if kind in (None, PartyKind.PERSON):
            yield FormRow("language", _("Language"), build_select(LANGUAGES, shown["language"] or None))
        if kind is PartyKind.ORGANISATION:
            yield FormRow("type", _("Type"), build_select(TYPES, shown["type"] or None, blank=False))
        if kind is not None:
            hint = _("other names, separated by semicolons")
            yield FormRow("aliases", _("Also called"), make_text_input(shown["aliases"], hint))
            yield FormRow("note", _("Note"), make_text_input(shown["note"]))

    async def accept(self, values: dict[str, Any]) -> None:
        from ahtc_tui.domain.drafts.contacts import FIELDS_OF_KIND, build_contact_draft

        typed = {name: value or "" for name, value in values.items()}
        if self._card is None:
            kind = PartyKind(typed["kind"])
            fields = {name: value for name, value in typed.items() if value and name in FIELDS_OF_KIND[kind] | {"kind"}}
            draft = build_contact_draft(fields, self._desk.today)
            with self._erased_confirm.check_name(draft.name or "") as allow_erased:
                self.written = await self._desk.run(contacts.add_contact, draft, allow_erased=allow_erased)
            return
        changed = {name: value for name, value in typed.items() if value != self._before[name]}
        if changed:
            draft = build_contact_draft(changed, self._desk.today)
            self.written = await self._desk.run(contacts.edit_contact, self._card.row.ref, draft)


def _build_initial_values(card: ContactCard | None) -> dict[str, str]:
    names = ("name", "organisation", "role", "email", "phone", "area", "short", "language", "type", "aliases", "note")
    if card is None:
        return dict.fromkeys(names, "")
    row = card.row
    undated = [name for name in card.aliases if not any(name in dated for dated in card.renames)]
    values = {"name": row.name, "organisation": card.organisation_ref, "role": row.role, "email": row.email}
    values |= {"phone": row.phone, "area": row.area, "short": row.short, "language": card.language}
    values |= {"type": row.organisation_kind, "aliases": "; ".join(undated), "note": card.note}
    return {name: join_lines(value or "") for name, value in values.items()}
