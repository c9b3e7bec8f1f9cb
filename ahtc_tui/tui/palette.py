"""The palette finds records as well as commands: actions, people, meetings, groups, minutes."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, cast

from textual.command import Hit, Hits, Provider
from textual.content import Content

from ahtc_tui.domain.safe import safe
from ahtc_tui.services.search import find

if TYPE_CHECKING:
    from ahtc_tui.tui.app import AhtcApp


class RecordFinder(Provider):
    """Records whose words begin with what is typed."""

    async def search(self, query: str) -> Hits:
        """The best twelve."""
        app = cast("AhtcApp", self.app)
        for place, hit in enumerate(await app.desk.ask(find, query, 12)):
            shown = Content.assemble((f"{safe(hit.ref)}  ", "bold"), safe(hit.title), (f"   {hit.kind}", "dim"))
            yield Hit(1 - place / 100, shown, partial(app.go, hit.kind, hit.ref), text=f"{hit.ref} {hit.title}")
