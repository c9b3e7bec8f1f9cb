"""Shows changed settings at once, and writes the theme that was selected into `ahtc.toml`."""

from __future__ import annotations

from ahtc_tui.services.workspace import read_settings
from ahtc_tui.tui.base.desk_screen import DeskApp
from ahtc_tui.tui.shell.language_switch import show_language
from ahtc_tui.tui.widgets.confirm import errors_as_toasts


async def apply_settings(app: DeskApp) -> None:
    """Show the theme and the language that `ahtc.toml` sets."""
    settings = await app.desk.run(lambda workspace: read_settings(workspace.root))
    if settings.theme in app.available_themes:
        app.theme = settings.theme
    if settings.language is not None:
        show_language(app, settings.language)


async def remember_theme(app: DeskApp) -> None:
    """Write the theme on show into `ahtc.toml`."""
    from ahtc_tui.services.settings.writer import remember_text

    with errors_as_toasts(app):
        await app.desk.run(remember_text, "theme", app.theme)
