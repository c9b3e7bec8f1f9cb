"""Shows changed settings at once, writes the selected theme, and names keys and themes that do not exist."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import suppress

from textual.binding import Binding, BindingType
from textual.command import CommandPalette
from textual.theme import BUILTIN_THEMES

from ahtc_tui.domain.errors import AhtcError
from ahtc_tui.domain.i18n import Language, _, get_current_language, switch_language
from ahtc_tui.domain.text.suggestions import propose_name
from ahtc_tui.services.settings.screen_state import (
    read_list_places,
    read_unsaved_texts,
    remember_list_places,
    remember_screen_state,
    remember_unsaved_texts,
)
from ahtc_tui.services.workspace import read_settings
from ahtc_tui.tui.base.desk_screen import DeskApp, DeskScreen
from ahtc_tui.tui.base.field_keys import FORMATS
from ahtc_tui.tui.keys import BY_ID
from ahtc_tui.tui.shell.themes import THEMES
from ahtc_tui.tui.widgets.confirm import errors_as_toasts, show_error_toast, show_toast

LINE_KEYS = ("minute.finish", "agenda-line.leave")
"""Keys of the input lines of minutes and agenda."""


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


def recall_screens(app: DeskApp) -> None:
    """Restore the place of the card, the format of documents, the filters and the selected records.

    To be called before the first screen is built.
    """
    app.place_card(app.screen_state.get("card", ""))
    if (ending := app.screen_state.get("format", "")) in FORMATS:
        app.document_ending = ending
    with suppress(AhtcError):  # the first list shows it
        app.places_at_start = app.desk.run_before_start(read_list_places)
        app.list_places = dict(app.places_at_start.by_list)
        app.unsaved_texts = app.desk.run_before_start(read_unsaved_texts)
        app.texts_at_start = dict(app.unsaved_texts)


async def remember_typed_text(app: DeskApp) -> None:
    """Remember what was typed when the terminal was lost, and forget what came back."""
    with suppress(AhtcError):
        if (texts := dict(app.unsaved_texts)) != app.texts_at_start:
            app.texts_at_start = texts
            await app.desk.run(remember_unsaved_texts, texts)


async def remember_screens(app: DeskApp) -> None:
    """Remember typed text, the mode, the filters and the selected records, for the next start."""
    places = app.places_at_start
    await remember_typed_text(app)
    with suppress(AhtcError):  # the app ends
        if app.list_places != places.by_list:
            await app.desk.run(remember_list_places, app.list_places, places.erasures)
        mode, _space, day = app.screen_state.get("mode", "").partition(" ")
        today = app.desk.today.isoformat()
        if app.current_mode != (mode if day == today else app.DEFAULT_MODE):
            await app.desk.run(remember_screen_state, "mode", f"{app.current_mode} {today}")


def _list_widget_bindings() -> Iterable[BindingType]:
    from ahtc_tui.tui.widgets.confirm import Confirm
    from ahtc_tui.tui.widgets.detail_pane import Card
    from ahtc_tui.tui.widgets.filter_bar import FilterInput
    from ahtc_tui.tui.widgets.form import FormScreen
    from ahtc_tui.tui.widgets.pick_list import Pick
    from ahtc_tui.tui.widgets.record_list import RecordList

    for widget in (RecordList, Card, FilterInput, FormScreen, Confirm, Pick):
        yield from widget.BINDINGS


def find_keymap_faults(keymap: Mapping[str, str]) -> list[str]:
    """Return a sentence for each name of the keymap that is not a key; docs/keys.md lists the names."""
    if not keymap:
        return []
    bindings = (binding for binding in _list_widget_bindings() if isinstance(binding, Binding))
    known = {*BY_ID, *LINE_KEYS, *(binding.id for binding in bindings if binding.id)}
    sentence = _('[keymap] has no key "{name}".')
    return [sentence.format(name=name) + propose_name(name, known) for name in keymap if name not in known]


def find_theme_faults(theme: str) -> list[str]:
    """Return a sentence for a theme that does not exist."""
    known = {*BUILTIN_THEMES, *(own_theme.name for own_theme in THEMES)}
    sentence = _('no theme is called "{name}".')
    return [sentence.format(name=theme) + propose_name(theme, known)] if theme and theme not in known else []


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
