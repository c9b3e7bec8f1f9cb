"""Providers of the command palette: commands of the app, and records."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, cast

from textual.command import DiscoveryHit, Hit, Hits, Provider
from textual.content import Content

from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.record_names import format_record_kind
from ahtc_tui.tui.shell.language_switch import LANGUAGE_NAMES, find_other_language, start_language_switch
from ahtc_tui.tui.widgets.confirm import errors_as_toasts
from ahtc_tui.tui.widgets.plain import join_lines

if TYPE_CHECKING:
    from collections.abc import Callable

    from ahtc_tui.domain.text.search_hit import SearchHit
    from ahtc_tui.tui.base.desk_screen import DeskApp


class OfficeCommands(Provider):
    """Commands that work in every mode."""

    def _list_commands(self) -> list[tuple[str, str, Callable[[], Any]]]:
        app = cast("DeskApp", self.app)
        return [
            (_("Import files"), _("Returns, logs, calendars, answers, contacts"), app.action_bring_in),
            (_("Reports"), _("Returns, chasers, logs and registers as files"), lambda: self._show_mode("reports")),
            (_("Back up"), _("A full, checked copy of the database"), partial(self._send_report, "backup")),
            (_("Backups"), _("List the backups, and restore one"), app.action_backups),
            (_("Export everything"), _("Every record as one archive"), partial(self._send_report, "everything")),
            (_("Decisions"), _("The decision register"), app.action_decisions),
            (_("Commissions"), _("Papers requested by others, question by question"), app.action_commissions),
            (_("Texts to translate"), _("Texts that wait for Welsh"), app.action_welsh),
            (_("Conflicts"), _("Conflicting edits to decide"), app.action_conflicts),
            (_("Sync"), _("The office hub: last sync, what came in, what waits to be sent"), app.action_sync),
            (_("Keys"), _("Show the keys of this screen"), app.action_show_keys),
            (
                _("Language: {name}").format(name=LANGUAGE_NAMES[find_other_language()]),
                " / ".join(LANGUAGE_NAMES.values()),
                partial(start_language_switch, app),
            ),
            (_("Theme"), _("Other colours"), app.search_themes),
            (_("Lock"), _("Cover the screen until the passphrase is typed"), app.action_lock),
            (_("Quit"), _("Quit; asks first if unsaved text would be lost"), app.action_quit),
        ]

    def _show_mode(self, mode: str) -> None:
        self.app.switch_mode(mode)

    def _send_report(self, kind: str) -> None:
        """Write a file in the mode Reports, which shows the result."""
        app = cast("DeskApp", self.app)
        app.switch_mode("reports")
        app.call_after_refresh(app.send_report, kind)

    async def discover(self) -> Hits:
        """Yield all commands."""
        for name, words, run in self._list_commands():
            yield DiscoveryHit(name, run, help=words)

    async def search(self, query: str) -> Hits:
        """Yield the commands with a word that begins with the query."""
        prefix = query.casefold()
        for name, words, run in self._list_commands():
            if name.casefold().startswith(prefix):
                yield Hit(2, Content(name), run, help=words)
            elif any(word.startswith(prefix) for word in words.casefold().split()):
                yield Hit(0.5, Content(name), run, help=words)


class RecordFinder(Provider):
    """Records found by the full-text index."""

    async def search(self, query: str) -> Hits:
        """Yield the twelve best matches."""
        from ahtc_tui.services.search import search_records

        app = cast("DeskApp", self.app)
        hits: list[SearchHit] = []
        with errors_as_toasts(app):
            hits = await app.desk.run(search_records, query, 12)
        for index, hit in enumerate(hits):
            kind = format_record_kind(hit.kind)
            label = Content.assemble(join_lines(hit.title), (f"   {kind}", "dim not bold"))
            if hit.ref != hit.ref.lower():  # generated references are lower case and not shown
                label = Content.assemble(f"{join_lines(hit.ref)}  ", label)
            yield Hit(
                1 - index / 100, label, partial(app.show_record, hit.kind, hit.ref), text=f"{hit.ref} {hit.title}"
            )
