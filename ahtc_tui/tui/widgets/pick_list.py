"""A modal list of options, of which enter chooses one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.getters import query_one
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from ahtc_tui.domain.i18n import _, gettext_noop
from ahtc_tui.tui.widgets.confirm import Dialog
from ahtc_tui.tui.widgets.plain import Plain, join_lines


class Pick(Dialog[str | None]):
    """Dismisses with the name of the chosen option, or with None."""

    DEFAULT_CSS = """
    Pick {
        & > Vertical { max-height: 80%; }
        & .title { height: auto; max-height: 3; }
        & OptionList { height: auto; max-height: 18; border: none; padding: 0; background: $surface; }
        & OptionList:focus { background-tint: 0%; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q", "leave", gettext_noop("Leave"), id="pick.leave"),
        Binding("j", "app.simulate_key('down')", gettext_noop("Down"), show=False, id="pick.down"),
        Binding("k", "app.simulate_key('up')", gettext_noop("Up"), show=False, id="pick.up"),
    ]
    option_list = query_one(OptionList)

    def __init__(
        self,
        question: str,
        options: Sequence[tuple[str, str]],
        first: int = 0,
        *,
        labels: Mapping[str, str] | None = None,
    ) -> None:
        """Each option is its name, which is the result, and a description; the cursor starts on number `first`.

        `labels` has what is shown in place of names.
        """
        super().__init__()
        self._labels = labels or {}
        self._question, self._options, self._first = question, options, first

    def compose(self) -> ComposeResult:
        shown = [(join_lines(self._labels.get(name, name)), words) for name, words in self._options]
        name_width = max((cell_len(name) for name, _words in shown), default=0)
        with Vertical():
            yield Plain(self._question, classes="title")
            options = [Option(self._build_line(name.ljust(name_width), words)) for name, words in shown]
            yield OptionList(*options, compact=True, markup=False)
            yield Plain(_("enter choose   esc leave") if options else _("esc leave"), classes="keys")

    @staticmethod
    def _build_line(name: str, words: str) -> Content:
        return Content.assemble(Content(join_lines(name)), "  ", (join_lines(words), "dim"))

    def on_mount(self) -> None:
        self.option_list.focus()
        self.option_list.highlighted = self._first if self._options else None

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self.dismiss(self._options[event.option_index][0])

    def action_leave(self) -> None:
        """Dismiss without a choice."""
        self.dismiss(None)
