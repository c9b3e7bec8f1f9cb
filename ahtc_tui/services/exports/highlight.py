"""The highlight report: the position of the plan in few pages, for a board that does not read the action log."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import partial
from itertools import chain
from operator import ge
from pathlib import Path
from typing import Any

from ahtc_tui.domain.actions.filters import ActionFilter, Sort
from ahtc_tui.domain.actions.model import ActionRow, Brag, Marking, Status, find_highest_marking
from ahtc_tui.domain.actions.urgency import compute_urgency
from ahtc_tui.domain.dates.date_as_known import format_long_date
from ahtc_tui.domain.dates.formal_dates import format_day
from ahtc_tui.domain.documents.office_paper import OfficePaper, PaperKind, PaperPart, format_counted_heading
from ahtc_tui.domain.documents.page_space import count_pages
from ahtc_tui.domain.export_kinds import EXPORT_KINDS
from ahtc_tui.domain.i18n import Language, _, get_current_language, ngettext
from ahtc_tui.domain.plan.changes_since import PlanChanges
from ahtc_tui.domain.plan.model import ActionCounts, ObjectiveRow, PlanView
from ahtc_tui.domain.publication.model import PublishedDocument
from ahtc_tui.domain.text.cleaning import shorten_text
from ahtc_tui.domain.text.collation import build_sort_key
from ahtc_tui.services.actions.service import list_actions
from ahtc_tui.services.documents.meeting_pages import read_record_texts
from ahtc_tui.services.documents.office_papers import Target, find_target, write_in_languages
from ahtc_tui.services.plan.changes_since import show_changes_since, show_changes_since_last
from ahtc_tui.services.plan.service import show_plan
from ahtc_tui.services.privacy.marking_limit import refuse_marked_publication
from ahtc_tui.services.publication import service as publication
from ahtc_tui.services.publication.service import BuildPage, PublishedPage, Release
from ahtc_tui.services.workspace import Workspace
from ahtc_tui.store.publication.queries import ReleaseSubject

UNPAGED = (".pptx", ".html", ".md")
"""Formats whose room is not that of a printed page."""
COMING_DAYS = 42
"""Days ahead within which a due date is coming up."""
WIDTHS = (8.8, 4.2, 3.4)
OBJECTIVE_WIDTHS = (6.2, 1.9, 1.5, 1.5, 1.6, 1.7, 2.0)
LEAD_WIDTHS = (10.4, 2.4, 3.6)

MOST_ROWS, ENOUGH_ROWS = 3, 2
"""Largest number of rows of a list on each page, and the number that each has before longer texts are preferred."""
MOST_PAGES = 3
MOST_OBJECTIVES = 10
"""Largest number of rows in the table of objectives."""


@dataclass(frozen=True, slots=True)
class Limits:
    """Largest number of characters in titles of actions and objectives."""

    title: int
    objective: int


WHOLE_TITLE = 400
"""Characters of a title that is not shortened."""
LIMITS = (
    Limits(WHOLE_TITLE, WHOLE_TITLE),
    Limits(160, WHOLE_TITLE),
    Limits(96, WHOLE_TITLE),
    Limits(96, 76),
    Limits(52, 76),
    Limits(52, 38),
)
"""Limits in the order in which they are tried."""


@dataclass(frozen=True, slots=True)
class HighlightContent:
    """The records of the report."""

    plan: PlanView
    open: tuple[ActionRow, ...]
    """All open actions, which the counts of ratings are of."""
    changes: PlanChanges
    late: tuple[ActionRow, ...]
    red: tuple[ActionRow, ...]
    """Actions and continuing duties rated red that are not late, and blocked ones."""
    coming: tuple[ActionRow, ...]
    release: tuple[int, date] | None = None
    """Number and day of the release; None for a copy of the office."""

    @property
    def closed(self) -> tuple[ActionRow, ...]:
        """The actions completed in the period."""
        return tuple(row for row in self.changes.closed if row.status is Status.DONE)

    @property
    def lists(self) -> tuple[tuple[ActionRow, ...], ...]:
        """The four lists in the order of the page."""
        return self.closed, self.late, self.red, self.coming

    @property
    def marking(self) -> Marking:
        """Highest marking of the records named."""
        named = chain(*self.lists)
        return find_highest_marking(self.changes.marking, [row.marking for row in named])


def build_highlight(workspace: Workspace, from_: str | None) -> HighlightContent:
    """Return the content since a day or meeting, by default since the last Leadership Group.

    Raises NotFound, BadInput.
    """
    today = workspace.today()
    changes = show_changes_since(workspace, from_) if from_ else show_changes_since_last(workspace)
    actions = list_actions(workspace, ActionFilter(), Sort.DUE)
    tasks = [row for row in actions if row.status is not Status.CONTINUING]
    late = rank_by_need([row for row in tasks if row.is_late(today)], today)
    red = rank_by_need([row for row in actions if row not in late and (row.brag is Brag.RED or row.blocked)], today)
    last = today + timedelta(days=COMING_DAYS)
    coming = (row for row in tasks if row.due and today <= row.due.latest <= last and row not in red)
    return HighlightContent(show_plan(workspace), tuple(actions), changes, late, red, tuple(coming))


def rank_by_need(rows: Sequence[ActionRow], today: date) -> tuple[ActionRow, ...]:
    """Return red actions and then others, by urgency and with those that became late last first; of the red ones and
    of the others, one of each lead comes before the second of any.
    """

    def measure_need(row: ActionRow) -> tuple[bool, float, date]:
        return row.brag is Brag.RED, compute_urgency(row, today), row.due.latest if row.due else today

    ranked = sorted(rows, key=measure_need, reverse=True)
    places: Counter[tuple[bool, str]] = Counter()
    placed = []
    for row in ranked:
        lead = (row.brag is not Brag.RED, row.lead_ref or row.ref)
        placed.append(((lead[0], places[lead]), row))
        places[lead] += 1
    return tuple(row for _place, row in sorted(placed, key=lambda pair: pair[0]))


def find_page(from_: str | None = None) -> BuildPage:
    """Return what composes the report as a page to be published."""
    return partial(build_highlight_page, from_=from_)


def build_highlight_page(workspace: Workspace, from_: str | None) -> PublishedPage[HighlightContent]:
    """Return the report as it would be published: of the changes only the completed actions. Raises as above."""
    content = build_highlight(workspace, from_)
    changes = replace(
        content.changes, added=(), closed=content.closed, slipped=(), brag=(), confidence=(), updates=(), no_update=()
    )
    counted = tuple(replace(row, title="", title_cy=None, lead=None) for row in content.open)
    content = replace(content, plan=replace(content.plan, aims=()), open=counted, changes=changes)
    texts, context = read_record_texts(workspace)
    document = PublishedDocument.HIGHLIGHT
    subject = ReleaseSubject(document)
    return PublishedPage(subject, document.value, content, content, texts, context, is_daily=True)


def stamp_release(release: Release[HighlightContent]) -> HighlightContent:
    """Return the content of a release with its number and day."""
    return replace(release.english, release=(release.row.number, release.row.released_on))


def export_highlight(
    workspace: Workspace,
    target: Target,
    from_: str | None = None,
    marking: Marking = Marking.OFFICIAL,
    force: bool = False,
    *,
    is_published: bool = False,
) -> tuple[Path, dict[str, Any]]:
    """Write the report in the format of its target; return its path, and its counts and marking.

    Without `is_published` it is a copy for the office, which says so; a published one has the period of its release.
    Raises BadInput, NotFound, Refused.
    """
    release = None
    if is_published:
        refuse_marked_publication(marking)
        release = publication.read_release(workspace, find_page(from_))
    content = stamp_release(release) if release else build_highlight(workspace, from_)
    highest = marking if release else find_highest_marking(marking, [content.marking])

    place = find_target(
        workspace,
        PaperKind.HIGHLIGHT,
        target,
        lambda: f"{workspace.today().isoformat()} {EXPORT_KINDS['highlight'].file_name}",
    )

    write_report(workspace, place, content, highest, get_current_language(), force=force)
    counts = {
        "from": content.changes.first.isoformat(),
        "to": content.changes.last.isoformat(),
        "open": len(content.open),
        "late": len(content.late),
        "red": len(content.red),
        "closed": len(content.closed),
        "coming": len(content.coming),
        "marking": highest.value,
    }
    return place, counts


def write_report(
    workspace: Workspace,
    target: Path,
    content: HighlightContent,
    marking: Marking,
    language: Language,
    *,
    force: bool = False,
) -> None:
    """Write the report in the languages of a file. Raises as `write_papers`."""

    def build() -> OfficePaper:
        return build_paper(content, marking, whole_titles=target.suffix.lower() in UNPAGED)

    write_in_languages(workspace, PaperKind.HIGHLIGHT, target, build, force, language)


def build_paper(content: HighlightContent, marking: Marking, *, whole_titles: bool = False) -> OfficePaper:
    """Return the report in the current language, on one page, or on more where that has no two rows for each list.

    Texts are as long as they can be there. A slide and a web page have whole titles: a slide shortens them to its own
    room.
    """
    enough = [min(ENOUGH_ROWS, len(actions)) for actions in content.lists]
    choices = (
        (limits, rows)
        for pages in range(1, MOST_PAGES + 1)
        for limits in LIMITS
        if all(map(ge, rows := _count_rows(content, marking, limits, pages), enough))
    )
    limits, rows = next(choices, (LIMITS[-1], enough))
    if whole_titles:
        limits = LIMITS[0]
    return _build_paper(content, marking, limits, rows)


def _count_rows(content: HighlightContent, marking: Marking, limits: Limits, pages: int) -> list[int]:
    """Return the number of rows of each list that fill these pages; none where one row each does not fit."""
    most_rows = MOST_ROWS * pages**2
    full = [min(most_rows, len(actions)) for actions in content.lists]
    if count_pages(_build_paper(content, marking, limits, full)) <= pages:
        return full  # a list that is cut may need more room, for the table of leads with the rest
    rows = [0] * len(content.lists)
    for most in range(1, most_rows + 1):
        for index, actions in enumerate(content.lists):
            longer = [*rows[:index], min(most, len(actions)), *rows[index + 1 :]]
            if count_pages(_build_paper(content, marking, limits, longer)) <= pages:
                rows = longer
            elif most == 1:
                return [0] * len(rows)
    return rows


def _build_paper(content: HighlightContent, marking: Marking, limits: Limits, rows: Sequence[int]) -> OfficePaper:
    changes, plan = content.changes, content.plan
    period = _("{first} to {last}").format(first=format_long_date(changes.first), last=format_long_date(changes.last))
    ratings = Counter(row.brag for row in content.open)
    rated = [f"{brag.label} {ratings[brag]}" for brag in Brag]
    rated.append(_("not rated {n}").format(n=ratings[None]))
    facts = (
        (_("Open actions"), _("{open}, {late} late").format(open=len(content.open), late=len(content.late))),
        (_("Ratings"), ", ".join(rated)),
    )
    completed = _("Completed since {date}").format(date=format_long_date(changes.first))
    headings = (completed, _("Late"), _("Rated red or blocked"), _("Due in the next six weeks"))
    parts = (
        _build_part(heading, actions, number, limits)
        for heading, actions, number in zip(headings, content.lists, rows, strict=True)
    )
    title = EXPORT_KINDS["highlight"].file_name
    subtitle = f"{period}. {_format_status(content.release)}"
    objectives = _build_objectives(plan, content.open, limits)
    leads = _build_leads(content, rows)
    return OfficePaper(title, subtitle, changes.last, facts, (objectives, *leads, *parts), marking)


def _format_status(release: tuple[int, date] | None) -> str:
    """Return the release, or that a copy of the office is not for publication; the period has it on its line."""
    if release is None:
        return _("Not for publication")
    number, day = release
    return _("Release {n}, published {day}").format(n=number, day=format_long_date(day))


def _build_objectives(plan: PlanView, open_actions: Sequence[ActionRow], limits: Limits) -> PaperPart:
    """Return the counts of open actions by objective, and without one; no ratings while no action has one.

    Of more objectives than the table may have, those with the most late and then the most open actions have rows, in
    the order of the plan; the others are counted in one row.
    """
    counted = tuple(Brag) if any(row.brag for row in open_actions) else ()
    ratings = Counter((row.objective or "", row.brag) for row in open_actions)

    def count(counts: ObjectiveRow | ActionCounts) -> list[int]:
        number = str(counts.number) if isinstance(counts, ObjectiveRow) else ""
        return [counts.open, counts.late, *(ratings[number, brag] for brag in counted)]

    unassigned = [(_("No objective"), count(plan.unassigned))] if plan.unassigned.total else []
    most = MOST_OBJECTIVES - len(unassigned)
    by_need = sorted(plan.objectives, key=lambda row: (-row.late, -row.open))
    other = by_need[most - 1 :] if len(by_need) > most else []
    shown = [row for row in plan.objectives if row not in other]
    rows = [(f"{row.number}. {row.printed_title}", count(row)) for row in shown]
    if other:
        title = ngettext("1 other objective", "{n} other objectives", len(other))
        rows.append((title, [sum(numbers) for numbers in zip(*map(count, other), strict=True)]))
    rows += unassigned if rows else []
    blank = ("",) * (len(Brag) - len(counted))
    cells = tuple((shorten_text(title, limits.objective), *map(str, counts), *blank) for title, counts in rows)
    head = (_("Objective"), _("Open"), _("Late"), *(brag.label for brag in Brag))
    none = _("The plan has no objectives.")
    return PaperPart(_("Position by objective"), (), head, cells, OBJECTIVE_WIDTHS, none)


def _build_leads(content: HighlightContent, rows: Sequence[int]) -> list[PaperPart]:
    """Return the counts of late and red actions by lead, where not every one of them is named."""
    if all(number >= len(actions) for actions, number in zip(content.lists[1:3], rows[1:3], strict=True)):
        return []
    late, red = (Counter(row.lead for row in actions) for actions in (content.late, content.red))
    leads = sorted({*late, *red}, key=lambda lead: (-late[lead], -red[lead], build_sort_key(lead or "")))
    cells = tuple((lead or _("No lead"), str(late[lead]), str(red[lead])) for lead in leads)
    head = (_("Lead"), _("Late"), _("Other red or blocked"))
    return [PaperPart(_("Position by lead"), (), head, cells, LEAD_WIDTHS)]


def _build_part(heading: str, actions: Sequence[ActionRow], number: int, limits: Limits) -> PaperPart:
    """Return the first actions of a list, without internal references; its heading has the number of all."""
    is_open = all(row.is_open for row in actions)
    head = (_("Action"), _("Lead"), _("Due") if is_open else _("Closed"))
    rows = tuple(
        (
            shorten_text(row.printed_title, limits.title),
            row.lead_in_full,
            format_day(row.due if row.is_open else row.closed_on) or "–",
        )
        for row in actions[:number]
    )
    return PaperPart(format_counted_heading(heading, len(actions), number), (), head, rows, WIDTHS)
