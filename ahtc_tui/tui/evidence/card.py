"""The cards of evidence: figure, data set, practice, recommendation, document and web page.

Each ends with its source.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from ahtc_tui.domain.dates.date_as_known import format_long_date
from ahtc_tui.domain.evidence.fields import build_figure_rows, build_practice_rows, build_recommendation_rows
from ahtc_tui.domain.evidence.model import (
    DataSetRow,
    FigureCard,
    FigureRow,
    WebPageRow,
    draw_bar,
    draw_sparkline,
    explain_used_source,
    format_used_periods,
)
from ahtc_tui.domain.evidence.practice import AdoptionRow, PracticeCard, format_own_words
from ahtc_tui.domain.evidence.recommendations import DocumentRow, RecommendationRow
from ahtc_tui.domain.fields.model import build_row
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.text.sources import format_source
from ahtc_tui.domain.welsh.model import name_other_language
from ahtc_tui.tui.widgets.detail_pane import Fact, Gap, Heading, Item, Line, Para, Section, Title, build_facts
from ahtc_tui.tui.widgets.plain import format_heading

CHART = 20
"""Width of the longest bar in cells."""


def _build_facts(*facts: tuple[str, object | None]) -> Iterator[Section]:
    return (Fact(label, str(value)) for label, value in facts if value)


def _build_ending(source: str | None, note: str | None = None, *, later: bool = False) -> Iterator[Section]:
    """Return the end of every card: note, warning about a later date, and source."""
    if note:
        yield Gap()
        yield Para(note)
    yield Gap()
    if later:
        yield Para(_("Later than the source paper of the data."), muted=True)
    yield Para(_("Source: {source}").format(source=format_source(source) or _("not stated")), muted=True)


def build_figure(
    card: FigureCard,
    other_figures: Sequence[FigureRow],
    parts: Sequence[FigureRow],
    series: Sequence[FigureRow],
    limit: int,
) -> Iterator[Section]:
    """Return the card of a figure with figures from other sources, its parts and its trend."""
    row = card.row
    yield Title("", row.shown_title)
    yield Gap()
    yield Para(row.with_source if other_figures else row.amount)
    if other_figures:
        yield Heading(format_heading(_("Other sources")))
        yield from (Para(figure_row.with_source) for figure_row in other_figures)
        yield Para(_("Used? {words}").format(words=explain_used_source(card, other_figures)), muted=True)
    if row.is_small(limit):
        yield Para(_("A count under {limit}. Check it before you publish it.").format(limit=limit))
    if row.superseded:
        yield Para(_("There is a newer figure."))
    if row.caveat:
        yield Gap()
        yield Para(_("Caveat: {words}").format(words=row.caveat))
    yield Gap()
    yield from build_facts((*build_figure_rows(card), build_row(_("Ref"), row.ref)))
    yield from _build_context(parts, series)
    note = card.note if card.note != row.caveat else None
    yield from _build_ending(row.source, note, later=row.later)


def _build_context(parts: Sequence[FigureRow], series: Sequence[FigureRow]) -> Iterator[Section]:
    if parts:
        yield Gap()
        yield Heading(format_heading(_("Its parts")))
        yield from _build_value_items([(part.value_text, part.shown_title) for part in parts])
    if len(series) > 1:
        yield Gap()
        yield from build_bars(series)


def _build_value_items(items: Sequence[tuple[str, str]]) -> Iterator[Section]:
    """Return an item of each value and its title, with the values aligned at the right."""
    width = max((len(value) for value, _title in items), default=0)
    return (Item(f"{value:>{width}}  {title}") for value, title in items)


def build_bars(series: Sequence[FigureRow]) -> Iterator[Section]:
    """Return the chart of a figure by period: a sparkline, then one bar a period."""
    yield Heading(format_heading(_("By period"), draw_sparkline([figure_row.value for figure_row in series])))
    top = max(figure_row.value for figure_row in series)
    when, number = (
        max(len(text) for text in texts)
        for texts in zip(*((str(figure_row.period), figure_row.value_text) for figure_row in series), strict=True)
    )
    for figure_row in series:
        bar = draw_bar(figure_row.value, top, CHART)
        yield Line(f"{figure_row.period!s:{when}}  {figure_row.value_text:>{number}}  {bar}")
    if words := format_used_periods(series):
        yield Para(words, muted=True)


def build_web_page(row: WebPageRow, today: date) -> Iterator[Section]:
    """Return the card of a web page under review."""
    yield Title("", row.subject)
    yield Gap()
    if row.is_overdue(today):
        yield Para(_("Its review is overdue. Press . and r if you reviewed it today."))
        yield Gap()
    yield from _build_facts(
        (_("Link"), row.link),
        (_("Owner"), row.owner or _("not stated")),
        (_("Reviewed"), row.last_reviewed or _("not yet")),
        (_("Cycle"), _("every {n} days").format(n=row.cycle_days) if row.cycle_days else _("no cycle")),
        (_("Next"), format_long_date(row.due_on) if row.due_on and row.last_reviewed else None),
        (_("Languages"), row.languages),
        (_("Ref"), row.ref),
    )
    yield from _build_ending(row.source, row.note)


def build_data_set(row: DataSetRow, figures: Sequence[FigureRow]) -> Iterator[Section]:
    """Return the card of a data set with its figures."""
    yield Title("", row.shown_title)
    yield Gap()
    yield from _build_facts(
        name_other_language(row.title, row.title_cy),
        (_("Kind"), row.tier.label),
        (_("Holder"), row.holder or _("not stated")),
        (_("Frequency"), row.frequency),
        (_("Last received"), row.last_received),
        (_("Next due"), row.next_due),
        (_("Ref"), row.ref),
    )
    yield Gap()
    yield Heading(format_heading(_("Figures"), row.figures))
    yield from _build_value_items([(part.value_text, f"{part.shown_title}, {part.period}") for part in figures])
    if not row.figures:
        yield Line(_("none yet"), muted=True)
    yield from _build_ending(row.source, row.note)


def build_practice(card: PracticeCard) -> Iterator[Section]:
    """Return the card of a practice with the status of each place."""
    row = card.row
    yield Title("", row.shown_title)
    yield Gap()
    yield from build_facts((*build_practice_rows(card), build_row(_("Ref"), row.ref)))
    yield Gap()
    yield Heading(format_heading(_("Places"), row.take_up))
    for adoption in card.adoptions:
        yield Item(format_adoption(adoption))
        details = " · ".join(part for part in (adoption.evidence, adoption.contact) if part)
        if details:
            yield Para(f"  {details}", muted=True)
    if not card.adoptions:
        yield Line(_("not recorded yet"), muted=True)
    yield from _build_ending(row.source, card.note)


def format_adoption(adoption: AdoptionRow) -> str:
    """Return status and place: "● adopted  Cardiff", "◐ under way (being rolled out)  South Wales Police"."""
    since = _(", since {day}").format(day=adoption.since) if adoption.since else ""
    return f"{format_status(adoption)}  {adoption.place}{since}"


def format_status(adoption: AdoptionRow) -> str:
    """Return the status, with the words of the source if they differ: "◐ under way (being rolled out)"."""
    return f"{adoption.status.symbol} {adoption.status.label.lower()}{format_own_words(adoption)}"


def build_recommendation(row: RecommendationRow) -> Iterator[Section]:
    """Return the card of a recommendation with its answer."""
    yield Title("", row.shown_title)
    yield Gap()
    no_response = _("Answered by actions.") if row.actions else _("No answer yet.")
    yield Para(row.response or no_response, muted=not row.response)
    yield Gap()
    actions = build_row(_("Actions"), ", ".join(row.actions) or _("none"))
    yield from build_facts((*build_recommendation_rows(row), actions, build_row(_("Ref"), row.ref)))
    yield from _build_ending(row.source, row.note, later=row.later)


def build_document(row: DocumentRow, recommendations: Sequence[RecommendationRow]) -> Iterator[Section]:
    """Return the card of a document with its recommendations."""
    yield Title("", row.shown_title)
    yield Gap()
    yield from _build_facts(
        name_other_language(row.title, row.title_cy),
        (_("Body"), row.body),
        (_("Reference"), row.reference),
        (_("Published"), row.published_on or (_("awaited from others") if row.awaited else _("not stated"))),
        (_("Expected"), row.expected_on if row.awaited else None),
        (_("Marking"), row.marking.label if row.marking else None),
        (_("Ref"), row.ref),
    )
    yield Gap()
    yield Heading(format_heading(_("Recommendations"), row.recommendations))
    for recommendation_row in recommendations:
        answer = _("answered") if recommendation_row.is_answered else _("no answer")
        yield Item(f"{answer} · {recommendation_row.shown_title}")
    if not recommendations:
        yield Line(_("none noted"), muted=True)
    yield from _build_ending(row.source, row.note, later=row.later)
