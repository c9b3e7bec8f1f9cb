"""The mode Contacts: who is who, whom to write to, and beside it what they hold and lead."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ahtc_tui.domain.contacts import ContactRow
from ahtc_tui.services import contacts
from ahtc_tui.tui.contacts.card import sections
from ahtc_tui.tui.contacts.list import WhichContacts, columns
from ahtc_tui.tui.keys import bindings
from ahtc_tui.tui.keys.contacts import CONTACTS
from ahtc_tui.tui.noun import NounScreen
from ahtc_tui.tui.widgets.card import Section
from ahtc_tui.tui.widgets.record_line import Column
from ahtc_tui.tui.widgets.record_pages import ListSource, PageSource


class ContactsScreen(NounScreen[ContactRow]):
    """People and posts; organisations when they are asked for."""

    noun = "contacts"
    BINDINGS = bindings(*CONTACTS)

    def __init__(self) -> None:
        super().__init__()
        self._which = WhichContacts.PEOPLE

    def columns(self) -> Sequence[Column[ContactRow]]:
        """As the list has them."""
        return columns()

    async def source(self, text: str) -> PageSource[ContactRow]:
        """The contacts that hold the words."""
        found = await self.desk.ask(contacts.list_parties, text, self._which.value)
        return ListSource(found, lambda row: row.key)

    async def sections(self, row: ContactRow) -> Iterable[Section]:
        """The card of a contact."""
        card = await self.desk.ask(contacts.show_contact, row.ref)
        return tuple(sections(card, await self.desk.ask(contacts.lawful_basis, row.ref)))

    def order_words(self) -> str:
        """Who is listed."""
        return self._which.label

    def action_next_which(self) -> None:
        """People and posts, organisations, all, and round again."""
        order = list(WhichContacts)
        self._which = order[(order.index(self._which) + 1) % len(order)]
        self.load(self.filter_bar.text)

    def find(self, ref: str) -> None:
        """Show one contact, whatever it is."""
        self._which = WhichContacts.ALL
        super().find(ref)
        self.load(ref)
