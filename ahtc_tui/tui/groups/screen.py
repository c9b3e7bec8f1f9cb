"""The mode Groups: boards and fora, and beside them who sits there and what is promised to them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ahtc_tui.domain.groups import GroupRow
from ahtc_tui.domain.words import _
from ahtc_tui.services import groups
from ahtc_tui.tui.groups.card import sections
from ahtc_tui.tui.groups.list import columns
from ahtc_tui.tui.noun import NounScreen
from ahtc_tui.tui.widgets.card import Section
from ahtc_tui.tui.widgets.record_line import Column
from ahtc_tui.tui.widgets.record_pages import ListSource, PageSource


class GroupsScreen(NounScreen[GroupRow]):
    """Boards, fora, networks and other bodies."""

    noun = "groups"

    def columns(self) -> Sequence[Column[GroupRow]]:
        """As the list has them."""
        return columns(self.desk.today)

    async def source(self, text: str) -> PageSource[GroupRow]:
        """The groups that hold the words."""
        return ListSource(await self.desk.ask(groups.list_groups, text), lambda row: row.key)

    async def sections(self, row: GroupRow) -> Iterable[Section]:
        """The card of a group."""
        card = await self.desk.ask(groups.show_group, row.ref)
        return tuple(sections(card, await self.desk.ask(groups.open_actions, row.ref)))

    def order_words(self) -> str:
        """The one order there is."""
        return _("by name ↓")

    def find(self, ref: str) -> None:
        """Show one group; a seat ("idmg/ahtc") shows the group that it belongs to."""
        super().find(ref.partition("/")[0])
