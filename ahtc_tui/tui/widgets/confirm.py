"""Questions with yes or no, and toasts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, ClassVar

from textual.app import App, ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.screen import ModalScreen, ScreenResultType
from textual.widgets import Input, TextArea

from ahtc_tui.domain.errors import AhtcError
from ahtc_tui.domain.i18n import _, gettext_noop, pgettext
from ahtc_tui.tui.widgets.dismiss_once import DismissOnce
from ahtc_tui.tui.widgets.plain import Plain, sanitize_text


class Dialog(DismissOnce, ModalScreen[ScreenResultType]):
    """A dialog whose panel is a `Vertical`."""

    DEFAULT_CSS = """
    Dialog {
        align: center middle;
        background: $background 60%;

        & > Vertical {
            width: 90%;
            max-width: 76;
            height: auto;
            padding: 1 2;
            background: $surface;
            border-left: outer $accent;
        }
        & .title { text-style: bold; margin-bottom: 1; }
        & .keys { margin-top: 1; color: $foreground-muted; }
    }
    """

    @staticmethod
    def panel_width(total: int) -> int:
        """Return the cells of a line of the panel in a terminal of `total` cells."""
        return min(76, total * 9 // 10) - 5


def show_toast(app: App[Any], text: str, *, undo: bool = True) -> None:
    """Show a toast that names what was written and, unless `undo` is false, the undo key.

    A letter goes into the text where one is typed: the other undo key is named there.
    """
    message = sanitize_text(text)
    undo_hint = _("press ctrl+z to undo") if isinstance(app.focused, Input | TextArea) else _("press u to undo")
    app.notify("   ".join((message, undo_hint)) if undo else message, markup=False)


def show_error_toast(app: App[Any], text: str) -> None:
    """Show the message of an error as a toast."""
    app.notify(sanitize_text(text), severity="error", markup=False)


def warn_of_small_counts(app: App[Any], refs: Sequence[str], limit: int) -> None:
    """Name the figures whose values a file does not show, as small counts or because they would reveal one."""
    from ahtc_tui.domain.evidence.small_counts import format_hidden

    if refs:
        show_error_toast(app, format_hidden(", ".join(refs), limit))


@contextmanager
def errors_as_toasts(app: App[Any]) -> Iterator[None]:
    """Show domain errors raised inside as toasts; other exceptions pass."""
    try:
        yield
    except AhtcError as error:
        show_error_toast(app, str(error))


class Confirm(Dialog[bool]):
    """A question answered by yes or no. Enter answers yes, or no if `default` is false."""

    DEFAULT_CSS = """
    Confirm {
        & > Vertical { width: auto; max-width: 70; }
        & VerticalScroll { width: auto; height: auto; max-height: 75vh; scrollbar-size-vertical: 1; }
        & Plain { width: auto; max-width: 65; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("y,i", "answer(True)", gettext_noop("Yes"), id="confirm.yes"),
        Binding("n,escape", "answer(False)", gettext_noop("No"), id="confirm.no"),
        Binding("enter", "default", gettext_noop("Answer"), show=False, id="confirm.enter"),
    ]

    def __init__(self, question: str, *, yes: str = "", no: str = "", default: bool = True) -> None:
        super().__init__()
        self._question, self._default = question, default
        self._yes, self._no = yes or _("yes"), no or _("no")

    def compose(self) -> ComposeResult:
        yes, no = (_("y or enter"), "n") if self._default else (pgettext("answer", "y"), _("n or enter"))
        with Vertical():
            with VerticalScroll():
                yield Plain(self._question)
            yield Plain(f"{yes}: {self._yes}   {no}: {self._no}", classes="keys")

    def action_answer(self, answer: bool) -> None:
        """Dismiss with this answer."""
        self.dismiss(answer)

    def action_default(self) -> None:
        """Dismiss with the default answer."""
        self.dismiss(self._default)
