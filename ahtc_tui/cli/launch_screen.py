"""Start of the screen. Only this module of the command line imports Textual."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from ahtc_tui.cli.console.context import Context
from ahtc_tui.cli.console.output import print_message
from ahtc_tui.domain.dates.date_as_known import format_long_date
from ahtc_tui.domain.errors import AhtcError, BadInput
from ahtc_tui.domain.i18n import _

if TYPE_CHECKING:
    from ahtc_tui.services.workspace import Workspace
    from ahtc_tui.tui.base.service_threads import Desk

WEB_DRIVER = "textual.drivers.web_driver:WebDriver"
"""The driver that `ahtc serve` sets, which shows the screen through pipes."""


def find_setting_faults(keymap: Mapping[str, str], theme: str) -> list[str]:
    """Return a sentence for each key of the keymap, and for a theme, that the screen does not know."""
    from ahtc_tui.tui.shell.app import AhtcApp

    return AhtcApp.find_setting_faults(keymap, theme)


def open_screen(context: Context, opening_page: str = "") -> int:
    """Run the screen on the workspace and return its exit code. Raises BadInput without a terminal.

    A folder without a database gets the first screen before. `opening_page` opens over Today: "import" or "tour".
    """
    from ahtc_tui.services.recovery.first_start import has_database

    _refuse_without_terminal()
    if not has_database(context.root):
        return _open_first_screen(context)
    return _run_screen(context, opening_page)


def open_trial(context: Context, root: Path | None = None) -> int:
    """Run the screen on a copy of the Wales 2013 data on the day of the trial; without a folder it is deleted later."""
    from ahtc_tui.domain.files.temporary_files import hold_temporary_folder
    from ahtc_tui.services.opening import make_workspace
    from ahtc_tui.services.recovery.first_start import TRIAL_DATA, TRIAL_DAY

    _refuse_without_terminal()
    with hold_temporary_folder() as temporary_folder:
        folder = root or temporary_folder
        make_workspace(folder, TRIAL_DATA)
        day = context.as_at or TRIAL_DAY
        context = replace(context, folder=str(folder), as_at=day)
        if root is not None:
            return _run_screen(context)
        sentence = _("Trial on {day}: a copy of the Wales 2013 data, deleted when you quit")
        banner = sentence.format(day=format_long_date(day))
        return _run_screen(context, "tour", banner)


def _refuse_without_terminal() -> None:
    if os.environ.get("TEXTUAL_DRIVER") == WEB_DRIVER:
        return
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise BadInput(_("The screen needs a terminal. Commands work without one: see `ahtc --help`."))
    if os.environ.get("TERM") == "dumb":
        raise BadInput(
            _(
                "The screen needs a terminal that can move its cursor, which `TERM=dumb` cannot."
                " `ahtc accessible` and all commands work in it."
            )
        )


def _open_first_screen(context: Context) -> int:
    """Ask how to begin, and open the screen on what was created."""
    from ahtc_tui.tui.welcome.app import LOG, TRIAL, WelcomeApp

    first_screen = WelcomeApp(context.root)
    first_screen.run()
    beginning = first_screen.beginning
    if beginning is None:
        return first_screen.return_code or 0
    if beginning.way == TRIAL:
        return open_trial(context)
    if beginning.key:
        context.keys[context.root] = beginning.key
    return open_screen(context, "import" if beginning.way == LOG else "")


def _run_screen(context: Context, opening_page: str = "", banner: str = "") -> int:
    os.environ.setdefault("TEXTUAL_FPS", "240")
    gc.disable()  # collecting during the imports costs a tenth of the time to the first screen
    message = ""
    while True:
        with context.open_workspace() as workspace:
            from ahtc_tui.services.surroundings.windows import register_window

            windows = register_window(workspace)
            desk = _start_reading(workspace)  # while the screen is imported
            from ahtc_tui.tui.shell.app import AhtcApp
            from ahtc_tui.tui.shell.opening import Opening

            opening = Opening(message, opening_page, banner)
            screen = AhtcApp(workspace, schedule_gc=True, opening=opening, windows=windows, desk=desk)
            try:
                screen.run()
            finally:
                windows.close()
            key = workspace.database.key
        if not screen.backup_to_restore:
            break
        message, opening_page = _restore_backup(context, screen.backup_to_restore, key), ""
    if (message := screen.crash_message or screen.closing_message) and not screen.has_lost_terminal:
        print_message(f"ahtc: {message}")
    return screen.return_code or 0


def _start_reading(workspace: Workspace) -> Desk:
    """Return the threads of the screen, which read Today already where the screen opens with it."""
    from ahtc_tui.services.settings.screen_state import read_screen_state
    from ahtc_tui.services.today import show_today
    from ahtc_tui.tui.base.service_threads import Desk

    desk = Desk(workspace)
    if read_screen_state(workspace).get("mode", "today") == "today":
        desk.read_ahead(show_today)
    return desk


def _restore_backup(context: Context, file: Path, key: str | None) -> str:
    """Restore a backup while no screen is open; return the sentence about it for the next one."""
    from ahtc_tui.services.recovery.restore import restore_backup

    try:
        report = restore_backup(context.root, file, context.as_at, key=key)
    except AhtcError as error:
        return str(error)
    replaced = report.replaced.name if report.replaced else "–"
    return _("Restored: {file}. The former database is kept as {replaced}.").format(file=file.name, replaced=replaced)
