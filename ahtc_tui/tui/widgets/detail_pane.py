"""The detail pane: titles, facts and paragraphs of one record, read only."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise, zip_longest
from typing import ClassVar, Unpack

from rich.cells import cell_len
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.selection import Selection
from textual.strip import Strip
from textual.visual import Visual

from ahtc_tui.domain.fields.model import CardRow
from ahtc_tui.domain.i18n import _, gettext_noop, pgettext
from ahtc_tui.domain.record_names import format_field_name
from ahtc_tui.domain.text.sources import format_source
from ahtc_tui.tui.widgets.drawing import LineView
from ahtc_tui.tui.widgets.plain import WidgetNaming, fit_cell, sanitize_text

MUTED = "$foreground-muted"
MAX_LABEL_WIDTH = 20


@dataclass(frozen=True, slots=True)
class Title:
    """Reference and title of the record."""

    ref: str
    title: str


@dataclass(frozen=True, slots=True)
class Fact:
    """A label and its value: "Lead   AHTC"."""

    label: str
    value: str


@dataclass(frozen=True, slots=True)
class Pair:
    """A label and two values, one beside the other: "Due   3/4/14   4 March 2014". A mark says how they differ."""

    label: str
    left: str
    right: str
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Heading:
    """Heading of the lines below it."""

    text: str


@dataclass(frozen=True, slots=True)
class Line:
    """A line, cut at the width of the pane."""

    text: str
    muted: bool = False


@dataclass(frozen=True, slots=True)
class Para:
    """A paragraph, wrapped."""

    text: str
    muted: bool = False


@dataclass(frozen=True, slots=True)
class Item:
    """An item of a list, wrapped with a hanging indent."""

    text: str


@dataclass(frozen=True, slots=True)
class Gap:
    """An empty line. Several in a row are drawn as one."""


@dataclass(frozen=True, slots=True)
class Drawing:
    """A line of a picture, cut at the width of the pane."""

    content: Content


Section = Title | Fact | Pair | Heading | Line | Para | Item | Gap | Drawing


def build_facts(rows: Iterable[CardRow]) -> Iterator[Section]:
    """Yield the rows of a card that have a value, several values as one paragraph."""
    return (Fact(label, "; ".join(values)) for label, values in rows if values)


def build_source_sections(source: str | None, notes: Iterable[tuple[str, str]]) -> Iterator[Section]:
    """Yield the source of a record, and the fields that come from another source."""
    yield Fact(pgettext("source", "From"), format_source(source) or _("this office"))
    for field, text in notes:
        yield Para(f"{format_field_name(field)}: {text}", muted=True)


def _wrap_hanging(lead: str, lead_style: str, text: str, style: str, width: int) -> Iterator[Content]:
    """Wrap text after a prefix; the following lines are indented to its width."""
    indent = cell_len(lead)
    wrapped = Content(sanitize_text(text)).wrap(max(8, width - indent)) or [Content("")]
    for number, part in enumerate(wrapped):
        prefix = Content.styled(lead, lead_style) if number == 0 else Content(" " * indent)
        yield Content.assemble(prefix, part.stylize(style) if style else part)


def _render_pair(pair: Pair, width: int) -> Iterator[Content]:
    """Wrap two values in columns of equal width after the mark and the label."""
    label_width = min(MAX_LABEL_WIDTH, width // 4)
    room = max(8, (width - label_width - 4) // 2)
    columns = [
        [part.plain for part in Content(sanitize_text(text)).wrap(size)] or [""]
        for text, size in ((pair.label, label_width), (pair.left, room), (pair.right, room))
    ]
    for number, (label, left, right) in enumerate(zip_longest(*columns, fillvalue="")):
        mark = fit_cell(pair.mark if number == 0 else "", 2)
        parts = ((mark, "$text-warning"), (fit_cell(label, label_width) + " ", MUTED), fit_cell(left, room) + " ")
        yield Content.assemble(*parts, (right, "bold" if pair.mark else ""))


def _cut_line(section: Heading | Line | Drawing, width: int) -> Content:
    if isinstance(section, Drawing):
        return section.content.truncate(width)
    style = "bold" if isinstance(section, Heading) else MUTED if section.muted else ""
    return Content.styled(fit_cell(section.text, width).rstrip(), style)


def _render_lines(sections: Iterable[Section], width: int) -> Iterator[Content]:
    sections = tuple(sections)
    labels = [min(MAX_LABEL_WIDTH, cell_len(section.label)) for section in sections if isinstance(section, Fact)]
    column = max(labels, default=0) + 2
    for previous, section in pairwise((None, *sections)):
        match section:
            case Title(ref, title) if cell_len(ref) > width // 3:
                yield from _wrap_hanging("", "", title, "bold", width)
                yield from _wrap_hanging("", "", ref, "$text-accent", width)
            case Title(ref, title):
                lead = f"{sanitize_text(ref)}  " if ref else ""
                yield from _wrap_hanging(lead, "$text-accent", title, "bold", width)
            case Fact(label, value):
                yield from _wrap_hanging(fit_cell(label, column - 2) + "  ", MUTED, value or "–", "", width)
            case Pair():
                yield from _render_pair(section, width)
            case Heading() | Line() | Drawing():
                yield _cut_line(section, width)
            case Para(text, muted):
                yield from _wrap_hanging("", "", text, MUTED if muted else "", width)
            case Item(text):
                first, *continuation = Content(sanitize_text(text)).wrap(max(8, width - 2)) or [Content("")]
                yield from (first, *(Content.assemble("  ", part) for part in continuation))
            case Gap() if previous != section:
                yield Content("")


class Card(LineView, can_focus=True, inherit_bindings=False):
    """A scrolling pane of sections. New sections are drawn where their lines differ from those on show."""

    DEFAULT_CSS = """
    Card { padding: 0 1; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up,k", "scroll_up", gettext_noop("Up"), show=False, id="card.up"),
        Binding("down,j", "scroll_down", gettext_noop("Down"), show=False, id="card.down"),
        Binding("pageup", "page_up", gettext_noop("Page up"), show=False, id="card.page-up"),
        Binding("pagedown", "page_down", gettext_noop("Page down"), show=False, id="card.page-down"),
        Binding("home,g", "scroll_home", gettext_noop("Top"), show=False, id="card.first"),
        Binding("end,G", "scroll_end", gettext_noop("Bottom"), show=False, id="card.last"),
    ]

    def __init__(self, sections: Iterable[Section] = (), **naming: Unpack[WidgetNaming]) -> None:
        super().__init__(**naming)
        self._sections = tuple(sections)
        self._page: object = None
        """Identifies what is on show; None if unknown."""
        self._drawn_width = 0
        self.content = Content()
        """The lines as one text."""
        self._strips: list[Strip] = []

    def show(self, sections: Iterable[Section], page: object = None) -> None:
        """Show sections from their top, or from the present line where they are of the page on show."""
        is_same = page is not None and page == self._page
        self._sections, self._page = tuple(sections), page
        if self.scrollable_content_region.width:
            self._draw()
        else:  # about to be shown
            self.call_after_refresh(self._draw)
        if not is_same:
            self.scroll_to(y=0)

    @property
    def source_text(self) -> str:
        """The texts of the sections before they were wrapped."""
        names = ("title", "value", "text", "left", "right")
        values = (getattr(section, name, "") for section in self._sections for name in names)
        return "\n".join(value for value in values if value)

    def on_resize(self) -> None:
        if self.scrollable_content_region.width != self._drawn_width:
            self.call_after_refresh(self._draw)

    def render(self) -> Content:
        """Return the text, from which a selection is copied."""
        return self.content

    def render_line(self, y: int) -> Strip:
        """Render a line of the pane."""
        index = self._top_index + y
        if index < len(self._strips):
            return self._strips[index]
        return Strip.blank(self._drawn_width, self.visual_style.rich_style)

    def notify_style_update(self) -> None:
        """Draw the lines in the new colours."""
        super().notify_style_update()
        self._draw_strips()

    def selection_updated(self, selection: Selection | None) -> None:
        """Draw the selected text in its colours."""
        super().selection_updated(selection)
        self._draw_strips()

    def _draw(self) -> None:
        self._drawn_width = self.scrollable_content_region.width
        if self._drawn_width > 0:
            self.content = Content("\n").join(tuple(_render_lines(self._sections, self._drawn_width)))
            self._draw_strips()

    def _draw_strips(self) -> None:
        """Render all lines, and draw those in view that differ from before."""
        if self._drawn_width <= 0:
            return
        style = self.visual_style
        strips = Visual.to_strips(self, self.content, self._drawn_width, None, style, pad=True)
        old_strips, self._strips = self._strips, strips
        if len(strips) != len(old_strips):
            self.set_line_count(len(strips))
        pairs = enumerate(zip_longest(old_strips, strips))
        for index in (index for index, (old, new) in pairs if old != new):
            if 0 <= (y := index - self._top_index) < self.size.height:
                self.redraw_line(y)
