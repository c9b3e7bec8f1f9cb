"""Writes the edit of a line of minutes, with a question where somebody else changed the line meanwhile.

An amendment prints the post of the person at this desk, who is asked for it once.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from textual.widgets import Input

from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.meetings.model import LineRow
from ahtc_tui.domain.replication.overwrites import ChangedMeanwhile
from ahtc_tui.services.desk_people import find_desk_person, set_desk_person
from ahtc_tui.services.minutes import lifecycle
from ahtc_tui.services.minutes import service as minutes
from ahtc_tui.services.minutes.welsh_text import translate_line
from ahtc_tui.tui.base.desk_screen import DeskApp
from ahtc_tui.tui.base.service_threads import Desk
from ahtc_tui.tui.widgets.form import FormRow, FormScreen
from ahtc_tui.tui.widgets.overwrite_question import OURS, OverwriteQuestion


class LineEdit:
    """The edit of one line. Its desk checks that the line is still the one that was put into the input."""

    def __init__(self, app: DeskApp, desk: Desk, ref: str, line: LineRow, *, welsh: bool, locked: bool) -> None:
        self._app, self._desk, self._ref, self._line = app, desk, ref, line
        self._welsh, self._locked = welsh, locked

    async def store(self, text: str) -> None:
        """Write the text, unless the person keeps that of somebody else. Raises ChangedMeanwhile without an answer."""
        try:
            await self._write(text)
        except ChangedMeanwhile as error:
            label = _("Line {number}").format(number=self._line.number)
            answer = await self._app.push_screen_wait(OverwriteQuestion(label, error.overwrites))
            if answer is None or self._desk.seen is None:
                raise
            self._desk.seen.position = error.position
            if answer == OURS:
                await self.store(text)

    async def _write(self, text: str) -> None:
        """Edit the line, set its Welsh text, or amend it if the minutes are locked."""
        if self._welsh:
            await self._desk.run(translate_line, self._ref, self._line.key, text)
        elif self._locked:
            await ask_desk_person(self._app)
            await self._desk.run(lifecycle.amend_paragraph, self._ref, self._line.number, text)
        else:
            await self._desk.run(minutes.edit_line, self._ref, self._line.key, text)


async def ask_desk_person(desk_app: DeskApp) -> None:
    """Ask for name and post unless they are known; leaving the form stores nothing, and the question comes again."""
    if await desk_app.desk.run(find_desk_person) is None:
        await desk_app.push_screen_wait(DeskPersonForm(desk_app))


class DeskPersonForm(FormScreen):
    """Name and post of the person at this desk."""

    def __init__(self, desk_app: DeskApp) -> None:
        super().__init__(_("Who are you?"))
        self._desk_app = desk_app

    def rows(self) -> Iterable[FormRow]:
        yield FormRow("name", _("Name"), Input(compact=True))
        hint = _("minutes and papers name it, never your account; without it: Secretariat")
        yield FormRow("post", _("Post"), Input(compact=True), hint)

    async def accept(self, values: dict[str, Any]) -> None:
        """Store name and post."""
        await self._desk_app.desk.run(set_desk_person, values["name"], values["post"])
