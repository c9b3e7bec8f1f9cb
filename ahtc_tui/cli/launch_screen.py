"""Start of the screen. Only this module of the command line imports Textual."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from ahtc_tui.cli.console.context import Context
from ahtc_tui.cli.console.output import print_message
from ahtc_tui.cli.console.terminal_signs import name_window
from ahtc_tui.domain.dates.date_as_known import format_long_date
from ahtc_tui.domain.errors import AhtcError, BadInput, Refused
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
    return _run_screen(context, opening_page).code


def open_trial(context: Context, root: Path | None = None) -> int:
    """Run the screen on the sample on its day; without a folder it is deleted later.

    A folder with the sample is opened again. From the sample one key starts the own office in the folder of the
    context. Raises Refused for a folder with an office that is not the sample.
    """
    from ahtc_tui.domain.files.temporary_files import hold_temporary_folder
    from ahtc_tui.services.recovery.first_start import TRIAL_DAY, has_database, is_sample, make_sample

    _refuse_without_terminal()
    with hold_temporary_folder() as temporary_folder:
        folder = root or temporary_folder
        is_new = not has_database(folder)
        if is_new:
            make_sample(folder)
        day = context.as_at or TRIAL_DAY
        sample = replace(context, folder=str(folder), as_at=day)
        with sample.open_workspace() as workspace:
            if not is_sample(workspace):
                raise Refused(_("{path} has an office already. Name another folder.").format(path=folder))
        sentence = _("Sample of 2013 on {day}; its meetings and updates are invented. Press 9 to start your own office")
        banner = sentence.format(day=format_long_date(day))
        closed = _run_screen(sample, "tour" if is_new else "", banner, is_sample=True)
    if closed.wants_own_office:
        return _open_first_screen(context, asks=True) if not has_database(context.root) else open_screen(context)
    return closed.code


def _refuse_without_terminal() -> None:
    if os.environ.get("TEXTUAL_DRIVER") == WEB_DRIVER:
        return
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise BadInput(_("The screen needs a terminal. Commands work without one. See `ahtc --help`."))
    if os.environ.get("TERM") == "dumb":
        raise BadInput(
            _(
                "The screen needs a terminal with a movable cursor, and `TERM=dumb` has none. `ahtc accessible` and "
                "all commands work in it."
            )
        )


class ClosedScreen(NamedTuple):
    """How the screen was closed."""

    code: int
    wants_own_office: bool = False
    """Whether the person asked in the sample for the own office."""


def _open_first_screen(context: Context, *, asks: bool = False) -> int:
    """Ask how to begin, or with `asks` for the own office at once, and open the screen on what was created."""
    from ahtc_tui.tui.welcome.app import LOG, TRIAL, WelcomeApp

    first_screen = WelcomeApp(context.root, asks=asks)
    first_screen.run()
    beginning = first_screen.beginning
    if beginning is None:
        return first_screen.return_code or 0
    if beginning.way == TRIAL:
        return open_trial(context)
    if beginning.key:
        context.keys[context.root] = beginning.key
    opening_page = "import" if beginning.way == LOG else ""
    return _run_screen(context, opening_page, keys=first_screen.keys_left).code


def _run_screen(
    context: Context,
    opening_page: str = "",
    banner: str = "",
    *,
    is_sample: bool = False,
    keys: tuple[Any, ...] = (),
) -> ClosedScreen:
    """Run the screen until it closes; `keys` are those typed before, as events of the screen."""
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

            opening = Opening(message, opening_page, banner, is_sample, keys)
            screen = AhtcApp(workspace, schedule_gc=True, opening=opening, windows=windows, desk=desk)
            try:
                with name_window(f"ahtc – {workspace.office.name or workspace.root.name}"):
                    screen.run()
            finally:
                windows.close()
            key = workspace.database.key
        if not screen.backup_to_restore:
            break
        message, opening_page, keys = _restore_backup(context, screen.backup_to_restore, key), "", ()
    if (message := screen.crash_message or screen.closing_message) and not screen.has_lost_terminal:
        print_message(f"ahtc: {message}")
    return ClosedScreen(screen.return_code or 0, screen.wants_own_office)


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
