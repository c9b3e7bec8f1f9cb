"""The detail pane beside a list: titles, facts and paragraphs, read only. Never edits, never follows a link."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, ClassVar, Unpack

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.getters import query_one

from ahtc_tui.domain.i18n import _
from ahtc_tui.tui.widgets.plain import Naming, Plain, cell, safe

MUTED = "$foreground-muted"
WIDEST_LABEL = 14


@dataclass(frozen=True, slots=True)
class Title:
    """The reference and the title of the record."""

    ref: str
    title: str


@dataclass(frozen=True, slots=True)
class Fact:
    """A label and what it says: "Lead   AHTC"."""

    label: str
    value: str


@dataclass(frozen=True, slots=True)
class Heading:
    """The heading of a group of lines."""

    text: str


@dataclass(frozen=True, slots=True)
class Line:
    """One line, cut where the pane ends."""

    text: str
    muted: bool = False


@dataclass(frozen=True, slots=True)
class Para:
    """Running text, wrapped."""

    text: str
    muted: bool = False


@dataclass(frozen=True, slots=True)
class Item:
    """One of several, wrapped; its later lines stand a little to the right."""

    text: str


@dataclass(frozen=True, slots=True)
class Gap:
    """An empty line."""


Section = Title | Fact | Heading | Line | Para | Item | Gap


def sources(source: str | None, notes: Iterable[tuple[str, str]]) -> Iterator[Section]:
    """Where a record comes from, and those of its fields that come from elsewhere."""
    yield Fact(_("From"), source or _("this office"))
    words = {"name_cy": _("Welsh name"), "short": _("Short name"), "email": _("E-mail")}
    for field, said in notes:
        yield Para(f"{words.get(field) or field.replace('_', ' ').capitalize()}: {said}", muted=True)


def _hanging(lead: str, lead_style: str, text: str, style: str, width: int) -> Iterator[Content]:
    """Wrapped text beside a lead; the later lines stand under the first."""
    indent = cell_len(lead)
    wrapped = Content(safe(text)).wrap(max(8, width - indent)) or [Content("")]
    for number, part in enumerate(wrapped):
        before = Content.styled(lead, lead_style) if number == 0 else Content(" " * indent)
        yield Content.assemble(before, part.stylize(style) if style else part)


def _lines(sections: Iterable[Section], width: int) -> Iterator[Content]:
    sections = tuple(sections)
    labels = [min(WIDEST_LABEL, cell_len(section.label)) for section in sections if isinstance(section, Fact)]
    column = max(labels, default=0) + 2
    for before, section in pairwise((None, *sections)):
        match section:
            case Title(ref, title) if cell_len(ref) > width // 3:
                yield from _hanging("", "", title, "bold", width)
                yield from _hanging("", "", ref, "$text-accent", width)
            case Title(ref, title):
                lead = f"{safe(ref)}  " if ref else ""
                yield from _hanging(lead, "$text-accent", title, "bold", width)
            case Fact(label, value):
                yield from _hanging(cell(label, column - 2) + "  ", MUTED, value or "–", "", width)
            case Heading(text):
                yield Content.styled(cell(text, width).rstrip(), "bold")
            case Line(text, muted):
                yield Content.styled(cell(text, width).rstrip(), MUTED if muted else "")
            case Para(text, muted):
                yield from _hanging("", "", text, MUTED if muted else "", width)
            case Item(text):
                first, *more = Content(safe(text)).wrap(max(8, width - 2)) or [Content("")]
                yield from (first, *(Content.assemble("  ", part) for part in more))
            case Gap() if before != section:
                yield Content("")


class Card(VerticalScroll, inherit_bindings=False):
    """A pane of sections that scrolls."""

    DEFAULT_CSS = """
    Card {
        background: $background;
        color: $foreground;
        padding: 0 1;
        overflow-y: scroll;
        scrollbar-size-vertical: 1;
        scrollbar-background: $background;
        scrollbar-background-hover: $background;
        scrollbar-background-active: $background;
        scrollbar-color: $panel;
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up,k", "scroll_up", _("Up"), show=False, id="card.up"),
        Binding("down,j", "scroll_down", _("Down"), show=False, id="card.down"),
        Binding("pageup", "page_up", _("Page up"), show=False, id="card.page-up"),
        Binding("pagedown", "page_down", _("Page down"), show=False, id="card.page-down"),
        Binding("home,g", "scroll_home", _("Top"), show=False, id="card.first"),
        Binding("end,G", "scroll_end", _("Bottom"), show=False, id="card.last"),
    ]

    text = query_one(Plain)

    def __init__(self, sections: Iterable[Section] = (), **naming: Unpack[Naming]) -> None:
        super().__init__(**naming)
        self._sections = tuple(sections)
        self._drawn_at = 0
        self._height = 0
        """How many lines were drawn."""

    def compose(self) -> ComposeResult:
        """One block of text."""
        yield Plain()

    def show(self, sections: Iterable[Section]) -> None:
        """Show another record from its top."""
        self._sections = tuple(sections)
        self._draw()
        self.scroll_to(y=0)

    def on_resize(self) -> None:
        """Wrap anew."""
        if self.scrollable_content_region.width != self._drawn_at:
            self.call_after_refresh(self._draw)

    def scroll_to(self, x: float | None = None, y: float | None = None, **options: Any) -> None:
        """Scroll at once: nothing glides."""
        super().scroll_to(x, y, **{**options, "animate": False, "immediate": True})

    def _draw(self) -> None:
        self._drawn_at = self.scrollable_content_region.width
        if self._drawn_at > 0:
            lines = tuple(_lines(self._sections, self._drawn_at))
            self.text.update(Content("\n").join(lines), layout=len(lines) != self._height)
            self._height = len(lines)
