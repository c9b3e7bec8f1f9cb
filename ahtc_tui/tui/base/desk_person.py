"""Asks who sits at this desk: once, before the first document that prints the name."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from textual.widgets import Input

from ahtc_tui.domain.i18n import _
from ahtc_tui.services.desk_people import find_desk_person, set_desk_person
from ahtc_tui.tui.base.desk_screen import DeskApp
from ahtc_tui.tui.widgets.form import FormRow, FormScreen


async def ask_desk_person(desk_app: DeskApp) -> None:
    """Ask for name and post unless they are known; leaving the form stores nothing, and the question comes again."""
    if await desk_app.desk.run(find_desk_person) is None:
        await desk_app.push_screen_wait(DeskPersonForm(desk_app))


class DeskPersonForm(FormScreen):
    """Name and post of the person at this desk."""

    def __init__(self, desk_app: DeskApp) -> None:
        super().__init__(_("Who are you? Minutes print your post, never your account"))
        self._desk_app = desk_app

    def rows(self) -> Iterable[FormRow]:
        yield FormRow("name", _("Name"), Input(compact=True))
        yield FormRow("post", _("Post"), Input(compact=True), _("printed in documents; without it: Secretariat"))

    async def accept(self, values: dict[str, Any]) -> None:
        """Store name and post."""
        await self._desk_app.desk.run(set_desk_person, values["name"], values["post"])
