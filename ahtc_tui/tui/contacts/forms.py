"""Forms of contacts: a contact, a new holder of a post, a logged contact."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Input, Select

from ahtc_tui.domain.contacts.engagement import (
    EngagementRow,
    format_engagement_kind,
)
from ahtc_tui.domain.contacts.fields import ALL_FIELDS, BODIES, CONTACT_FIELDS, ENGAGEMENT_FIELDS, FIELD_NAMES, OWNERS
from ahtc_tui.domain.contacts.model import ContactCard, ContactRow, PartyKind
from ahtc_tui.domain.contacts.post_holders import AppointmentReport
from ahtc_tui.domain.dates.date_as_known import DateAsKnown
from ahtc_tui.domain.dates.parser import read_date
from ahtc_tui.domain.errors import BadInput, ErasedBefore
from ahtc_tui.domain.i18n import _, choose_language, gettext_noop
from ahtc_tui.services.contacts import appointments, engagement
from ahtc_tui.services.contacts import service as contacts
from ahtc_tui.tui.base.service_threads import Desk
from ahtc_tui.tui.keys.key import MENU
from ahtc_tui.tui.widgets.confirm import Dialog
from ahtc_tui.tui.widgets.date_field import DateField
from ahtc_tui.tui.widgets.field_rows import build_rows
from ahtc_tui.tui.widgets.form import FormRow, FormScreen, format_label, read_value
from ahtc_tui.tui.widgets.owner_field import Candidate, OwnerField, PersonField
from ahtc_tui.tui.widgets.plain import Plain, PlainLabel, join_lines
from ahtc_tui.tui.widgets.prose_field import TitleField
from ahtc_tui.tui.widgets.select import build_select

if TYPE_CHECKING:
    from ahtc_tui.domain.drafts.contacts import ContactDraft

EXTRA_CONTACTS = ("also", "third")
"""Other parties of the same contact."""


class ErasedPersonConfirm:
    """Remembers for one form which name has been warned about."""

    def __init__(self, form: FormScreen) -> None:
        self._form = form
        self._warned_name: str | None = None

    @contextmanager
    def check_name(self, name: str) -> Iterator[bool]:
        """Return whether the name may be added; the first attempt shows the warning, the second succeeds."""
        try:
            yield self._warned_name == name
        except ErasedBefore as error:
            self._warned_name = name
            sentence = _("{reason} To add the person anyway, save again.").format(reason=error)
            self._form.show_error(sentence)
            raise ErasedBefore(sentence) from None


class ContactForm(FormScreen):
    """Form of a person, post or organisation."""

    fields_of_column: ClassVar = {"parent": ("organisation",), "kind": ("type",)}

    def __init__(self, desk: Desk, bodies: Sequence[Candidate], card: ContactCard | None = None) -> None:
        name = choose_language(card.row.name, card.name_cy) if card else ""
        title = _("New contact") if card is None else _("Edit {name}").format(name=join_lines(name))
        super().__init__(title, desk.seen)
        self._desk, self._bodies, self._card = desk, bodies, card
        self.written: ContactRow | None = None
        self._erased_confirm = ErasedPersonConfirm(self)
        self._confirmed_name: str | None = None
        """The name at the first save, where the register has it already."""

    def rows(self) -> Iterable[FormRow]:
        fields = CONTACT_FIELDS[self._card.row.kind] if self._card else ALL_FIELDS
        shown = (field for field in fields if self._card is None or field.name != "kind")
        return build_rows(shown, self._card, self._desk.today, {BODIES: self._bodies})

    def on_mount(self) -> None:
        if self._card is None:  # before the first paint
            self._show_fields_of_kind(PartyKind(read_value(self._form_rows[0].field)))
        super().on_mount()

    @on(Select.Changed)
    def _follow_kind(self, event: Select.Changed) -> None:
        """Show the fields of the kind that was chosen."""
        if self._card is None and event.select is self._form_rows[0].field:
            self._show_fields_of_kind(PartyKind(str(event.value)))

    def _show_fields_of_kind(self, kind: PartyKind) -> None:
        """Show the fields of the kind that a new contact is to have, with the labels that they have there."""
        fields = {field.name: field for field in CONTACT_FIELDS[kind]}
        for row in self._form_rows:
            form_row = self.query_one(f"#form-row-{row.name}")
            form_row.set_class(row.name not in fields, "-other-kind")
            if (field := fields.get(row.name)) is not None:
                form_row.query_one(PlainLabel).update(format_label(field.heading, required=row.required))
        self.hide_rows({field.name for field in fields.values() if field.is_extra} if self._extra_names else set())

    async def accept(self, values: dict[str, Any]) -> None:
        from ahtc_tui.domain.drafts.contacts import build_contact_draft

        typed = {name: value or "" for name, value in values.items()}
        if self._card is None:
            kind = PartyKind(typed["kind"])
            fields = {name: value for name, value in typed.items() if value and name in FIELD_NAMES[kind]}
            draft = build_contact_draft(fields, self._desk.today)
            await self._refuse_namesake(draft)
            with self._erased_confirm.check_name(draft.name or "") as allow_erased:
                self.written = await self._desk.run(contacts.add_contact, draft, allow_erased=allow_erased)
            return
        draft = build_contact_draft(typed, self._desk.today)
        self.written = await self._desk.run(contacts.edit_contact, self._card.row.ref, draft)

    async def _refuse_namesake(self, draft: ContactDraft) -> None:
        """Raise BadInput at the first save of a name that the register has already."""
        namesakes = await self._desk.run(contacts.list_namesakes, draft)
        if namesakes and self._confirmed_name != draft.name:
            self._confirmed_name = draft.name
            sentence = _("This name is in the register already: {refs}. Save again to add another contact.")
            raise BadInput(sentence.format(refs=", ".join(namesakes)))


class EngagementForm(FormScreen):
    """Form for a call, visit, training, meeting or mail with one or several parties."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(f"{MENU}f", "follow_up", gettext_noop("Follow-up action"), id="engage.follow")
    ]

    def __init__(
        self, desk: Desk, people: Sequence[Candidate], owners: Sequence[Candidate], refs: Sequence[str]
    ) -> None:
        super().__init__(_("Log a contact"))
        self._desk, self._people, self._owners = desk, people, owners
        self._refs = [*refs, "", "", ""]
        self._more = refs[3:]
        self.written: EngagementRow | None = None

    def rows(self) -> Iterable[FormRow]:
        first = _("and {n} more marked contacts").format(n=len(self._more)) if self._more else ""
        yield FormRow("who", _("With"), OwnerField(self._people, self._refs[0] or None), first, required=True)
        for name, ref in zip(EXTRA_CONTACTS, self._refs[1:3], strict=True):
            yield FormRow(name, _("and"), OwnerField(self._people, ref or None), is_extra=not ref)
        for row in build_rows(ENGAGEMENT_FIELDS[1:], None, self._desk.today, {OWNERS: self._owners}):
            if row.name == "subject" and isinstance(row.field, TitleField):
                self._subject = row.field
            yield row
        self._follow_up = TitleField("", _("f2 f: follow-up action with the same text"))
        yield FormRow("follow_up", _("Action"), self._follow_up)
        yield FormRow("due", _("Due"), Input("", _("of the action: end nov, 2w"), compact=True), is_extra=True)
        yield FormRow("lead", _("Lead"), OwnerField(self._owners, None), is_extra=True)

    @on(TitleField.Changed)
    def _show_fields_of_action(self) -> None:
        """Show due date and lead once there is an action."""
        if self._follow_up.text:
            self.reveal("due", "lead")

    def on_mount(self) -> None:
        super().on_mount()
        if self._refs[0]:
            self._subject.focus()

    def action_follow_up(self) -> None:
        """Copy the subject to the title of the follow-up action."""
        if not self._follow_up.value:
            self._follow_up.value = self._subject.value
        self._follow_up.focus()

    async def accept(self, values: dict[str, Any]) -> None:
        from ahtc_tui.domain.drafts.contacts import build_engagement_draft

        contacts = [values.pop(name) for name in ("who", *EXTRA_CONTACTS)]
        for name, sentence in (("subject", _("What was it about?")), ("who", _("Enter a name."))):
            if not (values.get(name) or any(contacts)) if name == "who" else not values[name]:
                self.show_error(sentence, name)
                raise BadInput(sentence)
        draft = build_engagement_draft({name: value for name, value in values.items() if value}, self._desk.today)
        named = [ref for ref in (*contacts, *self._more) if ref]
        self.written = await self._desk.run(engagement.add_engagement, named, draft)


