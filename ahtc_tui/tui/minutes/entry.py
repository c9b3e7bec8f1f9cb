"""The input line of live minutes, with its interpretation below it and completion of names after @."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.getters import query_one
from textual.message import Message
from textual.widgets import Input

from ahtc_tui.domain.errors import BadInput
from ahtc_tui.domain.i18n import _, gettext_noop, pgettext
from ahtc_tui.domain.meetings.kinds import LineKind
from ahtc_tui.domain.minutes.typed_lines import (
    PREFIX,
    PREFIXES,
    has_unread_date,
    join_lines,
    read_kind,
    read_line,
    split_lines,
)
from ahtc_tui.domain.minutes.written_lines import WrittenLine, propose_line, read_typed_label
from ahtc_tui.services.minutes.live_minutes import Owner
from ahtc_tui.tui.base.type_ahead import LinesInput
from ahtc_tui.tui.keys import build_bindings
from ahtc_tui.tui.widgets.date_field import format_meaning, format_short_meaning
from ahtc_tui.tui.widgets.owner_field import (
    Candidate,
    find_candidate_exactly,
    find_candidate_mentions,
    find_mentioned,
    resolve_mentions,
)
from ahtc_tui.tui.widgets.plain import PlainLabel

UNFINISHED_NAME = re.compile(r"(?:^|(?<=\s))@([\w'’.-]+)$")


@dataclass(frozen=True, slots=True)
class EntryContent:
    """The text of the input, and what it is typed for."""

    text: str
    kind: LineKind = LineKind.NOTE
    """Kind of a line without a prefix."""
    label: str = ""
    """Shown below the input, and not empty if the text is stored literally."""
    edited_number: str = ""
    """Number of the line that is edited: "6.5"; empty for a new line."""

    @property
    def lines(self) -> list[str]:
        """The text as lines of the minutes; that of an edited line is one."""
        return [self.text] if self.edited_number else split_lines(self.text)


def build_idle_hint() -> str:
    """Return the placeholder of the empty input."""
    return _("type, press enter   n: note   d: decision   a: action @lead due end nov")


class MinuteInput(LinesInput):
    """The input; the keys of the screen are bound here so that they work while typing."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *build_bindings("minute.*"),
        Binding("tab", "finish_name", gettext_noop("Complete the name"), id="minute.finish", show=False),
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
        """Lines were entered, with names after @ replaced by references; the input is empty."""

        def __init__(self, lines: Sequence[str], content: EntryContent) -> None:
            super().__init__()
            self.lines, self.content = lines, content
            """`content` is what to put back if the lines cannot be stored."""

    class Typed(Message):
        """The text changed."""

        def __init__(self, text: str) -> None:
            super().__init__()
            self.text = text

    def __init__(self, day: Callable[[], date]) -> None:
        super().__init__()
        self._get_day = day
        self._candidates: tuple[Candidate, ...] = ()
        self._content = EntryContent("")

    def compose(self) -> ComposeResult:
        yield MinuteInput(placeholder=build_idle_hint(), compact=True)
        yield PlainLabel(id="entry-meaning")

    def set_owners(self, owners: Sequence[Owner]) -> None:
        """Set the candidates of names after @."""
        self._candidates = tuple(Candidate(owner.label, owner.ref, (*owner.names, owner.ref)) for owner in owners)

    @property
    def text(self) -> str:
        """The text of the input."""
        return self.input.value

    def set_content(self, content: EntryContent) -> None:
        """Set the text and what it is typed for."""
        self._content = content
        self.meaning.update(content.label)
        self.input.placeholder = "" if content.label else build_idle_hint()
        self.input.value = content.text
        self.input.cursor_position = len(content.text)

    def clear_text(self) -> None:
        """Clear the input for a new line."""
        self.set_content(EntryContent(""))

    def restore_content(self, content: EntryContent) -> None:
        """Put taken content back, before what has been typed since; text pasted beside an edit follows that."""
        if self._content.edited_number and not content.edited_number:
            self.set_content(replace(self._content, text=f"{self.text} {content.text}"))
        else:
            self.set_content(replace(content, text=" ".join(part for part in (content.text, self.text) if part)))

    def _resolve_names(self, content: EntryContent) -> list[str]:
        """Return the lines of a content, actions with the names after @ replaced by the references of their matches."""
        if content.label:
            return [content.text]
        return [
            resolve_mentions(line, self._candidates) if read_kind(line, content.kind) is LineKind.ACTION else line
            for line in content.lines
        ]

    @property
    def has_proposal(self) -> bool:
        """Whether the typed words read like an action or a decision."""
        return self._find_proposal() is not None

    @property
    def new_lead(self) -> str:
        """The lead that a labelled action names and nobody here has: "ACTION: Ann Example to write"; empty if none."""
        line, owners = self._find_proposal() or (None, [])
        return line.owners[0] if line and not owners and read_typed_label(self.text) else ""

    def take_proposal(self, new_lead: Candidate | None = None) -> bool:
        """Give the typed words the prefix and the owners of what they read like; return whether they read so."""
        if not (proposal := self._find_proposal()):
            return False
        line, owners = proposal
        if new_lead:
            self._candidates, owners = (*self._candidates, new_lead), [new_lead]
        names = "".join(f" @{owner.ref}" for owner in owners)
        self.set_content(replace(self._content, text=f"{PREFIXES[line.kind]}: {line.text}{names}"))
        return True

    def _find_proposal(self) -> tuple[WrittenLine, list[Candidate]] | None:
        """Return the action or decision that a typed note reads like, with its owners among the candidates."""
        content = replace(self._content, text=self.text)
        if content.label or content.edited_number or len(content.lines) != 1:
            return None
        label = read_typed_label(self.text)
        if PREFIX.match(self.text) or (label and (label.kind is not LineKind.ACTION or "@" in self.text)):
            return None
        line = propose_line(self.text, self._get_day())
        if line is None:
            return None
        matches = (_find_owner(words, self._candidates) for words in line.owners)
        owners = [candidate for candidate in matches if candidate][:1]
        names_somebody = any(name != line.text and _is_capitalised(name) for name in line.owners[:1])
        return None if label and not owners and not names_somebody else (line, owners)

    def action_finish_name(self) -> None:
        """Complete the name before the cursor to a reference."""
        match = UNFINISHED_NAME.search(self.text)
        candidate = find_mentioned(match[1], self._candidates) if match else None
        if match and candidate:
            self.set_content(replace(self._content, text=f"{self.text[: match.start()]}@{candidate.ref} "))

    @on(Input.Changed)
    def _update_meaning(self, event: Input.Changed) -> None:
        event.stop()
        self.meaning.update(self._describe_meaning())
        self.post_message(self.Typed(self.text))

    @on(Input.Submitted)
    def _post_entered(self, event: Input.Submitted) -> None:
        event.stop()
        if self.text.strip():
            content = replace(self._content, text=self.text)
            self.clear_text()
            self.post_message(self.Entered(self._resolve_names(content), content))

    @on(LinesInput.LinesPasted)
    def _enter_pasted(self, event: LinesInput.LinesPasted) -> None:
        """Enter pasted lines: with the text of a new line around them, beside the text of an edited one."""
        event.stop()
        text = event.text
        if not self._content.edited_number:
            start, end = sorted(self.input.selection)
            text = self.text[:start] + text + self.text[end:]
            self.clear_text()
        lines = self._resolve_names(EntryContent(text))
        self.post_message(self.Entered(lines, EntryContent(join_lines(text))))

    def _describe_meaning(self) -> str:
        """Return kinds, owners and due dates as they would be stored."""
        content = replace(self._content, text=self.text)
        if content.label:
            return content.label
        if proposal := self._find_proposal():
            return self._describe_proposal(*proposal)
        edited = [_("edit of {n}").format(n=content.edited_number)] if content.edited_number else []
        return "   ".join((*edited, *(part for line in content.lines for part in self._describe_line(line))))

    def _describe_proposal(self, line: WrittenLine, owners: Sequence[Candidate]) -> str:
        """Return what the words read like, and the keys that take and decline it."""
        if name := self.new_lead:
            return _("ctrl+t: add {name} as the lead   enter: without lead").format(name=name)
        parts = [line.kind.label, *(owner.label for owner in owners)]
        if line.due:
            parts.append(pgettext("line", "due {day}").format(day=format_short_meaning(line.due)))
        if read_typed_label(self.text):
            return _("ctrl+t: {kind}   enter: without lead").format(kind=", ".join(parts))
        return _("ctrl+t: {kind}   enter: note").format(kind=", ".join(parts))

    def _describe_line(self, text: str) -> Iterator[str]:
        """Yield the kind, owners and due date of a line."""
        names = partial(resolve_mentions, candidates=self._candidates)
        try:
            line = read_line(text, self._get_day(), self._content.kind, names)
        except BadInput:
            return
        yield line.kind.label
        if line.kind is not LineKind.ACTION:
            return
        for mention in find_candidate_mentions(text, self._candidates):
            label = mention.party.label if mention.party else _("no match, so it stays as text")
            yield f"@{mention.name} → {label}"
        if line.due:
            yield pgettext("line", "due {day}").format(day=format_short_meaning(line.due))
            if not line.due.has_day:
                yield format_meaning(line.due)
        elif has_unread_date(line.text):
            yield _("no date, so it stays as text")


def _is_capitalised(name: str) -> bool:
    """Return whether each word begins with a capital, as those of a name do."""
    return all(word[:1].isupper() for word in name.split())


def _find_owner(words: str, candidates: Sequence[Candidate]) -> Candidate | None:
    """Return the candidate with exactly this name, else the only one with these initials."""
    if exact := find_candidate_exactly(words, candidates):
        return exact
    initials = words.replace(".", "")
    names = ((candidate, name) for candidate in candidates for name in (candidate.label, *candidate.aliases))
    matches = {
        candidate.ref: candidate
        for candidate, name in names
        if initials.isupper() and "".join(word[0] for word in name.split()).upper() == initials
    }
    return next(iter(matches.values())) if len(matches) == 1 else None
