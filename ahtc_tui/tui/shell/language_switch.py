"""Switches the running screen between English and Welsh, and remembers the language for the next start."""

from __future__ import annotations

from textual.command import CommandPalette

from ahtc_tui.domain.i18n import Language, _, get_current_language, switch_language
from ahtc_tui.tui.base.desk_screen import DeskApp, DeskScreen
from ahtc_tui.tui.widgets.confirm import errors_as_toasts, show_error_toast, show_toast

LANGUAGE_NAMES = {Language.EN: "English", Language.CY: "Cymraeg"}
"""Each language by its own name, whatever the current one."""


def find_other_language() -> Language:
    """Return the language to which the screen can be switched."""
    return Language.CY if get_current_language() is Language.EN else Language.EN


def start_language_switch(app: DeskApp) -> None:
    """Switch to the other language in a worker of the app."""
    app.run_worker(_switch_language(app), group="write")


async def _switch_language(app: DeskApp) -> None:
    """Switch where only lists are open: forms and pages may hold typed text, and are not built anew."""
    from ahtc_tui.services.settings.language import SETTING_NAME
    from ahtc_tui.services.settings.writer import remember_text

    screens = [screen for screen in app.open_screens if not isinstance(screen, CommandPalette)]
    lists = [screen for screen in screens if isinstance(screen, DeskScreen)]
    if len(lists) < len(screens):
        show_error_toast(app, _("Close the open form or page first. The language changes where only lists are open."))
        return
    language = find_other_language()
    show_language(app, language)
    show_toast(app, _("Language: {name}").format(name=LANGUAGE_NAMES[language]), undo=False)
    with errors_as_toasts(app):
        await app.desk.run(remember_text, SETTING_NAME, language)


def show_language(app: DeskApp, language: Language) -> None:
    """Show the open lists in a language."""
    if language is get_current_language():
        return
    switch_language(language)
    for screen in app.open_screens:
        if isinstance(screen, DeskScreen):
            screen.retranslate()
