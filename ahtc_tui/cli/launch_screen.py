"""Start of the screen. Only this module of the command line imports Textual."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Mapping
from pathlib import Path

from ahtc_tui.cli.console.context import Context
from ahtc_tui.cli.console.output import print_message
from ahtc_tui.domain.errors import AhtcError, BadInput
from ahtc_tui.domain.i18n import _


def find_setting_faults(keymap: Mapping[str, str], theme: str) -> list[str]:
    """Return a sentence for each key of the keymap, and for a theme, that the screen does not know."""
    from ahtc_tui.tui.shell.app import AhtcApp

    return AhtcApp.find_setting_faults(keymap, theme)


def open_screen(context: Context) -> int:
    """Run the screen on the workspace and return its exit code. Raises BadInput without a terminal."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise BadInput(_("The screen needs a terminal. Commands work without one: see `ahtc --help`."))
    if os.environ.get("TERM") == "dumb":
        raise BadInput(
            _("The screen needs a terminal that can move its cursor, which `TERM=dumb` cannot. Commands work in it.")
        )
    os.environ.setdefault("TEXTUAL_FPS", "240")
    gc.disable()  # collecting during the imports costs a tenth of the time to the first screen
    message = ""
    while True:
        with context.open_workspace() as workspace:
            from ahtc_tui.services.surroundings.windows import register_window
            from ahtc_tui.tui.shell.app import AhtcApp

            windows = register_window(workspace)
            screen = AhtcApp(workspace, schedule_gc=True, opening_message=message, windows=windows)
            try:
                screen.run()
            finally:
                windows.close()
            key = workspace.database.key
        if not screen.backup_to_restore:
            break
        message = _restore_backup(context, screen.backup_to_restore, key)
    if message := screen.crash_message or screen.closing_message:
        print_message(f"ahtc: {message}")
    return screen.return_code or 0


def _restore_backup(context: Context, file: Path, key: str | None) -> str:
    """Restore a backup while no screen is open; return the sentence about it for the next one."""
    from ahtc_tui.services.recovery.restore import restore_backup

    try:
        report = restore_backup(context.root, file, context.as_at, key=key)
    except AhtcError as error:
        return str(error)
    replaced = report.replaced.name if report.replaced else "–"
    return _("Restored: {file}. The former database is kept as {replaced}.").format(file=file.name, replaced=replaced)
