"""The cards of an objective, and of a lead or group."""

from __future__ import annotations

from collections.abc import Iterator

from ahtc_tui.domain.actions.model import Status
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.plan.model import UNRATED_KEY, Basis, ObjectiveCard
from ahtc_tui.domain.plan.periods import NOT_SAID, PlanCountsRow
from ahtc_tui.domain.text.sources import format_source
from ahtc_tui.tui.plan.list import PlanRow, draw_bar, format_open
from ahtc_tui.tui.widgets.detail_pane import Fact, Gap, Heading, Line, Para, Section, Title


def build_sections(card: ObjectiveCard) -> Iterator[Section]:
    """Yield the card of an objective: counts of its actions, the actions, milestones and source."""
    row = card.row
    yield Title(str(row.number), row.shown_title)
    if row.basis is Basis.GROUPING:
        yield Para(_("Grouped by the secretariat: not part of the plan."), muted=True)
    yield Gap()
    yield from _build_facts(card)
    yield Gap()
    yield Heading(_("ACTIONS  {n}").format(n=row.total))
    yield from (Fact(ref, f"{_format_status(status)} · {card.show_text(title)}") for ref, title, status in card.actions)
    if not card.actions:
        yield Line(_("none yet"), muted=True)
    if card.milestones:
        yield Gap()
        yield Heading(_("MILESTONES"))
        for milestone in card.milestones:
            met = _("met {day}").format(day=milestone.met_on) if milestone.met_on else _("not yet met")
            yield Fact(
                milestone.ref, f"{milestone.shown_title}: {milestone.due or milestone.kind_label.lower()}, {met}"
            )
    if card.note:
        yield Gap()
        yield Para(card.note)
    yield Gap()
    yield Para(_("Source: {source}").format(source=format_source(row.source) or _("not stated")), muted=True)


def build_count_sections(row: PlanCountsRow) -> Iterator[Section]:
    """Yield the card of a lead or group: counts of its actions."""
    yield Title("", row.name)
    yield Gap()
    yield Fact(_("Open"), f"{format_open(row)}   {draw_bar(row, 20)}")
    yield Fact(_("Late"), str(row.late) if row.late else _("none"))
    statuses = [
        f"{number} {_format_status(name)}" for name, number in row.counts.by_status if number and name != NOT_SAID
    ]
    yield Fact(_("Status"), ", ".join(statuses))
    yield Fact(_("Rating"), _format_ratings(row))
    yield Gap()
    if row.ref:
        yield Line(_("o shows them in Actions"), muted=True)


def _build_facts(card: ObjectiveCard) -> Iterator[Section]:
    row = card.row
    if row.title_cy:
        is_welsh = row.shown_title == row.title_cy
        yield Fact(_("English"), row.title) if is_welsh else Fact(_("Welsh"), row.title_cy)
    yield Fact(_("Open"), f"{format_open(row)}   {draw_bar(row, 20)}")
    yield Fact(_("Late"), str(row.late) if row.late else _("none"))
    yield Fact(_("Status"), ", ".join(f"{number} {_format_status(name)}" for name, number in row.by_status if number))
    yield Fact(_("Rating"), _format_ratings(row))
    yield Fact(_("Aims"), "; ".join(map(card.show_text, card.aims)) or _("not stated"))


def _format_ratings(row: PlanRow) -> str:
    """Return every rating with its count, the unrated last."""
    ratings = [f"{letter} {number}" for letter, number in row.by_brag if letter != UNRATED_KEY]
    return "  ".join([*ratings, _("not rated {n}").format(n=dict(row.by_brag).get(UNRATED_KEY, 0))])


def _format_status(name: str) -> str:
    return Status(name).label.lower()
