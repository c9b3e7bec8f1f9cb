"""What is done from anywhere: screens that open over a mode, each imported when first opened; the daily backup."""

from __future__ import annotations

from textual import work
from textual.command import CommandPalette

from ahtc_tui.domain.i18n import _
from ahtc_tui.tui.base.desk_screen import DeskApp, DeskScreen
from ahtc_tui.tui.shell.record_modes import KINDS
from ahtc_tui.tui.widgets.confirm import told
from ahtc_tui.tui.widgets.dismiss_once import ClosesOnce

BACKUP_AFTER = 3.0
"""Seconds after the first screen: what a person does first is not slowed down."""


class Palette(ClosesOnce, CommandPalette):
    """Textual's, which a click beside it closes."""


class Navigation(DeskApp):
    """What the app opens."""

    def action_command_palette(self) -> None:
        """The palette: records by their words, and what can be done from anywhere."""
        if not isinstance(self.screen, CommandPalette):
            self.push_screen(Palette(id="--command-palette", placeholder=_("A record or a command")))

    def go(self, kind: str, ref: str) -> None:
        """Show a record in its mode."""
        if kind in ("commission", "paragraph"):
            self.action_commissions(ref)
            return
        self.switch_mode(KINDS.get(kind, "actions"))
        self.call_after_refresh(self._find, ref)

    def _find(self, ref: str) -> None:
        if isinstance(self.screen, DeskScreen):
            self.screen.find(ref)

    def action_show_keys(self) -> None:
        """The keys of this screen."""
        from ahtc_tui.tui.shell.key_help import KeysScreen

        self.push_screen(KeysScreen(self.screen))

    def take_minutes(self, ref: str) -> None:
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

    def back_up_soon(self) -> None:
        """Make the backup of the day, where it has none yet."""
        self.set_timer(BACKUP_AFTER, self._back_up)

    @work(group="backup")
    async def _back_up(self) -> None:
        from ahtc_tui.services import backup

        with told(self):
            await self.desk.work(backup.daily)

    def send_out(self, kind: str) -> None:
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
