"""Keys of every screen and form: the text of a field in the editor of the person, and labels to jump to fields."""

from __future__ import annotations

import signal
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import ClassVar

from textual import events, work
from textual.app import ComposeResult, SuspendNotSupported
from textual.binding import Binding, BindingType
from textual.errors import NoWidget
from textual.geometry import Offset
from textual.screen import ModalScreen
from textual.widget import Widget
from textual.widgets import Input, TextArea

from ahtc_tui.domain.i18n import _, gettext_noop
from ahtc_tui.services.settings.screen_state import remember_screen_state
from ahtc_tui.tui.base.message_app import MessageApp
from ahtc_tui.tui.widgets.confirm import errors_as_toasts, show_toast
from ahtc_tui.tui.widgets.dismiss_once import DismissOnce
from ahtc_tui.tui.widgets.pick_list import Pick
from ahtc_tui.tui.widgets.plain import Plain, join_lines, sanitize_text

LETTERS = "asdfghjklqwertyuiopzxcvbnm"


def _find_place(widget: Widget) -> Offset | None:
    """Return the upper left cell of the visible part of a widget; None where nothing of it is visible."""
    try:
        region = widget.screen.find_widget(widget).visible_region
    except NoWidget:  # it is not drawn yet
        return None
    return region.offset if region else None


def _read_before_cursor(field: Input | TextArea) -> str:
    """Return the words of the line before the cursor."""
    if isinstance(field, Input):
        return field.value[: field.cursor_position]
    row, _column = field.cursor_location
    return field.get_text_range((row, 0), field.cursor_location)


def _find_open_sentence(before: str) -> str | None:
    """Return the words after the last brace that is not closed; None without one."""
    _start, brace, typed = before.rpartition("{")
    return typed if brace and "}" not in typed else None


def _replace_before_cursor(field: Input | TextArea, count: int, words: str) -> None:
    """Put words in place of the characters before the cursor."""
    if isinstance(field, Input):
        start, end = field.cursor_position - count, field.cursor_position
        field.value = field.value[:start] + words + field.value[end:]
        field.cursor_position = start + len(words)
    else:
        row, column = field.cursor_location
        field.replace(words, (row, column - count), (row, column))


class FieldKeysApp(MessageApp):
    """An app with these keys."""

    @contextmanager
    def suspend(self) -> Iterator[None]:
        """Give the terminal to another program. The app comes back after an error too, which is raised then.

        Ctrl+c in the other program reaches this one as well and is ignored.
        """
        error: BaseException | None = None
        with super().suspend():
            former_handler = signal.signal(signal.SIGINT, lambda _number, _frame: None)
            try:
                yield
            except BaseException as raised:
                error = raised
            finally:
                signal.signal(signal.SIGINT, former_handler)
        if error is not None:
            raise error

    def action_edit_outside(self) -> None:
        """Open the text of the focused field in the editor, and put back what was saved there."""
        from textual.widgets import TextArea

        from ahtc_tui.services.surroundings.programs import edit_in_editor
        from ahtc_tui.tui.widgets.prose_field import TitleField

        field = self.focused
        if not isinstance(field, Input | TextArea):
            show_toast(self, _("Go to a text first. This key opens it in your editor."), undo=False)
            return
        with errors_as_toasts(self):
            before = field.value if isinstance(field, Input | TitleField) else field.text
            try:
                with self.suspend():
                    text = edit_in_editor(before, self.desk.workspace.database.path.parent)
            except SuspendNotSupported:
                show_toast(self, _("This terminal cannot show another program."), undo=False)
                return
            if isinstance(field, Input | TitleField):
                field.value = join_lines(text)
            else:
                field.text = "\n".join(map(sanitize_text, text.splitlines()))

    @work(group="form")
    async def action_ready_sentence(self) -> None:
        """Insert a sentence in braces, which the records fill when the text is exported, at the cursor of the field.

        Words after an open brace are completed: the list has the sentences with these words, one is taken at once.
        """
        from ahtc_tui.services.documents.ready_sentences import list_completions

        field = self.focused
        if not isinstance(field, Input | TextArea):
            return
        with errors_as_toasts(self):
            typed = _find_open_sentence(_read_before_cursor(field))
            sentences = await self.desk.show(list_completions, typed or "")
            options = [(text, "") for text in sentences]
            is_list = len(options) > 1
            chosen = await self.push_screen_wait(Pick(_("Ready sentence"), options)) if is_list else options[0][0]
            if chosen:
                _replace_before_cursor(field, 0 if typed is None else len(typed) + 1, chosen)

    def action_jump(self) -> None:
        """Show a letter at each pane and field of the screen; the letter moves there."""
        if not self.is_covered and not isinstance(self.screen, JumpLabels):
            places = {widget: place for widget in self.screen.focus_chain if (place := _find_place(widget)) is not None}
            self.push_screen(JumpLabels(places), self._focus_target)

    def _focus_target(self, target: Widget | None) -> None:
        if target is not None:
            target.focus()


class JumpLabels(DismissOnce, ModalScreen[Widget | None]):
    """Dismisses with the widget of the letter, or with None after any other key."""

    DEFAULT_CSS = """
    JumpLabels {
        background: transparent;

        & > Plain { position: absolute; width: 3; height: 1; padding: 0 1; background: $accent; color: $background; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,ctrl+g", "leave", gettext_noop("Leave"), id="jump.leave", show=False)
    ]

    def __init__(self, places: Mapping[Widget, Offset]) -> None:
        """`places` has the cell of each widget in view."""
        super().__init__()
        self._places = places
        self._targets = dict(zip(LETTERS, places, strict=False))

    def compose(self) -> ComposeResult:
        for letter, target in self._targets.items():
            label = Plain(letter)
            label.styles.offset = self._places[target]
            yield label

    def on_key(self, event: events.Key) -> None:
        """Choose the target of a letter; another key leaves."""
        if event.key not in ("escape", "ctrl+g"):
            event.stop()
            self.dismiss(self._targets.get(event.key))

    def on_click(self) -> None:
        self.dismiss(None)

    def action_leave(self) -> None:
        """Leave the focus where it is."""
        self.dismiss(None)


FORMATS = {
    ".docx": gettext_noop("Word, to edit and to send"),
    ".pdf": gettext_noop("PDF, to print or publish"),
    ".odt": gettext_noop("OpenDocument, for other office programs"),
    ".html": gettext_noop("an accessible web page"),
    ".md": gettext_noop("Markdown, plain text with headings"),
}
"""What each format is for, by suffix."""


class DocumentFormatApp(FieldKeysApp):
    """An app in which a key chooses the format of documents; the next start remembers it."""

    document_ending: str = ".docx"
    """The suffix of the documents that the screens write."""

    @work(group="form")
    async def action_choose_format(self) -> None:
        """Ask for the format, and remember the answer."""
        if self.is_covered or isinstance(self.screen, Pick):
            return
        options = [(ending, _(label)) for ending, label in FORMATS.items()]
        ending = await self.push_screen_wait(Pick(_("Which format?"), options))
        if ending is not None:
            self.document_ending = ending
            with errors_as_toasts(self):
                await self.desk.run(remember_screen_state, "format", ending)
