"""The one line in which an agenda is typed; under it stands what will be stored. Never writes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.getters import query_one
from textual.message import Message
from textual.widgets import Input

from ahtc_tui.domain.errors import BadInput
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.meetings.agenda import PRESENTER, TypedItem, read_item
from ahtc_tui.tui.widgets.owner_field import Candidate, finds
from ahtc_tui.tui.widgets.plain import PlainLabel


def at_rest() -> str:
    """What stands in the line while nothing is typed."""
    return _("n a new item   title @presenter 15 min #section")


@dataclass(frozen=True, slots=True)
class Asked:
    """What is being typed: "add", "edit", "paper", "forward" or "withheld", and for which line."""

    what: str
    prompt: str
    key: bytes = b""

    @property
    def placeholder(self) -> str:
        """What may be typed."""
        return {
            "paper": _("title @author due 3 feb"),
            "forward": _("title @presenter 20 min june 2014"),
            "withheld": _("the reason, as it is printed"),
        }.get(self.what, _("title @presenter 15 min #section"))


class AgendaInput(Input):
    """Leaves by escape; every other key is typed."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,ctrl+g", "screen.give_up", _("leave"), id="agenda-line.leave"),
    ]


class AgendaEntry(Vertical):
    """The prompt, the input and what it means."""

    DEFAULT_CSS = """
    AgendaEntry { height: 2; padding: 0 1; }
    AgendaEntry > Horizontal { height: 1; }
    AgendaEntry PlainLabel#agenda-prompt { width: auto; color: $text-accent; padding: 0 1 0 0; }
    AgendaEntry AgendaInput { background: $panel; height: 1; width: 1fr; }
    AgendaEntry > #agenda-meaning { color: $foreground-muted; height: 1; width: 100%; }
    """

    input = query_one(AgendaInput)
    prompt = query_one("#agenda-prompt", PlainLabel)
    meaning = query_one("#agenda-meaning", PlainLabel)

    class Entered(Message):
        """A line was entered; whoever is named in it stands there by reference."""

        def __init__(self, asked: Asked, text: str) -> None:
            super().__init__()
            self.asked, self.text = asked, text

    def __init__(self) -> None:
        super().__init__()
        self._candidates: tuple[Candidate, ...] = ()
        self.asked: Asked | None = None

    def compose(self) -> ComposeResult:
        """Prompt and input side by side, the meaning under them."""
        with Horizontal():
            yield PlainLabel(id="agenda-prompt")
            yield AgendaInput(placeholder=at_rest(), compact=True)
        yield PlainLabel(id="agenda-meaning")

    def offer(self, candidates: Sequence[Candidate]) -> None:
        """Whom a name after @ may mean."""
        self._candidates = tuple(candidates)

    def ask(self, asked: Asked, text: str = "") -> None:
        """Begin to type."""
        self.asked = asked
        self.prompt.update(asked.prompt)
        self.input.placeholder = asked.placeholder
        self.input.value = text
        self.input.cursor_position = len(text)
        self.input.focus()

    def rest(self) -> None:
        """Nothing is typed any more."""
        self.asked = None
        self.prompt.update("")
        self.input.placeholder = at_rest()
        self.input.value = ""

    def best(self, name: str) -> Candidate | None:
        """Whom a name after @ means: the best match, those invited first."""
        words = name.replace(".", " ").replace("-", " ")
        exact = next((who for who in self._candidates if who.ref == name), None)
        found = max(self._candidates, key=lambda who: finds(words, who), default=None)
        return exact or (found if found and finds(words, found) else None)

    def typed(self) -> TypedItem:
        """The line read as an item. Raises BadInput without a title."""
        return read_item(self._resolved())

    def _resolved(self) -> str:
        return PRESENTER.sub(
            lambda found: f"@{who.ref}" if (who := self.best(found[1])) else found[0], self.input.value
        )

    @on(Input.Changed)
    def _changed(self, event: Input.Changed) -> None:
        event.stop()
        self.meaning.update(self._what_it_means() if self.asked and self.asked.what != "withheld" else "")

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
        if self.asked is not None and self.input.value.strip():
            self.post_message(self.Entered(self.asked, self._resolved()))

    def _what_it_means(self) -> str:
        try:
            said = self.typed()
        except BadInput:
            return ""
        parts = []
        if said.presenter:
            who = self.best(said.presenter)
            parts.append(f"@ → {who.label if who else _('nobody in the register')}")
        if said.minutes:
            parts.append(_("{n} min").format(n=said.minutes))
        if said.section:
            parts.append(_("section {name}").format(name=said.section))
        return "   ".join(parts)
