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
from ahtc_tui.tui.keys import bindings
from ahtc_tui.tui.keys.minutes import MINUTES
from ahtc_tui.tui.widgets.date_field import said
from ahtc_tui.tui.widgets.owner_field import Candidate, finds
from ahtc_tui.tui.widgets.plain import PlainLabel

UNFINISHED_NAME = re.compile(r"(?:^|(?<=\s))@([\w'’.-]+)$")

Taken = tuple[str, LineKind, str]
"""Words of the input, the kind that they have without a prefix, and the label under them."""


def at_rest() -> str:
    """What stands in the input while nothing is typed."""
    return _("type and enter   n: note   d: decision   a: action @owner due end nov")


class MinuteInput(Input):
    """Keys that are of use while typing stay here; the list keys go to the screen."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings(*MINUTES),
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
        self._day = day
        self._candidates: tuple[Candidate, ...] = ()
        self._default = LineKind.NOTE
        self._label = ""

    def compose(self) -> ComposeResult:
        """The input, its meaning, a line of air."""
        yield MinuteInput(placeholder=at_rest(), compact=True)
        yield PlainLabel(id="entry-meaning")

    def offer(self, owners: Sequence[Owner]) -> None:
        """Whom a name after @ may mean."""
        self._candidates = tuple(Candidate(who.label, who.ref, (who.also, who.ref)) for who in owners)

    @property
    def text(self) -> str:
        """The words in the input."""
        return self.input.value

    def put(self, text: str, kind: LineKind = LineKind.NOTE, label: str = "") -> None:
        """Put words into the input; without a prefix they are of this kind. With a label they stay as typed."""
        self._default, self._label = kind, label
        self.meaning.update(label)
        self.input.placeholder = "" if label else at_rest()
        self.input.value = text
        self.input.cursor_position = len(text)

    def take(self) -> Taken:
        """Take the words out of the input, which is free for the next."""
        taken = (self.text, self._default, self._label)
        self.put("")
        return taken

    def give_back(self, taken: Taken) -> None:
        """Put words that were taken out back, before what was typed since."""
        text, kind, label = taken
        self.put(" ".join(part for part in (text, self.text) if part), kind, label)

    def best(self, name: str) -> Candidate | None:
        """Whom a name after @ means: the best match, those invited first."""
        found = [(finds(name.replace(".", " ").replace("-", " "), who), who) for who in self._candidates]
        best = max((score for score, _who in found), default=0)
        exact = next((who for who in self._candidates if who.ref == name), None)
        return exact or (next(who for score, who in found if score == best) if best else None)

    def resolved(self) -> str:
        """The line with each name after @ as the reference of whom it means."""

        def reference(found: re.Match[str]) -> str:
            who = self.best(found[1])
            return f"@{who.ref}" if who else found[0]

        if self._label:
            return self.text
        return OWNER.sub(reference, self.text)

    def action_finish_name(self) -> None:
        """Put the whole reference in the place of the letters after @."""
        found = UNFINISHED_NAME.search(self.text)
        who = self.best(found[1]) if found else None
        if found and who:
            self.put(f"{self.text[: found.start()]}@{who.ref} ", self._default)

    @on(Input.Changed)
    def _changed(self, event: Input.Changed) -> None:
        event.stop()
        self.meaning.update(self._what_it_means())
        self.post_message(self.Typed(self.text))

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
        if self.text.strip():
            self.post_message(self.Entered(self.resolved()))

    def _what_it_means(self) -> str:
        """Kind, owners and due date as they would be stored: what is shown is what is written."""
        if self._label:
            return self._label
        try:
            spoken = read_line(self.text, self._day(), self._default)
        except BadInput:
            return ""
        parts = [_(spoken.kind.value)]
        for word in spoken.owners:
            who = self.best(word)
            parts.append(f"@{word} → {who.label if who else _('nobody: it stays in the words')}")
        if spoken.due:
            parts.append(_("due {day}").format(day=said(spoken.due)))
        return "   ".join(parts)