class EngagementEditForm(FormScreen):
    """Form to correct a logged contact, or to complete a planned one. Only changed fields are written."""

    fields_of_column: ClassVar = {"held_on": ("on",), "text": ("note",)}

    def __init__(self, desk: Desk, owners: Sequence[Candidate], row: EngagementRow) -> None:
        who = join_lines(", ".join(row.who))
        super().__init__(_("Contact {ref} with {who}").format(ref=row.ref, who=who), desk.seen)
        self._desk, self._owners, self._row = desk, owners, row

    def rows(self) -> Iterable[FormRow]:
        return build_rows(ENGAGEMENT_FIELDS, self._row, self._desk.today, {OWNERS: self._owners})

    async def accept(self, values: dict[str, Any]) -> None:
        from ahtc_tui.domain.drafts.contacts import build_engagement_edit

        draft = build_engagement_edit({name: value or "" for name, value in values.items()}, self._desk.today)
        if draft.given_fields:
            await self._desk.run(engagement.edit_engagement, self._row.ref, draft)


def format_engagement(row: EngagementRow) -> str:
    """Return the confirmation of a logged contact."""
    follows = _(", {ref} follows").format(ref=row.follow_up) if row.follow_up else ""
    return _("{ref}: {kind} with {who}{follows}").format(
        ref=row.ref, kind=format_engagement_kind(row.kind), who=join_lines(", ".join(row.who)), follows=follows
    )


