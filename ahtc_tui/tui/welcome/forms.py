"""Forms of the first screen: who is at the desk, and the file of a pack or a backup."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from textual.widgets import Input

from ahtc_tui.domain.i18n import Language, _, get_current_language, switch_language
from ahtc_tui.services.surroundings import first_start
from ahtc_tui.tui.widgets.form import FormRow, FormScreen
from ahtc_tui.tui.widgets.select import build_select

LANGUAGES = (("English", Language.EN.value), ("Cymraeg", Language.CY.value))


class PersonForm(FormScreen):
    """Name, post and language of the person at the desk; saving creates the office."""

    def __init__(self, root: Path) -> None:
        super().__init__(_("Who are you? Minutes print your post, never your account"))
        self._root = root
        self.key: str | None = None

    def rows(self) -> Iterable[FormRow]:
        yield FormRow("name", _("Name"), Input(compact=True))
        yield FormRow("post", _("Post"), Input(compact=True), _("printed in documents; without it: Secretariat"))
        yield FormRow("language", _("Language"), build_select(LANGUAGES, get_current_language().value, blank=False))

    async def accept(self, values: dict[str, Any]) -> None:
        """Create the office."""
        language = Language(values["language"])
        await asyncio.to_thread(first_start.start_office, self._root, values["name"], values["post"], language)
        switch_language(language)


class FileForm(FormScreen):
    """The path of an office pack or of a backup, with its passphrase; saving creates the office from it."""

    def __init__(self, root: Path, *, is_pack: bool) -> None:
        super().__init__(_("Open an office pack") if is_pack else _("Restore a backup"))
        self._root, self._is_pack = root, is_pack
        self.key: str | None = None

    def rows(self) -> Iterable[FormRow]:
        backup = None if self._is_pack else first_start.find_newest_backup(self._root)
        yield FormRow(
            "file", _("File"), Input(str(backup or ""), compact=True), _("pasted or typed; ~ is your own folder")
        )
        hint = "" if self._is_pack else _("only if the backup is encrypted")
        yield FormRow("passphrase", _("Passphrase"), Input(password=True, compact=True), hint)

    async def accept(self, values: dict[str, Any]) -> None:
        """Create the office from the file."""
        create = first_start.open_office_pack if self._is_pack else first_start.restore_office
        self.key = await asyncio.to_thread(create, self._root, values["file"], values["passphrase"])
