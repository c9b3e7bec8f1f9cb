"""The first screen: the own office, the sample and three further ways to begin, in either language."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.getters import query_one
from textual.screen import Screen
from textual.widgets import Input, OptionList
from textual.widgets.option_list import Option

from ahtc_tui.domain.i18n import Language, _, get_current_language, gettext_noop, switch_language
from ahtc_tui.domain.text.suggestions import format_example
from ahtc_tui.services.recovery import first_start
from ahtc_tui.tui.base.type_ahead import TypeAheadApp
from ahtc_tui.tui.shell.themes import THEMES
from ahtc_tui.tui.widgets.dismiss_once import DismissOnce
from ahtc_tui.tui.widgets.form import FormRow, FormScreen
from ahtc_tui.tui.widgets.plain import ControlFilter, Plain
from ahtc_tui.tui.widgets.select import build_select

LANGUAGES = (("English", Language.EN.value), ("Cymraeg", Language.CY.value))


class PersonForm(FormScreen):
    """The person at the desk, and name and email address of the office; saving creates the office."""

    def __init__(self, root: Path) -> None:
        super().__init__(_("Your office"))
        self._root = root
        self.key: str | None = None

    def rows(self) -> Iterable[FormRow]:
        yield FormRow("office", _("Office"), Input(compact=True), _("printed on letters and invitations"))
        hint = _("the organiser of invitations, who gets the answers")
        yield FormRow(
            "email",
            _("Email of the office"),
            Input(placeholder=format_example("office@example.org"), compact=True),
            hint,
        )
        yield FormRow("name", _("Your name"), Input(compact=True))
        yield FormRow(
            "post",
            _("Your post"),
            Input(compact=True),
            _("printed on minutes and papers instead of your name; without it, Secretariat"),
        )
        yield FormRow("language", _("Language"), build_select(LANGUAGES, get_current_language().value, blank=False))

    async def accept(self, values: dict[str, Any]) -> None:
        """Create the office."""
        language = Language(values["language"])
        office = first_start.NewOffice(values["office"], values["email"], values["name"], values["post"], language)
        await asyncio.to_thread(first_start.start_office, self._root, office)
        switch_language(language)


class FileForm(FormScreen):
    """The path of an office pack or of a backup, with its passphrase; saving creates the office from it."""

    def __init__(self, root: Path, *, is_pack: bool) -> None:
        super().__init__(_("Open an office pack") if is_pack else _("Restore a backup"))
        self._root, self._is_pack = root, is_pack
        self.key: str | None = None

    def rows(self) -> Iterable[FormRow]:
        backup = None if self._is_pack else first_start.find_newest_backup(self._root)
        yield FormRow(
            "file", _("File"), Input(str(backup or ""), compact=True), _("pasted or typed; ~ is your own folder")
        )
        hint = "" if self._is_pack else _("only if the backup is encrypted")
        yield FormRow("passphrase", _("Passphrase"), Input(password=True, compact=True), hint)
        if self._is_pack:
            hint = _("shown in history and conflicts, for example Wrexham")
            yield FormRow("laptop", _("Name of this laptop"), Input(compact=True), hint)

    async def accept(self, values: dict[str, Any]) -> None:
        """Create the office from the file."""
        create = first_start.open_office_pack if self._is_pack else first_start.restore_office
        laptop = (values["laptop"],) if self._is_pack else ()
        self.key = await asyncio.to_thread(create, self._root, values["file"], values["passphrase"], *laptop)


TRIAL, EMPTY, LOG, PACK, BACKUP = "trial", "empty", "log", "pack", "backup"
CHOICES = (
    (
        EMPTY,
        gettext_noop("Start your own office"),
        gettext_noop("The areas of Wales are included. You add the rest step by step."),
    ),
    (
        TRIAL,
        gettext_noop("Look at the 2013 sample"),
        gettext_noop("The Wales data of 2013 on 28 January 2014; deleted when you quit"),
    ),
    (
        LOG,
        gettext_noop("Import an action log"),
        gettext_noop("Excel, Word, LibreOffice or CSV; every change is shown first"),
    ),
    (PACK, gettext_noop("Open an office pack"), gettext_noop("A copy from another laptop, with a passphrase")),
    (BACKUP, gettext_noop("Restore a backup"), gettext_noop("It is checked before it is used")),
)
"""Name, label and explanation of each way to begin."""


@dataclass(frozen=True, slots=True)
class Beginning:
    """How a person began."""

    way: str
    key: str | None = None
    """Raw key of an encrypted database."""


class WelcomeScreen(DismissOnce, Screen[Beginning]):
    """The list of the ways to begin."""

    DEFAULT_CSS = """
    WelcomeScreen {
        align: center middle;

        & > Vertical { width: 90%; max-width: 92; height: auto; }
        & Plain { height: auto; color: $foreground-muted; }
        & #welcome-title { color: $foreground; text-style: bold; margin-bottom: 1; }
        & OptionList { height: auto; border: none; padding: 0; margin: 1 0; background: $background; }
        & OptionList:focus { background-tint: 0%; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        *(
            Binding(str(number), f"begin({number - 1})", label, show=False, id=f"welcome.{way}")
            for number, (way, label, _words) in enumerate(CHOICES, 1)
        ),
        Binding("l", "switch_language", gettext_noop("Language"), id="welcome.language"),
        Binding("j", "app.simulate_key('down')", gettext_noop("Down"), show=False, id="welcome.down"),
        Binding("k", "app.simulate_key('up')", gettext_noop("Up"), show=False, id="welcome.up"),
        Binding("q,escape,ctrl+q,ctrl+c", "app.quit", gettext_noop("Quit"), id="welcome.quit"),
    ]
    options = query_one(OptionList)

    def __init__(self, root: Path) -> None:
        super().__init__()
        self._root = root

    def compose(self) -> ComposeResult:
        with Vertical():
            yield Plain(_("ahtc: the records of the Wales Anti Human Trafficking Co-ordinator"), id="welcome-title")
            yield Plain(_("There is no office in {folder} yet. How would you like to begin?").format(folder=self._root))
            yield OptionList(*self._build_options(), compact=True, markup=False)
            keys = _("enter or the number: begin   l {language}   q quit")
            yield Plain(keys.format(language="English" if get_current_language() is Language.CY else "Cymraeg"))

    def _build_options(self) -> list[Option]:
        options = []
        for number, (_way, message, explanation) in enumerate(CHOICES, 1):
            label, words = _(message), _(explanation)
            options.append(Option(Content.assemble((f"{number}  {label}\n", "bold"), (f"   {words}\n", "dim"))))
        return options

    def on_mount(self) -> None:
        self.options.focus()
        self.options.highlighted = 0

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Begin in the selected way."""
        self.action_begin(event.option_index)

    @work(group="form", exclusive=True)
    async def action_begin(self, index: int) -> None:
        """Ask what the way needs, do it, and leave the screen once it is done."""
        way = CHOICES[index][0]
        self.options.highlighted = index
        if way == TRIAL:
            self.dismiss(Beginning(way))
            return
        form = PersonForm(self._root) if way in (EMPTY, LOG) else FileForm(self._root, is_pack=way == PACK)
        if await self.app.push_screen_wait(form) is not None:
            self.dismiss(Beginning(way, form.key))

    async def action_switch_language(self) -> None:
        """Show the screen in the other language."""
        switch_language(Language.EN if get_current_language() is Language.CY else Language.CY)
        await self.recompose()
        self.on_mount()


class WelcomeApp(TypeAheadApp):
    """The app of the first screen."""

    TITLE = "ahtc"
    CSS_PATH = "../shell/desk.tcss"
    ENABLE_COMMAND_PALETTE = False

    def __init__(self, root: Path, *, asks: bool = False) -> None:
        super().__init__()
        self._root, self._asks = root, asks
        self.beginning: Beginning | None = None
        """How the person began; None where they left."""
        self._filters.append(ControlFilter())
        for theme in THEMES:
            self.register_theme(theme)
        self.animation_level = "none"
        self.theme = "ahtc"

    @property
    def is_busy(self) -> bool:
        """Whether a form opens or saves, or a way to begin was carried out: keys typed then are for the next app."""
        is_working = any(worker.node is self.screen and not worker.is_finished for worker in self.workers)
        return is_working or len(self.screen_stack) == 1

    def on_mount(self) -> None:
        self.push_screen(welcome := WelcomeScreen(self._root), self._finish)
        if self._asks:
            self.call_after_refresh(welcome.action_begin, [way for way, *_words in CHOICES].index(EMPTY))

    def _finish(self, beginning: Beginning | None) -> None:
        self.beginning = beginning
        self.exit()
