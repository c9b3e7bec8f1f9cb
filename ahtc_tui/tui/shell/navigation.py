"""What is done from anywhere: screens that open over a mode, each imported when first opened; the daily backup."""

from __future__ import annotations

from textual import work
from textual.command import CommandPalette

from ahtc_tui.domain.i18n import _
from ahtc_tui.tui.base.desk_screen import DeskApp, DeskScreen
from ahtc_tui.tui.shell.record_modes import MODES_BY_KIND
from ahtc_tui.tui.widgets.confirm import errors_as_toasts
from ahtc_tui.tui.widgets.dismiss_once import DismissOnce

BACKUP_DELAY_SECONDS = 3.0
"""Seconds after the first screen: what a person does first is not slowed down."""


class Palette(DismissOnce, CommandPalette):
    """Textual's, which a click beside it closes."""


class Navigation(DeskApp):
    """What the app opens."""

    def action_command_palette(self) -> None:
        """The palette: records by their words, and what can be done from anywhere."""
        if not isinstance(self.screen, CommandPalette):
            self.push_screen(Palette(id="--command-palette", placeholder=_("A record or a command")))

    def show_record(self, kind: str, ref: str) -> None:
        """Show a record in its mode."""
        if kind in ("commission", "paragraph"):
            self.action_commissions(ref)
            return
        self.switch_mode(MODES_BY_KIND.get(kind, "actions"))
        self.call_after_refresh(self._select_record, ref)

    def _select_record(self, ref: str) -> None:
        if isinstance(self.screen, DeskScreen):
            self.screen.select_record(ref)

    def action_show_keys(self) -> None:
        """The keys of this screen."""
        from ahtc_tui.tui.shell.key_help import KeysScreen

        self.push_screen(KeysScreen(self.screen))

    def open_minutes(self, ref: str) -> None:
        """Open the live minutes of a meeting."""
        from ahtc_tui.tui.minutes.screen import MinutesScreen

        self.push_screen(MinutesScreen(ref))

    def action_decisions(self) -> None:
        """Open the decision register."""
        from ahtc_tui.tui.decisions.screen import DecisionsScreen

        self.push_screen(DecisionsScreen())

    def action_commissions(self, ref: str = "") -> None:
        """Open the papers that others ask for, or one of them."""
        from ahtc_tui.tui.commissions.paragraphs import ParagraphsScreen
        from ahtc_tui.tui.commissions.screen import CommissionsScreen

        self.push_screen(ParagraphsScreen(ref) if ref else CommissionsScreen())

    def schedule_backup(self) -> None:
        """Make the backup of the day, where it has none yet."""
        self.set_timer(BACKUP_DELAY_SECONDS, self._run_daily_backup)

    @work(group="backup")
    async def _run_daily_backup(self) -> None:
        from ahtc_tui.services import backup

        with errors_as_toasts(self):
            await self.desk.run_long(backup.make_daily_backup)

    def send_report(self, kind: str) -> None:
        """Make one of the files of Reports, where Reports stands on top."""
        from ahtc_tui.tui.reports.screen import ReportsScreen

        if isinstance(self.screen, ReportsScreen):
            self.screen.action_send_out(kind)

    def action_conflicts(self) -> None:
        """Open what two people wrote apart."""
        from ahtc_tui.tui.replication.conflicts_screen import ConflictsScreen

        self.push_screen(ConflictsScreen())

    def action_bring_in(self) -> None:
        """Choose files to bring in."""
        from ahtc_tui.tui.imports.files import FilesScreen

        self.push_screen(FilesScreen())
