"""The form of the settings of the workspace, which are kept in `ahtc.toml`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from ahtc_tui.domain.errors import BadInput
from ahtc_tui.domain.i18n import _, gettext_noop
from ahtc_tui.domain.settings.parser import VoteStyle
from ahtc_tui.services.settings import config
from ahtc_tui.services.workspace import SETTINGS, Workspace
from ahtc_tui.tui.base.desk_screen import DeskApp
from ahtc_tui.tui.widgets.confirm import errors_as_toasts, show_toast
from ahtc_tui.tui.widgets.form import FormRow, FormScreen, make_text_input
from ahtc_tui.tui.widgets.select import build_select

USUAL = ("office.name", "office.name_cy", "office.address", "office.address_cy", "office.email", "language", "theme")
"""Settings that are always in view, before all others."""
TRUE_FALSE = ((gettext_noop("yes"), "true"), (gettext_noop("no"), "false"))
OPTIONS = {
    "language": (("English", "en"), ("Cymraeg", "cy")),
    "votes": (
        (gettext_noop("the numbers"), VoteStyle.NUMBERS.value),
        (gettext_noop("the outcome"), VoteStyle.OUTCOME.value),
    ),
}
"""Labels and values of settings that are chosen, not typed."""


async def edit_settings(app: DeskApp) -> None:
    """Open the form of the settings; what was saved is shown at once where the screen can."""
    with errors_as_toasts(app):
        form = SettingsForm(app, await app.desk.run(lambda workspace: config.list_settings(workspace.root)))
        if await app.push_screen_wait(form):
            sentence = _("Settings are saved in {path}. Theme and language change at once, others at the next start.")
            show_toast(app, sentence.format(path=SETTINGS), undo=False)
            app.apply_settings()


class SettingsForm(FormScreen):
    """All settings: those of the office first, then those that are set, then the others."""

    def __init__(self, app: DeskApp, settings: Sequence[config.Setting]) -> None:
        super().__init__(_("Settings"))
        self._check_screen, self._desk = app.find_setting_faults, app.desk
        by_key = {setting.key: setting for setting in settings}
        order = dict.fromkeys((*USUAL, *sorted(by_key, key=lambda key: not by_key[key].is_set)))
        self._settings = {key.replace(".", "-"): by_key[key] for key in order}

    def rows(self) -> Iterable[FormRow]:
        for name, setting in self._settings.items():
            value = "" if setting.value == "" else config.format_value(setting.value)
            options = self._list_options(setting)
            field = build_select(options, value or None, blank=not value) if options else make_text_input(value)
            is_extra = setting.key not in USUAL and not setting.is_set
            yield FormRow(name, setting.label, field, setting.meaning, is_extra=is_extra)

    def _list_options(self, setting: config.Setting) -> list[tuple[str, str]]:
        """Return the labels and values of a setting with few values; nothing where the value is typed."""
        if isinstance(setting.default, bool):
            return [(_(label), value) for label, value in TRUE_FALSE]
        if setting.key == "theme":
            return [(name, name) for name in sorted(self.app.available_themes)]
        return [(_(label), value) for label, value in OPTIONS.get(setting.key, ())]

    async def accept(self, values: dict[str, Any]) -> None:
        """Check the changed values and write them, or none of them."""
        changed = {
            self._settings[name].key: value or ""
            for name, value in values.items()
            if (value or "") != (self._initial_values[name] or "")
        }
        try:
            await self._desk.run(_set_settings, changed, self._check_screen)
        except BadInput as error:
            error.field = error.field.replace(".", "-")
            raise


def _set_settings(workspace: Workspace, texts: Mapping[str, str], check_screen: config.ScreenCheck) -> None:
    config.set_settings(workspace.root, texts, check_screen)
