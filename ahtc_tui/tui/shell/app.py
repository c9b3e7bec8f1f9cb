"""The app with its modes. The screen of a mode is imported when it is first shown."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from typing import TYPE_CHECKING, Any, ClassVar

from textual import events, work
from textual.binding import Binding
from textual.command import CommandPalette
from textual.signal import Signal

from ahtc_tui.domain.case_data.reporter import CaseDataReporter
from ahtc_tui.domain.errors import AhtcError
from ahtc_tui.domain.i18n import _
from ahtc_tui.services.settings.screen_state import read_screen_state
from ahtc_tui.tui.base.background_sync import BackgroundSync
from ahtc_tui.tui.base.desk_screen import DeskApp, DeskScreen
from ahtc_tui.tui.base.service_threads import Desk
from ahtc_tui.tui.base.unsaved_work import LossQuestion, list_unsaved_work, read_unsaved_values
from ahtc_tui.tui.keys import build_bindings
from ahtc_tui.tui.keys.key import format_key
from ahtc_tui.tui.shell.applied_settings import (
    apply_settings,
    recall_screens,
    remember_screens,
    remember_theme,
    remember_typed_text,
)
from ahtc_tui.tui.shell.crash_report import (
    find_cause,
    handle_exit_signals,
    misses_closed_screen,
    start_exit_timers,
    write_crash_log,
)
from ahtc_tui.tui.shell.idle_tasks import GcScheduler, WriteWatch
from ahtc_tui.tui.shell.lock import CoverScreen, IdleLock
from ahtc_tui.tui.shell.modes import (
    MODES_BY_KIND,
    SCREENS_BY_MODE,
    build_record_overlay,
    find_page_class,
    find_record_commands,
)
from ahtc_tui.tui.shell.opening import Opening, show_opening, warn_of_surroundings
from ahtc_tui.tui.shell.palette import OfficeCommands, Palette, RecordFinder
from ahtc_tui.tui.shell.reversal_progress import may_reverse, run_reversal
from ahtc_tui.tui.shell.themes import THEMES, ThemeStylesheet
from ahtc_tui.tui.widgets.confirm import errors_as_toasts, show_error_toast, show_toast
from ahtc_tui.tui.widgets.plain import ControlFilter, sanitize_text

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from ahtc_tui.services.new_names import NamedRecord
    from ahtc_tui.services.surroundings.windows import WindowRegistration
    from ahtc_tui.services.workspace import Workspace
    from ahtc_tui.tui.shell.screen_commands import ScreenCommand


LOCK_MINUTES = 15
"""Minutes without a key after which the screen of an encrypted workspace is covered, unless set otherwise."""
WINDOW_CHECK_SECONDS = 60.0
"""Interval in which this screen renews its registration and looks for others."""
BACKUP_DELAY_SECONDS = 3.0
"""Seconds between startup and the first backup, to keep the first screen responsive."""


class AhtcApp(DeskApp):
    """The app: modes, commands of every mode, undo, the crash log and automatic backups."""

    TITLE = "ahtc"
    CSS_PATH = "desk.tcss"
    MODES = SCREENS_BY_MODE
    DEFAULT_MODE = "today"
    COMMANDS: ClassVar[Any] = {RecordFinder, OfficeCommands}
    BINDINGS = build_bindings(
        *(
            "desk.menu",
            "desk.palette",
            "desk.lock",
            "desk.jump",
            "desk.editor",
            "desk.format",
            "desk.stop",
            "desk.own-office",
        ),
        *("conflict.open", "sync.open", "setting.open", "message.*"),
        *(f"mode.{mode}" for mode in MODES),
    )
    ENABLE_COMMAND_PALETTE = True
    wants_own_office = False
    """Whether the app was closed to start the own office."""

    def __init__(
        self,
        workspace: Workspace,
        *,
        schedule_gc: bool = False,
        opening: Opening | None = None,
        windows: WindowRegistration | None = None,
        desk: Desk | None = None,
    ) -> None:
        super().__init__()
        self._opening, self._windows = opening or Opening(), windows
        self.banner_text = self._opening.banner
        default_minutes = LOCK_MINUTES if workspace.database.key else 0
        self.idle_lock = IdleLock(self, default_minutes if workspace.lock_minutes is None else workspace.lock_minutes)
        self._gc_scheduler = GcScheduler(self) if schedule_gc else None
        self.desk = desk or Desk(workspace)
        self.desk.case_data_reporter = CaseDataReporter(self._show_case_data_warning)
        self.desk.jobs.job_added = self.watch_jobs
        self.crash_message = ""
        """Message for the terminal after an unexpected error; empty until then."""
        self.backup_to_restore: Path | None = None
        """The backup for which the app was closed."""
        self.closing_message = ""
        """What was not saved when a signal ended the app; empty until then."""
        self._text_task: asyncio.Future[None] | None = None
        """Remembers typed text after a signal."""
        self._filters.append(ControlFilter())
        self.changed = Signal(self, "changed")
        self.conflicts_changed = Signal(self, "conflicts_changed")
        self.background_sync = BackgroundSync(self, self.desk, self.changed)
        for theme in THEMES:
            self.register_theme(theme)
        self.animation_level = "none"  # nothing moves unless a person acts or the data changed
        self.theme = workspace.theme if workspace.theme in self.available_themes else "ahtc"
        self.stylesheet = ThemeStylesheet(self.get_css_variables())
        self.set_keymap(workspace.keymap)
        self.screen_state = read_screen_state(workspace)
        recall_screens(self)
        self._recall_mode(workspace.today().isoformat())

    def _recall_mode(self, today: str) -> None:
        """Begin with the mode that was left today; the first screen of a day is Today."""
        mode, _space, day = self.screen_state.get("mode", "").partition(" ")
        if mode in SCREENS_BY_MODE and day == today:
            self._current_mode, self._screen_stacks = mode, {mode: []}

    @staticmethod
    def find_setting_faults(keymap: Mapping[str, str], theme: str) -> list[str]:
        """Return a sentence for each key of the keymap, and for a theme, that does not exist."""
        from ahtc_tui.tui.shell.applied_settings import find_keymap_faults, find_theme_faults

        return [*find_keymap_faults(keymap), *find_theme_faults(theme)]

    def get_key_display(self, binding: Binding) -> str:
        """Return the name of a key as the documentation writes it."""
        return binding.key_display or format_key(binding.key.split(",")[0])

    @work(group="write")
    async def action_undo(self) -> None:
        """Undo the last change, after a question where it is a merge or this window did not write it."""
        from ahtc_tui.services import history

        with errors_as_toasts(self):
            step = await self.desk.run(history.find_step_to_undo)
            question = _("Undo this step? It was not made in this window.\n\n{label}\n{origin}")
            if await may_reverse(self, step, question, _("undo")):
                label = await run_reversal(self, history.undo_step, step)
                show_toast(self, _("Undone: {label}   press ctrl+r to redo").format(label=label), undo=False)
                self.changed.publish(None)

    @work(group="write")
    async def action_redo(self) -> None:
        """Redo the change undone last, after a question where it was not undone in this window."""
        from ahtc_tui.services import history

        with errors_as_toasts(self):
            step = await self.desk.run(history.find_step_to_redo)
            question = _("Redo this step? It was not undone in this window.\n\n{label}\nundone by {origin}")
            if await may_reverse(self, step, question, _("redo")):
                label = await run_reversal(self, history.redo_step, step)
                show_toast(self, _("Redone: {label}").format(label=label))
                self.changed.publish(None)

    async def action_quit(self) -> None:
        """Quit, after a question if something typed or chosen would be lost."""
        if isinstance(self.screen, LossQuestion) or (self.is_covered and self.list_unsaved_work()):
            self.bell()
        elif items := self.list_unsaved_work():
            question = LossQuestion(_("Quit? You would lose:"), items, yes=_("quit"), no=_("stay"))
            self.push_screen(question, self._exit_if)
        else:
            self.exit()

    def _exit_if(self, agreed: bool | None) -> None:
        if agreed:
            self.exit()
        else:
            self.wants_own_office = False

    async def action_own_office(self) -> None:
        """Leave the sample for the own office."""
        if not self._opening.is_sample:
            show_toast(self, _("This is your own office already."), undo=False)
            return
        self.wants_own_office = True
        await self.action_quit()

    def list_unsaved_work(self) -> list[str]:
        """Return what would be lost in all modes."""
        return list_unsaved_work(self.open_screens)

    @property
    def is_covered(self) -> bool:
        """Whether the screen is covered until the passphrase is typed."""
        return isinstance(self.screen, CoverScreen)

    def action_lock(self) -> None:
        """Cover the screen."""
        self.idle_lock.cover()

    async def on_event(self, event: events.Event) -> None:
        """Note that the app is used."""
        if isinstance(event, (events.Key, events.Paste, events.MouseDown)):
            self.idle_lock.note_key()
        await super().on_event(event)

    def action_help_quit(self) -> None:
        """Tell how to quit: many people try ctrl+c."""
        show_toast(self, _("Press ctrl+q to quit. You are asked first if unsaved text would be lost."), undo=False)

    def exit_by_signal(self, number: int) -> None:
        """Quit in order because the terminal closes or the system shuts down: nobody can be asked."""
        self.desk.jobs.stop()
        if items := self.list_unsaved_work():
            self.closing_message = _("Closed by a signal. Not saved: {items}.").format(items="; ".join(items))
        if texts := read_unsaved_values(self.open_screens):
            self.unsaved_texts |= texts
            self._text_task = asyncio.ensure_future(remember_typed_text(self))  # before anything else is closed
            self.closing_message += " " + _("Open the form again to get back what you typed.")
        self.exit(return_code=128 + number)

    def end_without_terminal(self) -> None:
        """Quit in order because the terminal is gone."""
        start_exit_timers(1, self.abandon_output)
        self.exit_by_signal(1)

    def _show_case_data_warning(self, sentence: str) -> None:
        """Show a warning about case data; called on the thread that writes, from which toasts are allowed."""
        self.notify(sanitize_text(sentence), severity="warning", timeout=10, markup=False)

    def action_command_palette(self) -> None:
        """Open the command palette."""
        if not isinstance(self.screen, CommandPalette) and not self.is_covered:
            self.push_screen(Palette(id="--command-palette", placeholder=_("Find a record or a command")))

    def show_record(self, kind: str, ref: str) -> None:
        """Switch to the mode of a kind of record and select the record there."""
        if kind in ("commission", "paragraph"):
            self.action_commissions(ref)
            return
        if kind == "promise":
            self.push_screen(find_page_class("promises")(ref))
            return
        self.switch_mode(MODES_BY_KIND.get(kind, "actions"))
        self.call_after_refresh(self._select_record, ref)

    def open_record(self, kind: str, ref: str) -> None:
        """Open a record over the screen."""
        if kind in ("commission", "paragraph"):
            self.action_commissions(ref)
        elif kind == "promise":
            self.push_screen(find_page_class("promises")(ref))
        else:
            self.push_screen(build_record_overlay(kind, ref))

    async def run_on_record(self, command: str, kind: str, ref: str) -> None:
        """Run a command of its mode on a record."""
        await find_record_commands(kind)[command](self, ref)

    def _select_record(self, ref: str) -> None:
        if isinstance(self.screen, DeskScreen):
            self.screen.select_record(ref)

    def action_show_keys(self) -> None:
        """Open the help page."""
        from ahtc_tui.tui.shell.key_help import KeysScreen

        self.push_screen(KeysScreen(self.screen), self._run_command)

    def action_menu(self) -> None:
        """Open the menu of the screen."""
        from ahtc_tui.tui.shell.palette import CommandMenu

        if not self.is_covered and not isinstance(self.screen, CommandMenu):
            self.push_screen(CommandMenu(self.screen), self._run_command)

    def _run_command(self, command: ScreenCommand | None) -> None:
        if command is not None:
            self.run_worker(command.run(), group="form")  # further keys wait for its screen

    async def add_named_record(self, kind: str, name: str) -> NamedRecord | None:
        """Add the record that a form names; a meeting in its own form, which has what the name says."""
        if kind != "meeting":
            return await super().add_named_record(kind, name)
        record: NamedRecord | None = await find_record_commands(kind)["add"](self, name)
        return record

    def open_minutes(self, ref: str) -> None:
        """Open the live minutes of a meeting."""
        from ahtc_tui.tui.minutes.screen import MinutesScreen

        self.push_screen(MinutesScreen(ref))

    def open_publication(self, document: str, ref: str) -> None:
        """Open the release list of a document that leaves the office."""
        from ahtc_tui.tui.publication.screen import ReleaseScreen

        self.push_screen(ReleaseScreen(document, ref))

    def open_answers(self, ref: str) -> None:
        """Open the answers of the members to the minutes of a meeting."""
        from ahtc_tui.tui.correspondence.answers import AnswersScreen

        self.push_screen(AnswersScreen(ref))

    def apply_settings(self) -> None:
        """Show the theme and the language that `ahtc.toml` sets."""
        self.run_worker(apply_settings(self), group="write")

    def restore_and_reopen(self, file: Path) -> None:
        """Close the app to restore a backup; `ahtc` restores it and opens the app again."""
        self.backup_to_restore = file
        self.exit()

    def action_commissions(self, ref: str = "", opens_form: bool = False) -> None:
        """Open the list of commissions, by choice with the form of a new one, or the commission with this reference."""
        from ahtc_tui.tui.commissions.paragraphs import ParagraphsScreen
        from ahtc_tui.tui.commissions.screen import CommissionsScreen

        self.push_screen(ParagraphsScreen(ref) if ref else CommissionsScreen(opens_form=opens_form))

    def schedule_backup(self) -> None:
        """Schedule a backup soon after the start, and further ones while the app is used."""
        self.set_timer(BACKUP_DELAY_SECONDS, self._back_up)
        if minutes := self.desk.workspace.keep.minutes:
            self.set_interval(minutes * 60, self._back_up)

    @work(group="backup")
    async def _back_up(self) -> None:
        """Make a backup if something was written since the newest one."""
        from ahtc_tui.services import backup

        with errors_as_toasts(self):
            await self.desk.run_long(backup.make_automatic_backup)

    def send_report(self, kind: str) -> None:
        """Write a file of the mode Reports, if that mode is on top."""
        from ahtc_tui.tui.reports.screen import ReportsScreen

        if isinstance(self.screen, ReportsScreen):
            self.screen.action_send_out(kind)

    @work(exclusive=True, group="conflicts")
    async def read_conflicts(self) -> None:
        """Read which records have values that wait for a decision; screens mark them."""
        from ahtc_tui.services.workspace import read_marks

        with errors_as_toasts(self):
            marks = await self.desk.run(read_marks)
            if marks != self.conflict_marks:
                self.conflict_marks = marks
                self.conflicts_changed.publish(None)

    def action_page(self, name: str) -> None:
        """Open a page over the screen, such as the backups, unless it is open."""
        page_class = find_page_class(name)
        if not isinstance(self.screen, page_class) and not self.screen.is_modal:
            self.push_screen(page_class())

    def action_settings(self) -> None:
        """Open the form of the settings."""
        from ahtc_tui.tui.settings.screen import edit_settings

        if not self.screen.is_modal:
            self.run_worker(edit_settings(self), group="form")

    def action_tour(self) -> None:
        """Show the six steps of the tour."""
        from ahtc_tui.tui.shell.tour import run_tour

        if not self.screen.is_modal:
            self.run_worker(run_tour(self), group="form")

    def _handle_exception(self, error: Exception) -> None:
        """Show domain errors of workers as toasts. Any other error is logged and ends the app.

        A domain error raised in a message handler ends the app as well: Textual stops the message pump of that widget.
        """
        cause = find_cause(error)
        if cause is not error and isinstance(cause, AhtcError):
            show_error_toast(self, str(cause))
        elif not misses_closed_screen(cause):
            self._end_with_crash_log(error, cause)

    def _end_with_crash_log(self, error: Exception, cause: BaseException) -> None:
        if self._exception is None:
            self._exception = error
            self.crash_message = write_crash_log(cause, self.desk.workspace.database.path.parent)
            with suppress(Exception):  # the fields of the screen that failed may be gone
                texts = read_unsaved_values(self.open_screens)
                # A text that has come back once is not kept again: it may be what the form cannot show.
                if texts := {key: values for key, values in texts.items() if values != self.restored_texts.get(key)}:
                    self.unsaved_texts |= texts
                    self.crash_message += " " + _("Open the form again to get back what you typed.")
            self._exception_event.set()
        self._return_code = 1
        self._close_messages_no_wait()

    async def on_mount(self) -> None:
        """Start to watch for writes and screens of other processes, before the first screen reads."""
        WriteWatch(self).start()
        self.changed.subscribe(self, lambda _signal: self.read_conflicts())
        self.idle_lock.start()
        if self._windows:
            await self._find_other_windows()
            self.set_interval(WINDOW_CHECK_SECONDS, self._find_other_windows)

    async def _find_other_windows(self) -> None:
        """Show who else has the workspace open. One on another computer makes this app read-only from its start."""
        assert self._windows
        self._windows.renew()
        others = await asyncio.to_thread(self._windows.find_others)
        text = self.desk.workspace.database.read_only_reason or (others[0].format_banner() if others else "")
        text = text or self._opening.banner
        if text != self.banner_text:
            self.banner_text = text
            for screen in self.open_screens:
                if isinstance(screen, DeskScreen) and screen.is_mounted:
                    screen.show_banner()

    def on_ready(self) -> None:
        """Show the opening page.

        Start garbage collection, automatic backups and signal handlers, unless the app runs inside another process.
        """
        self.read_conflicts()
        self.theme_changed_signal.subscribe(
            self, lambda _theme: self.run_worker(remember_theme(self), group="theme", exclusive=True)
        )
        show_opening(self, self._opening)
        self.repeat_keys(self._opening.keys)
        if self._gc_scheduler is not None:
            self._gc_scheduler.start()
            if not self.desk.workspace.database.read_only_reason:
                self.schedule_backup()
                self.background_sync.start()
            self.run_worker(warn_of_surroundings(self), group="surroundings")
            handle_exit_signals(self.exit_by_signal, self.abandon_output)

    async def on_unmount(self) -> None:
        if self._text_task is not None:
            await self._text_task
        await remember_screens(self)
        self.background_sync.close()
        self.desk.close()