class AppointmentForm(FormScreen):
    """Form to appoint a holder from a day."""

    writes_all_fields = True

    def __init__(self, desk: Desk, people: Sequence[Candidate], ref: str, name: str, holder: str | None) -> None:
        super().__init__(_("New holder: {post}").format(post=join_lines(name)), desk.seen)
        self._desk, self._people, self._ref, self._holder = desk, people, ref, holder
        self.result: AppointmentReport | None = None
        self._erased_confirm = ErasedPersonConfirm(self)

    def rows(self) -> Iterable[FormRow]:
        reader = partial(read_date, today=self._desk.today)
        before = _("now {name}").format(name=join_lines(self._holder)) if self._holder else _("no known holder")
        self._person = PersonField(self._people, None, before)
        yield FormRow("person", _("Person"), self._person, _("a name outside the register is added"))
        yield FormRow("from_on", _("From"), DateField(reader, "", _("today")))
        yield FormRow("to_on", _("Until"), DateField(reader, "", _("not known")))
        how = [(_("holds the post"), "holds"), (_("acting, while the holder keeps the post"), "acting")]
        yield FormRow("how", _("How"), build_select(how, "holds", blank=False))

    async def accept(self, values: dict[str, Any]) -> None:
        if not values["person"]:
            self.show_error(_("Enter the name of the person."), "person")
            raise BadInput(_("Enter the name of the person."))
        first = values["from_on"] or DateAsKnown(self._desk.today)
        appointment = appointments.Appointment(first, values["to_on"], values["how"] == "acting")
        create_person = self._person.is_new
        with self._erased_confirm.check_name(values["person"]) as allow_erased:
            self.result = await self._desk.run(
                appointments.appoint_holder,
                values["person"],
                self._ref,
                appointment,
                create_person=create_person,
                allow_erased=allow_erased,
            )


class OpenPointsDialog(Dialog[None]):
    """Dialog with actions and seats that the former holder has in person; nothing is changed."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,escape,space", "dismiss(None)", gettext_noop("Close"), id="decide.close")
    ]

    def __init__(self, passing: AppointmentReport) -> None:
        super().__init__()
        self._passing = passing

    def compose(self) -> ComposeResult:
        former = ", ".join(self._passing.former)
        with Vertical():
            yield Plain(_("Held personally by {name}: to be reassigned").format(name=former), classes="title")
            for question in self._passing.questions:
                yield Plain(question)
            yield Plain(_("press enter to close   nothing was moved"), classes="keys")
