"""The Contacts mode: list of contacts with the card of the selected one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from enum import Enum
from functools import partialmethod

from textual import on, work

from ahtc_tui.domain.contacts.card import Ground, build_fact_rows, build_kind_rows, build_lists, format_name
from ahtc_tui.domain.contacts.model import ContactCard, ContactRow, OrganisationKind, PartyKind
from ahtc_tui.domain.dates.calendar_names import format_short_month
from ahtc_tui.domain.dates.date_as_known import Precision
from ahtc_tui.domain.filters.model import FilterNoun
from ahtc_tui.domain.i18n import _, gettext_noop, ngettext
from ahtc_tui.domain.privacy.data_protection import format_review_ground
from ahtc_tui.services.contacts import service as contacts
from ahtc_tui.services.privacy import data_protection
from ahtc_tui.tui.base.party_options import list_candidates
from ahtc_tui.tui.base.repeated_command import RepeatingScreen
from ahtc_tui.tui.contacts.commands import COMMANDS, open_appointment_form, open_engagement_form
from ahtc_tui.tui.keys import build_bindings
from ahtc_tui.tui.widgets.column_widths import Column, build_stated_columns
from ahtc_tui.tui.widgets.confirm import errors_as_toasts, show_error_toast
from ahtc_tui.tui.widgets.detail_pane import (
    Gap,
    Heading,
    Item,
    Para,
    Section,
    Title,
    build_facts,
    build_source_sections,
)
from ahtc_tui.tui.widgets.plain import format_heading
from ahtc_tui.tui.widgets.record_list import RecordList
from ahtc_tui.tui.widgets.record_pages import ListSource, PageSource


def build_sections(card: ContactCard, ground: Ground, today: date) -> Iterator[Section]:
    """Return the sections of the card from top to bottom."""
    row = card.row
    yield Title(row.short or "", format_name(card))
    yield Para("   ".join(text for _label, values in build_kind_rows(card) for text in values))
    yield Gap()
    yield from build_facts(build_fact_rows(card, ground, today))
    for label, lines in build_lists(card):
        if lines:
            yield Gap()
            yield Heading(format_heading(label, len(lines)))
            yield from (Item(line) for line in lines)
    yield Gap()
    yield from build_source_sections(row.source, card.source_notes)


POST_ACTIONS = frozenset(("appoint", "handover"))
"""Actions on a post, or on the post of a person."""


class ContactScope(Enum):
    """Scope of the list."""

    PEOPLE = (PartyKind.PERSON, PartyKind.POST)
    ORGANISATIONS = (PartyKind.ORGANISATION,)
    ALL = (PartyKind.PERSON, PartyKind.POST, PartyKind.ORGANISATION)
    TO_REVIEW = (PartyKind.PERSON,)

    def name_rows(self, total: int) -> str:
        """Return the noun of the rows for their number."""
        match self:
            case ContactScope.PEOPLE:
                return ngettext("person or post", "people and posts", total)
            case ContactScope.ORGANISATIONS:
                return ngettext("organisation", "organisations", total)
            case ContactScope.ALL:
                return ngettext("contact", "contacts", total)
        return ngettext("data protection review due", "data protection reviews due", total)


class ContactsScreen(RepeatingScreen[ContactRow]):
    """List of people and posts, by choice with organisations."""

    noun = "contacts"
    filter_noun = FilterNoun.CONTACTS
    removed_noun = "contact"
    empty_hint = gettext_noop("There are no contacts yet. Press n to add one, or 8 and i to import cards.")
    markable = True
    row_actions = frozenset(
        (
            "edit",
            "appoint",
            "handover",
            "protect",
            "engage",
            "leaving",
            "tier",
            "log",
            "interests",
            "copy_ref",
            "repeat",
        )
    )
    BINDINGS = build_bindings("contact.*")

    def __init__(self) -> None:
        super().__init__()
        self._scope = self._listed_scope = ContactScope.PEOPLE
        self._rows: list[ContactRow] = []
        self._columns = contact_columns()
        self._begins_with_own_post = False

    def restore_place(self, text: str, ref: str) -> None:
        """Set the filter, and the contact for the cursor: the user's own post where none is remembered."""
        super().restore_place(text, ref)
        self._begins_with_own_post = not text and not ref

    def build_columns(self) -> Sequence[Column[ContactRow]]:
        return self._columns

    build_new_columns = build_columns

    async def load_source(self, text: str) -> PageSource[ContactRow]:
        """Return the contacts that match the filter text, or organisations if no person or post matches."""
        if self._begins_with_own_post and not text and (own_post := await self.desk.run(contacts.find_own_post)):
            self._added_ref = own_post.ref
        self._begins_with_own_post = False
        rows = await self.desk.show(contacts.list_parties, text, self._scope.value)
        self._listed_scope = self._scope
        if not rows and self._scope is ContactScope.PEOPLE:
            rows = await self.desk.show(contacts.list_parties, text, ContactScope.ALL.value)
            self._listed_scope = ContactScope.ALL if rows else self._scope
        reviews = None
        if self._scope is ContactScope.TO_REVIEW:
            reviews = {row.ref: row.review_on for row in await self.desk.run(data_protection.list_reviews)}
            rows = sorted((row for row in rows if row.ref in reviews), key=lambda row: reviews[row.ref])
        self._rows = rows
        self._columns = contact_columns(
            spoken=any(row.last_on for row in rows),
            reviews=reviews,
            has_holders=any(row.kind is not PartyKind.ORGANISATION for row in rows),
        )
        return ListSource(rows, lambda row: row.key)

    async def load_sections(self, row: ContactRow) -> Iterable[Section]:
        card = await self.desk.show(contacts.show_contact, row.ref)
        review = await self.desk.run(data_protection.show_review, row.ref) if row.kind is PartyKind.PERSON else None
        return tuple(build_sections(card, format_review_ground(review), self.desk.today))

    def empty_text(self, text: str) -> str:
        """Return the text of an empty list; no review due does not mean that there are no contacts."""
        if not text and self._listed_scope is ContactScope.TO_REVIEW:
            return _("No data protection review is due.")
        if not text and self._listed_scope is ContactScope.ORGANISATIONS:
            return _("There are no organisations yet. Press n to add one.")
        return super().empty_text(text)

    def name_rows(self, total: int) -> str:
        return self._listed_scope.name_rows(total)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Disable the commands of a post on an organisation."""
        return None if self._needs_post(action) else super().check_action(action, parameters)

    def explain_disabled(self, action: str) -> str:
        """Return why an action is disabled."""
        return _("Select a post first.") if self._needs_post(action) else super().explain_disabled(action)

    def _needs_post(self, action: str) -> bool:
        """Return whether an action is for posts and the selected row is an organisation."""
        row = self.selected_row if self.has_widgets and action in POST_ACTIONS else None
        return row is not None and row.kind is PartyKind.ORGANISATION

    @on(RecordList.Highlighted)
    def _refresh_keys(self) -> None:
        self.refresh_bindings()

    def action_next_which(self) -> None:
        """Change to the next scope: people and posts, organisations, all, review due."""
        order = list(ContactScope)
        self._scope = order[(order.index(self._scope) + 1) % len(order)]
        self.load_rows(self.filter_bar.text)

    @work(group="write")
    async def action_new(self) -> None:
        from ahtc_tui.tui.contacts.forms import ContactForm

        form = ContactForm(self.desk, await list_candidates(self.app, "organisation"))
        if await self.app.push_screen_wait(form) is not None and form.written is not None:
            self._added_ref = form.written.ref
            self.app.announce_write(_("{name} added").format(name=form.written.name))

    async def run_command(self, command: str, ref: str) -> None:
        with errors_as_toasts(self.app):
            await COMMANDS[command](self.app, ref, next((row.name for row in self._rows if row.ref == ref), ref))

    action_edit = partialmethod(RepeatingScreen.run_on_row, "edit")
    action_tier = partialmethod(RepeatingScreen.run_on_row, "tier")
    action_log = partialmethod(RepeatingScreen.run_on_row, "log")
    action_interests = partialmethod(RepeatingScreen.run_on_row, "interests")

    @work(group="write")
    async def action_appoint(self) -> None:
        """Appoint a holder of the selected post."""
        with errors_as_toasts(self.app):
            if (post := await self._find_post()) is not None:
                await open_appointment_form(self.app, post.ref, post.name, post.holder)

    @work(group="over")
    async def action_handover(self) -> None:
        """Open the handover of the selected post."""
        from ahtc_tui.tui.contacts.departure import HandOverScreen

        with errors_as_toasts(self.app):
            if (post := await self._find_post()) is not None:
                self.app.push_screen(HandOverScreen(post.ref))

    @work(group="write")
    async def action_engage(self) -> None:
        """Log a contact with the selected party, or with the marked ones."""
        with errors_as_toasts(self.app):
            await open_engagement_form(self.app, self.list_selected_refs())

    def action_months(self) -> None:
        """Open the contacts by month, and select the contact opened there."""
        from ahtc_tui.tui.contacts.months import EngagementMonthsScreen

        self.app.push_screen(EngagementMonthsScreen(), lambda ref: self.select_record(ref) if ref else None)

    def action_duplicates(self) -> None:
        """Open the possible duplicates."""
        from ahtc_tui.tui.contacts.duplicates_screen import DuplicatesScreen

        self.app.push_screen(DuplicatesScreen())

    def list_selected_refs(self) -> list[str]:
        if self.list_pane.marked:
            return [row.ref for row in self._rows if row.key in self.list_pane.marked]
        row: ContactRow | None = self.list_pane.highlighted
        return [row.ref] if row is not None else []

    @work(group="write")
    async def action_protect(self) -> None:
        """Open data protection for the selected person or the holder of the selected post."""
        from ahtc_tui.tui.contacts.data_protection import ProtectionScreen

        with errors_as_toasts(self.app):
            if (person := await self._find_person()) is not None:
                self.app.push_screen(ProtectionScreen(person.ref))

    @work(group="write")
    async def action_leaving(self) -> None:
        """Ask who leaves, by default the selected person or the holder of the selected post; show what they hold."""
        from ahtc_tui.tui.contacts.departure import open_departure

        row = self.selected_row
        with errors_as_toasts(self.app):
            if row is not None and row.kind is PartyKind.POST:
                row = await self.desk.run(contacts.find_holder, row.ref)
            await open_departure(self.app, row.ref if row else None)

    async def _find_person(self) -> ContactRow | None:
        """Return the selected person, or the holder of the selected post; shows a message if there is none."""
        row: ContactRow | None = self.list_pane.highlighted
        if row is None or row.kind is PartyKind.PERSON:
            return row
        holder = await self.desk.run(contacts.find_holder, row.ref)
        if holder is None:
            show_error_toast(self.app, _("Select a person, or a post with a holder."))
        return holder

    async def _find_post(self) -> ContactRow | None:
        """Return the selected post, or the post of the selected person; shows a message if there is none."""
        row: ContactRow | None = self.list_pane.highlighted
        if row is None or row.kind is PartyKind.POST:
            return row
        posts = await self.desk.run(contacts.list_held_posts, row.ref)
        if len(posts) != 1:
            show_error_toast(self.app, _("Select a post first."))
            return None
        return posts[0]

    def select_record(self, ref: str) -> None:
        """Select a contact, and change the scope if it hides the contact."""
        self._scope = ContactScope.ALL
        super().select_record(ref)
        self.load_rows(ref)


def contact_columns(
    *, spoken: bool = False, reviews: Mapping[str, date] | None = None, has_holders: bool = True
) -> Sequence[Column[ContactRow]]:
    """Return the columns name, kind, holder or organisation, and address.

    The date of the last contact is a column too unless the card shows it; in the scope "review due" the review date is.
    """
    return (
        Column(_("Name"), None, format_full_name, sort="name", value=lambda row: row.name),
        Column(_("Kind"), 15, format_kind, optional=True, style=lambda _row: "muted", sort="kind", under="address"),
        Column(
            _("Holder or body") if has_holders else _("Body or area"),
            None,
            format_holder,
            style=lambda _row: "muted",
            sort="body",
            under="name",
        ),
        Column(
            _("Email"),
            34,
            lambda row: row.email or _("no address"),
            style=lambda row: "" if row.email else "muted",
            least=12,
            grows=True,
            sort="address",
            value=lambda row: row.email,
        ),
        Column(_("Phone"), 16, lambda row: row.phone or "", optional=True, sort="phone", under="address"),
        *build_stated_columns(ContactRow),
        *_build_date_column(spoken, reviews),
    )


def _build_date_column(spoken: bool, reviews: Mapping[str, date] | None) -> Iterator[Column[ContactRow]]:
    """Yield the column of review dates, or that of the last contacts."""
    if reviews is not None:
        days = {ref: format_short_day(day) for ref, day in reviews.items()}
        yield Column(_("Review on"), 10, lambda row: days.get(row.ref, ""), style=lambda _row: "late")
    elif spoken:
        yield Column(
            _("Contacted"),
            10,
            format_last_contact,
            style=lambda _row: "muted",
            sort="contacted",
            value=lambda row: row.last_on,
        )


def format_short_day(day: date) -> str:
    """Format a day in at most nine cells."""
    return f"{day.day} {format_short_month(day.month)} {day.year % 100:02}"


def format_last_contact(row: ContactRow) -> str:
    """Format the day of the last real contact; empty if there is none."""
    if row.last_on is None:
        return ""
    if row.last_on.precision is Precision.DAY:
        return format_short_day(row.last_on.latest)
    return str(row.last_on)


def format_full_name(row: ContactRow) -> str:
    """Return the name, after the short name if there is one."""
    return f"{row.short}  {row.name}" if row.short else row.name


def format_holder(row: ContactRow) -> str:
    """Return the current holder of a post; for a vacant post and other contacts, the organisation or area."""
    return row.holder or row.organisation or row.area or ""


def format_kind(row: ContactRow) -> str:
    """Return "Person", "Post" or the kind of organisation."""
    return OrganisationKind(row.organisation_kind).label if row.organisation_kind else row.kind.label
