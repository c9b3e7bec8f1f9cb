"""The settings of the workspace: each with its value and meaning, written into `ahtc.toml`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from textual import work

from ahtc_tui.domain.filters.text_match import build_text_test
from ahtc_tui.domain.i18n import _, gettext_noop, ngettext
from ahtc_tui.domain.settings.parser import VoteStyle
from ahtc_tui.services.settings import config
from ahtc_tui.services.workspace import SETTINGS, Workspace
from ahtc_tui.tui.base.record_screen import RecordScreen
from ahtc_tui.tui.base.service_threads import Desk
from ahtc_tui.tui.keys import build_bindings
from ahtc_tui.tui.widgets.column_widths import Column
from ahtc_tui.tui.widgets.confirm import errors_as_toasts
from ahtc_tui.tui.widgets.detail_pane import Fact, Gap, Para, Section, Title
from ahtc_tui.tui.widgets.form import FormRow, FormScreen, make_text_input
from ahtc_tui.tui.widgets.record_pages import ListSource, PageSource
from ahtc_tui.tui.widgets.select import build_select

TRUE_FALSE = ((gettext_noop("yes"), "true"), (gettext_noop("no"), "false"))
OPTIONS = {
    "language": (("English", "en"), ("Cymraeg", "cy")),
    "votes": (
        (gettext_noop("the numbers"), VoteStyle.NUMBERS.value),
        (gettext_noop("the outcome"), VoteStyle.OUTCOME.value),
    ),
}
"""Labels and values of settings that are chosen, not typed."""


class SettingsScreen(RecordScreen[config.Setting]):
    """The settings of the workspace by heading, each with its value, which is edited here."""

    noun = "reports"
    closes_on_back = True
    marks_conflicts = False
    row_actions = frozenset(("edit",))
    BINDINGS = build_bindings("setting.edit", "desk.leave")

    def build_columns(self) -> Sequence[Column[config.Setting]]:
        return (
            Column(_("Setting"), 16, lambda row: row.key, grows=True),
            Column(_("Value"), 12, lambda row: config.format_value(row.value), style=_choose_style, grows=True),
            Column(_("Meaning"), None, lambda row: row.meaning, style=lambda _row: "muted"),
        )

    async def load_source(self, text: str) -> PageSource[config.Setting]:
        matches = build_text_test(text)
        rows = await self.desk.run(_list_settings)
        shown = [row for row in rows if matches(f"{row.key} {row.meaning}")]
        return ListSource(shown, lambda row: row.key)

    async def load_sections(self, row: config.Setting) -> Iterable[Section]:
        return tuple(_build_sections(row))

    def ref_of(self, row: config.Setting) -> str:
        return row.key

    def name_rows(self, total: int) -> str:
        return ngettext("setting", "settings", total)

    def order_text(self) -> str:
        return str(SETTINGS)

    @work(group="write")
    async def action_edit(self) -> None:
        """Type another value of the selected setting."""
        if (row := self.selected_row) is not None:
            with errors_as_toasts(self.app):
                form = SettingForm(self.desk, row, self.app.find_setting_faults)
                await self.app.open_form(form, _("{key} is set").format(key=row.key))
                self.app.apply_settings()


def _choose_style(row: config.Setting) -> str:
    return "" if row.is_set else "muted"


def _list_settings(workspace: Workspace) -> list[config.Setting]:
    return config.list_settings(workspace.root)


def _set_setting(workspace: Workspace, key: str, text: str, check_screen: config.ScreenCheck) -> None:
    config.set_setting(workspace.root, key, text, check_screen)


def _build_sections(row: config.Setting) -> Iterator[Section]:
    yield Title(row.key, row.meaning)
    yield Gap()
    yield Fact(_("Value"), config.format_value(row.value))
    yield Fact(_("Default"), config.format_value(row.default))
    yield Gap()
    yield Para(_("Set in ahtc.toml.") if row.is_set else _("Not set. The default applies."), muted=True)
    yield Para(_("Theme and language change at once, other settings at the next start."), muted=True)


class SettingForm(FormScreen):
    """The value of one setting."""

    saves_on_enter = True

    def __init__(self, desk: Desk, row: config.Setting, check_screen: config.ScreenCheck) -> None:
        super().__init__(row.key)
        self._desk, self._row, self._check_screen = desk, row, check_screen

    def rows(self) -> Iterable[FormRow]:
        value = config.format_value(self._row.value) if self._row.value != "" else ""
        options = self._list_options()
        field = build_select(options, value or None, blank=not value) if options else make_text_input(value)
        yield FormRow("value", _("Value"), field, self._row.meaning)

    def _list_options(self) -> list[tuple[str, str]]:
        """Return the labels and values of a setting with few values; nothing where the value is typed."""
        if isinstance(self._row.default, bool):
            return [(_(label), value) for label, value in TRUE_FALSE]
        if self._row.key == "theme":
            return [(name, name) for name in sorted(self.app.available_themes)]
        return [(_(label), value) for label, value in OPTIONS.get(self._row.key, ())]

    async def accept(self, values: dict[str, Any]) -> None:
        """Check and write the value."""
        await self._desk.run(_set_setting, self._row.key, values["value"] or "", self._check_screen)
