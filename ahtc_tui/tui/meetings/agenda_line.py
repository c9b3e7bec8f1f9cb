"""The input line of the agenda, with its interpretation below it."""

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
from ahtc_tui.domain.i18n import _, gettext_noop
from ahtc_tui.domain.keys import NO_KEY, RowKey
from ahtc_tui.domain.meetings.agenda import TypedItem, read_item
from ahtc_tui.tui.widgets.owner_field import Candidate, find_candidate_mentions, resolve_mentions
from ahtc_tui.tui.widgets.plain import PlainLabel


def build_idle_hint() -> str:
    """Return the placeholder of the empty line."""
    return _("press n to add an item:   title @presenter 15 min #section")


@dataclass(frozen=True, slots=True)
class EntryRequest:
    """Kind ("add", "edit", "paper", "file", "forward" or "withheld") and key of the agenda line that is typed."""

    kind: str
    prompt: str
    key: RowKey = NO_KEY

    @property
    def is_item(self) -> bool:
        """Whether the line is read as a title with names after @."""
        return self.kind not in ("file", "withheld")

    @property
    def placeholder(self) -> str:
        """The format of the line."""
        return {
            "paper": _("title @author due 3 feb"),
            "file": _("the path of the file, typed or dropped on the terminal"),
            "forward": _("title @presenter 20 min june 2014"),
            "withheld": _("a note for the office, never printed"),
        }.get(self.kind, _("title @presenter 15 min #section"))


class AgendaInput(Input):
    """The input; escape leaves it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,ctrl+g", "screen.give_up", gettext_noop("leave"), id="agenda-line.leave")
    ]


class AgendaEntry(Vertical):
    """Prompt, input and interpretation."""

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
        """A line was entered, with names after @ replaced by references."""

        def __init__(self, request: EntryRequest, text: str) -> None:
            super().__init__()
            self.request, self.text = request, text

    def __init__(self) -> None:
        super().__init__()
        self._candidates: tuple[Candidate, ...] = ()
        self.request: EntryRequest | None = None
        self._initial_text = ""

    def compose(self) -> ComposeResult:
        with Horizontal():
            yield PlainLabel(id="agenda-prompt")
            yield AgendaInput(placeholder=build_idle_hint(), compact=True)
        yield PlainLabel(id="agenda-meaning")

    def set_candidates(self, candidates: Sequence[Candidate]) -> None:
        """Set the candidates of names after @."""
        self._candidates = tuple(candidates)

    def start_line(self, request: EntryRequest, text: str = "") -> None:
        """Start a line with this text."""
        self.request, self._initial_text = request, text
        self.prompt.update(request.prompt)
        self.input.placeholder = request.placeholder
        self.input.value = text
        self.input.cursor_position = len(text)
        self.input.focus()

    @property
    def unsaved_text(self) -> str:
        """What was typed into the line and is not stored."""
        text = self.input.value.strip()
        return text if self.request is not None and text != self._initial_text.strip() else ""

    def clear_line(self) -> None:
        """End the request for which the line was shown: empty its prompt and its input."""
        self.request = None
        self.prompt.update("")
        self.input.placeholder = build_idle_hint()
        self.input.value = ""

    def read_typed_item(self) -> TypedItem:
        """Parse the line as an item. Raises BadInput if it has no title."""
        return read_item(self._resolve_names())

    def _resolve_names(self) -> str:
        return resolve_mentions(self.input.value, self._candidates)

    @on(Input.Changed)
    def _update_meaning(self, event: Input.Changed) -> None:
        event.stop()
        self.meaning.update(self._describe_meaning() if self.request and self.request.is_item else "")

    @on(Input.Submitted)
    def _post_entered(self, event: Input.Submitted) -> None:
        event.stop()
        if self.request is not None and self.input.value.strip():
            text = self._resolve_names() if self.request.is_item else self.input.value
            self.post_message(self.Entered(self.request, text))

    def _describe_meaning(self) -> str:
        try:
            item = self.read_typed_item()
        except BadInput:
            return ""
        parts = []
        for mention in find_candidate_mentions(self.input.value, self._candidates) if item.presenter else ():
            label = mention.party.label if mention.party else _("not in the register")
            parts.append(f"@{mention.name} → {label}")
        if self.request is not None and self.request.kind == "paper":
            return "   ".join(parts)
        if item.minutes:
            parts.append(_("{n} min").format(n=item.minutes))
        if item.section:
            parts.append(_("section {name}").format(name=item.section))
        return "   ".join(parts)
