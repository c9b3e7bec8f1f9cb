"""The mode Contacts: who is who, whom to write to, and beside it what they hold and lead."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from textual import work

from ahtc_tui.domain.contacts.model import ContactRow, PartyKind
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.privacy.data_protection import ground_of
from ahtc_tui.services.contacts import service as contacts
from ahtc_tui.services.privacy import data_protection
from ahtc_tui.tui.base.party_options import candidates
from ahtc_tui.tui.base.record_screen import RecordScreen
from ahtc_tui.tui.contacts.card import sections
from ahtc_tui.tui.contacts.commands import appoint_to, choose_tier, engage_with, show_log
from ahtc_tui.tui.contacts.list import WhichContacts, columns
from ahtc_tui.tui.keys import bindings
from ahtc_tui.tui.keys.contacts import CONTACTS
from ahtc_tui.tui.widgets.confirm import complain, told
from ahtc_tui.tui.widgets.detail_pane import Section
from ahtc_tui.tui.widgets.record_line import Column
from ahtc_tui.tui.widgets.record_pages import ListSource, PageSource


class ContactsScreen(RecordScreen[ContactRow]):
    """People and posts; organisations when they are asked for."""

    noun = "contacts"
    nothing_yet = _("Nobody yet. n adds a person, post or body, 8 i brings in cards.")
    markable = True
    BINDINGS = bindings(*CONTACTS)

    def __init__(self) -> None:
        super().__init__()
        self._which = self._listed = WhichContacts.PEOPLE
        self._rows: list[ContactRow] = []

    def columns(self) -> Sequence[Column[ContactRow]]:
        """As the list has them."""
        return columns()

    async def source(self, text: str) -> PageSource[ContactRow]:
        """The contacts that hold the words; organisations where no person and no post does."""
        found = await self.desk.ask(contacts.list_parties, text, self._which.value)
        self._listed = self._which
        if not found and self._which is WhichContacts.PEOPLE:
            found = await self.desk.ask(contacts.list_parties, text, WhichContacts.ALL.value)
            self._listed = WhichContacts.ALL if found else self._which
        reviews = None
        if self._which is WhichContacts.TO_REVIEW:
            reviews = {row.ref: row.review_on for row in await self.desk.ask(data_protection.reviews)}
            found = sorted((row for row in found if row.ref in reviews), key=lambda row: reviews[row.ref])
        self._rows = found
        self.list_pane.choose_columns(columns(spoken=any(row.last_on for row in found), reviews=reviews))
        return ListSource(found, lambda row: row.key)

    async def sections(self, row: ContactRow) -> Iterable[Section]:
        """The card of a contact."""
        card = await self.desk.ask(contacts.show_contact, row.ref)
        review = await self.desk.ask(data_protection.review_of, row.ref) if row.kind is PartyKind.PERSON else None
        return tuple(sections(card, ground_of(review), self.desk.today))

    def order_words(self) -> str:
        """Who is listed."""
        return self._listed.label

    def action_next_which(self) -> None:
        """People and posts, organisations, all, whose review is due, and round again."""
        order = list(WhichContacts)
        self._which = order[(order.index(self._which) + 1) % len(order)]
        self.load(self.filter_bar.text)

    @work(group="write")
    async def action_new(self) -> None:
        """A new person, post or organisation."""
        from ahtc_tui.tui.contacts.form import ContactForm

        form = ContactForm(self.desk, await candidates(self.app, "organisation"))
        if await self.app.push_screen_wait(form) is not None and form.written is not None:
            self._added = form.written.ref
            self.app.wrote(_("{name} added").format(name=form.written.name))

    @work(group="write")
    async def action_edit(self) -> None:
        """The fields of one contact."""
        from ahtc_tui.tui.contacts.form import ContactForm

        if (row := self.list_pane.highlighted) is not None:
            with told(self.app):
                card = await self.desk.ask(contacts.show_contact, row.ref)
                form = ContactForm(self.desk, await candidates(self.app, "organisation"), card)
                if await self.app.push_screen_wait(form) is not None and form.written is not None:
                    self.app.wrote(_("{name} edited").format(name=form.written.name))

    @work(group="write")
    async def action_appoint(self) -> None:
        """Put a person in the post under the cursor."""
        with told(self.app):
            if (post := await self._post()) is not None:
                await appoint_to(self.app, post.ref, post.name, post.holder)

    @work(group="card")
    async def action_handover(self) -> None:
        """What passes on with the post under the cursor."""
        from ahtc_tui.tui.contacts.handover import HandOverScreen

        with told(self.app):
            if (post := await self._post()) is not None:
                self.app.push_screen(HandOverScreen(post.ref))

    @work(group="write")
    async def action_engage(self) -> None:
        """Write down a contact with the one under the cursor, or with the marked."""
        with told(self.app):
            await engage_with(self.app, self._chosen())

    @work(group="write")
    async def action_tier(self) -> None:
        """How often the contact under the cursor should be spoken to."""
        if (row := self.list_pane.highlighted) is not None:
            with told(self.app):
                await choose_tier(self.app, row.ref, row.name)

    @work(group="write")
    async def action_log(self) -> None:
        """When the contact under the cursor was spoken to."""
        if (row := self.list_pane.highlighted) is not None:
            with told(self.app):
                await show_log(self.app, row.ref, row.name)

    def action_duplicates(self) -> None:
        """Who may be here twice."""
        from ahtc_tui.tui.contacts.duplicates_screen import DuplicatesScreen

        self.app.push_screen(DuplicatesScreen())

    def _chosen(self) -> list[str]:
        """The references of the marked contacts, else of the one under the cursor."""
        if self.list_pane.marked:
            return [row.ref for row in self._rows if row.key in self.list_pane.marked]
        row: ContactRow | None = self.list_pane.highlighted
        return [row.ref] if row is not None else []

    @work(group="write")
    async def action_protect(self) -> None:
        """Why the person under the cursor, or the holder of the post, is held, and what an erasure would take."""
        from ahtc_tui.tui.contacts.data_protection import ProtectionScreen

        if (row := self.list_pane.highlighted) is None:
            return
        with told(self.app):
            person = row if row.kind is PartyKind.PERSON else await self.desk.ask(contacts.holder_of, row.ref)
            if person is None:
                complain(self.app, _("Stand on a person, or on a post that somebody holds."))
                return
            self.app.push_screen(ProtectionScreen(person.ref))

    async def _post(self) -> ContactRow | None:
        """The post under the cursor, or the one that the person under the cursor holds; told where there is none."""
        row: ContactRow | None = self.list_pane.highlighted
        if row is None or row.kind is PartyKind.POST:
            return row
        held = await self.desk.ask(contacts.posts_of, row.ref)
        if len(held) != 1:
            complain(self.app, _("Stand on the post: it is a post that has a holder."))
            return None
        return held[0]

    def find(self, ref: str) -> None:
        """Show one contact, whatever it is."""
        self._which = WhichContacts.ALL
        super().find(ref)
        self.load(ref)
