"""The question about a field that somebody else changed while a form was open: which of the two values to keep."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll

from ahtc_tui.domain.dates.formatting import format_clock
from ahtc_tui.domain.i18n import _, gettext_noop
from ahtc_tui.domain.replication.overwrites import Overwrite
from ahtc_tui.tui.widgets.confirm import Dialog
from ahtc_tui.tui.widgets.plain import Plain

OURS, THEIRS = "ours", "theirs"


class OverwriteQuestion(Dialog[str | None]):
    """Dismisses with OURS, THEIRS, or None to return to the form undecided."""

    DEFAULT_CSS = """
    OverwriteQuestion {
        & > Vertical { border-left: outer $warning; }
        & VerticalScroll { height: auto; max-height: 60vh; scrollbar-size-vertical: 1; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("1", "dismiss('ours')", gettext_noop("Ours"), id="overwrite.ours"),
        Binding("2", "dismiss('theirs')", gettext_noop("Theirs"), id="overwrite.theirs"),
        Binding("escape,ctrl+g", "dismiss(None)", gettext_noop("Back to the form"), id="overwrite.back"),
    ]

    def __init__(self, label: str, overwrites: tuple[Overwrite, ...]) -> None:
        super().__init__()
        self._label, self._overwrites = label, overwrites

    def compose(self) -> ComposeResult:
        last = max(self._overwrites, key=lambda overwrite: overwrite.written_at)
        sentence = _("{field}: changed by {user} at {time}, while this form was open")
        time = format_clock(last.written_at.astimezone(), after_preposition=True)
        with Vertical():
            yield Plain(sentence.format(field=self._label, user=last.written_by, time=time), classes="title")
            with VerticalScroll():
                yield Plain("\n".join(self._build_lines()))
            answers = _("1 save yours   2 keep the value from {user}   esc back to the form")
            yield Plain(answers.format(user=last.written_by), classes="keys")

    def _build_lines(self) -> Iterator[str]:
        for overwrite in self._overwrites:
            yield from [f"{overwrite.ref}:"] if overwrite.ref and len(self._overwrites) > 1 else []
            values = {
                "user": overwrite.written_by,
                "time": format_clock(overwrite.written_at.astimezone(), after_preposition=True),
            }
            yield _("{user} at {time}: {value}").format(value=overwrite.theirs or "–", **values)
            yield _("You, in this form: {value}").format(value=overwrite.ours or "–")
