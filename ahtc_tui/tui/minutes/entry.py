"""The line in which minutes are typed: it says under itself what will be stored, and finishes the names after @."""

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
from ahtc_tui.domain.meetings.model import LineKind
from ahtc_tui.domain.minutes.model import OWNER, read_line
from ahtc_tui.services.minutes.live_minutes import Owner
from ahtc_tui.tui.keys import build_bindings
from ahtc_tui.tui.keys.minutes import MINUTES
from ahtc_tui.tui.widgets.date_field import format_date
from ahtc_tui.tui.widgets.owner_field import Candidate, score_match
from ahtc_tui.tui.widgets.plain import PlainLabel

UNFINISHED_NAME = re.compile(r"(?:^|(?<=\s))@([\w'’.-]+)$")

TakenText = tuple[str, LineKind, str]
"""Words of the input, the kind that they have without a prefix, and the label under them."""


def build_idle_hint() -> str:
    """What stands in the input while nothing is typed."""
    return _("type and enter   n: note   d: decision   a: action @owner due end nov")


class MinuteInput(Input):
    """Keys that are of use while typing stay here; the list keys go to the screen."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *build_bindings(*MINUTES),
        Binding("tab", "finish_name", _("finish the name"), id="minute.finish", show=False),
    ]


class Entry(Vertical):
    """The input and what it means."""

    DEFAULT_CSS = """
    Entry { height: 3; padding: 0 1; }
    Entry > MinuteInput { background: $panel; height: 1; }
    Entry > #entry-meaning { color: $foreground-muted; height: 1; width: 100%; }
    """

    input = query_one(MinuteInput)
    meaning = query_one("#entry-meaning", PlainLabel)

    class Entered(Message):
        """A line was entered; owners stand in it by reference."""

        def __init__(self, text: str) -> None:
            super().__init__()
            self.text = text

    class Typed(Message):
        """Other words stand in the input."""

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
        """The input, its meaning, a line of air."""
        yield MinuteInput(placeholder=build_idle_hint(), compact=True)
        yield PlainLabel(id="entry-meaning")

    def set_owners(self, owners: Sequence[Owner]) -> None:
        """Whom a name after @ may mean."""
        self._candidates = tuple(Candidate(owner.label, owner.ref, (owner.also, owner.ref)) for owner in owners)

    @property
    def text(self) -> str:
        """The words in the input."""
        return self.input.value

    def set_text(self, text: str, kind: LineKind = LineKind.NOTE, label: str = "") -> None:
        """Put words into the input; without a prefix they are of this kind. With a label they stay as typed."""
        self._default_kind, self._label = kind, label
        self.meaning.update(label)
        self.input.placeholder = "" if label else build_idle_hint()
        self.input.value = text
        self.input.cursor_position = len(text)

    def take_text(self) -> TakenText:
        """Take the words out of the input, which is free for the next."""
        taken = (self.text, self._default_kind, self._label)
        self.set_text("")
        return taken

    def restore_text(self, taken: TakenText) -> None:
        """Put words that were taken out back, before what was typed since."""
        text, kind, label = taken
        self.set_text(" ".join(part for part in (text, self.text) if part), kind, label)

    def find_best_match(self, name: str) -> Candidate | None:
        """Whom a name after @ means: the best match, those invited first."""
        scores = [
            (score_match(name.replace(".", " ").replace("-", " "), candidate), candidate)
            for candidate in self._candidates
        ]
        best_score = max((score for score, _who in scores), default=0)
        exact = next((candidate for candidate in self._candidates if candidate.ref == name), None)
        return exact or (next(candidate for score, candidate in scores if score == best_score) if best_score else None)

    def resolve_names(self) -> str:
        """The line with each name after @ as the reference of whom it means."""

        def replace_name(match: re.Match[str]) -> str:
            candidate = self.find_best_match(match[1])
            return f"@{candidate.ref}" if candidate else match[0]

        if self._label:
            return self.text
        return OWNER.sub(replace_name, self.text)

    def action_finish_name(self) -> None:
        """Put the whole reference in the place of the letters after @."""
        match = UNFINISHED_NAME.search(self.text)
        candidate = self.find_best_match(match[1]) if match else None
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
        """Kind, owners and due date as they would be stored: what is shown is what is written."""
        if self._label:
            return self._label
        try:
            line = read_line(self.text, self._get_day(), self._default_kind)
        except BadInput:
            return ""
        parts = [line.kind.label]
        for name in line.owners:
            candidate = self.find_best_match(name)
            parts.append(f"@{name} → {candidate.label if candidate else _('nobody: it stays in the words')}")
        if line.due:
            parts.append(_("due {day}").format(day=format_date(line.due)))
        return "   ".join(parts)
