"""The input line of live minutes, with its interpretation below it and completion of names after @."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.getters import query_one
from textual.message import Message
from textual.widgets import Input

from ahtc_tui.domain.errors import BadInput
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.meetings.kinds import LineKind
from ahtc_tui.domain.minutes.model import OWNER, read_line
from ahtc_tui.services.minutes.live_minutes import Owner
from ahtc_tui.tui.keys import build_bindings
from ahtc_tui.tui.widgets.date_field import format_date
from ahtc_tui.tui.widgets.owner_field import Candidate, find_mentioned, resolve_mentions
from ahtc_tui.tui.widgets.plain import PlainLabel

UNFINISHED_NAME = re.compile(r"(?:^|(?<=\s))@([\w'’.-]+)$")

TakenText = tuple[str, LineKind, str]
"""Text, default kind and label taken from the input."""


def build_idle_hint() -> str:
    """Return the placeholder of the empty input."""
    return _("type and enter   n: note   d: decision   a: action @owner due end nov")


class MinuteInput(Input):
    """The input; the keys of the screen are bound here so that they work while typing."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *build_bindings("minute.*"),
        Binding("tab", "finish_name", _("finish the name"), id="minute.finish", show=False),
    ]


class Entry(Vertical):
    """The input and its interpretation."""

    DEFAULT_CSS = """
    Entry { height: 3; padding: 0 1; }
    Entry > MinuteInput { background: $panel; height: 1; }
    Entry > #entry-meaning { color: $foreground-muted; height: 1; width: 100%; }
    """

    input = query_one(MinuteInput)
    meaning = query_one("#entry-meaning", PlainLabel)

    class Entered(Message):
        """A line was entered, with names after @ replaced by references."""

        def __init__(self, text: str) -> None:
            super().__init__()
            self.text = text

    class Typed(Message):
        """The text changed."""

        def __init__(self, text: str) -> None:
            super().__init__()
            self.text = text

    def __init__(self, day: Callable[[], date]) -> None:
        super().__init__()
        self._get_day = day
        self._candidates: tuple[Candidate, ...] = ()
        self._default_kind = LineKind.NOTE
        self._label = ""

    def compose(self) -> ComposeResult:
        yield MinuteInput(placeholder=build_idle_hint(), compact=True)
        yield PlainLabel(id="entry-meaning")

    def set_owners(self, owners: Sequence[Owner]) -> None:
        """Set the candidates of names after @."""
        self._candidates = tuple(Candidate(owner.label, owner.ref, (owner.also, owner.ref)) for owner in owners)

    @property
    def text(self) -> str:
        """The text of the input."""
        return self.input.value

    def set_text(self, text: str, kind: LineKind = LineKind.NOTE, label: str = "") -> None:
        """Set text and default kind. With a label the text is stored literally and the label is shown below it."""
        self._default_kind, self._label = kind, label
        self.meaning.update(label)
        self.input.placeholder = "" if label else build_idle_hint()
        self.input.value = text
        self.input.cursor_position = len(text)

    def take_text(self) -> TakenText:
        """Clear the input and return what it held."""
        taken = (self.text, self._default_kind, self._label)
        self.set_text("")
        return taken

    def restore_text(self, taken: TakenText) -> None:
        """Put taken text back, before what has been typed since."""
        text, kind, label = taken
        self.set_text(" ".join(part for part in (text, self.text) if part), kind, label)

    def resolve_names(self) -> str:
        """Return the line with names after @ replaced by the references of their matches."""
        return self.text if self._label else resolve_mentions(self.text, OWNER, self._candidates)

    def action_finish_name(self) -> None:
        """Complete the name before the cursor to a reference."""
        match = UNFINISHED_NAME.search(self.text)
        candidate = find_mentioned(match[1], self._candidates) if match else None
        if match and candidate:
            self.set_text(f"{self.text[: match.start()]}@{candidate.ref} ", self._default_kind)

    @on(Input.Changed)
    def _update_meaning(self, event: Input.Changed) -> None:
        event.stop()
        self.meaning.update(self._describe_meaning())
        self.post_message(self.Typed(self.text))

    @on(Input.Submitted)
    def _post_entered(self, event: Input.Submitted) -> None:
        event.stop()
        if self.text.strip():
            self.post_message(self.Entered(self.resolve_names()))

    def _describe_meaning(self) -> str:
        """Return kind, owners and due date as they would be stored."""
        if self._label:
            return self._label
        try:
            line = read_line(self.text, self._get_day(), self._default_kind)
        except BadInput:
            return ""
        parts = [line.kind.label]
        for name in line.owners:
            candidate = find_mentioned(name, self._candidates)
            parts.append(f"@{name} → " + (candidate.label if candidate else _("no match: stays as text")))
        if line.due:
            parts.append(_("due {day}").format(day=format_date(line.due)))
        return "   ".join(parts)
