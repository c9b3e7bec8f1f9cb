"""Builds and exports the one-page brief for a group: our seats, our actions, last minutes and other members."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from typing import NamedTuple

from ahtc_tui.domain.actions.model import ActionRow, Marking, Status, find_highest_marking
from ahtc_tui.domain.dates.date_as_known import format_long_date
from ahtc_tui.domain.dates.formal_dates import format_day
from ahtc_tui.domain.dates.formatting import soften_date
from ahtc_tui.domain.documents.office_paper import Letterhead, OfficePaper, PaperKind, PaperPart, format_counted_heading
from ahtc_tui.domain.documents.page_space import count_pages
from ahtc_tui.domain.evidence.model import FigureRow
from ahtc_tui.domain.groups.membership import Membership
from ahtc_tui.domain.groups.model import GroupCard, LastMinutes, SeatRole, SeatRow
from ahtc_tui.domain.i18n import _, choose_printed_text, get_current_language, ngettext, pgettext
from ahtc_tui.domain.meetings.kinds import LineKind
from ahtc_tui.domain.meetings.model import MeetingRow
from ahtc_tui.domain.text.cleaning import capitalise
from ahtc_tui.domain.text.sources import format_source
from ahtc_tui.services.documents.letterhead import build_letterhead
from ahtc_tui.services.documents.office_papers import Target, find_target, write_in_languages
from ahtc_tui.services.evidence.service import publish_figures
from ahtc_tui.services.groups.membership import list_memberships
from ahtc_tui.services.groups.service import show_group
from ahtc_tui.services.meetings.series_dates import find_next_meetings
from ahtc_tui.services.workspace import Workspace
from ahtc_tui.store.contacts.own_post import require_own_post
from ahtc_tui.store.contacts.party_lookup import find_party
from ahtc_tui.store.documents import briefs as queries

MOST_FIGURES = 6
RESULTS = frozenset((LineKind.DECISION, LineKind.ACTION, LineKind.VOTE))
"""Kinds of lines of the last minutes that a brief prints; without any of them it prints the notes."""

UNPAGED = (".html", ".md")
"""Formats without pages, whose lists are not cut."""


class Limits(NamedTuple):
    """Entries of each list of a brief, which has one page; the lists in the order in which they grow."""

    commitments: int
    lines: int
    other_actions: int
    figures: int
    members: int
    """Names of each role."""


LEAST = Limits(commitments=2, lines=1, other_actions=1, figures=1, members=2)
MOST = Limits(commitments=20, lines=12, other_actions=20, figures=MOST_FIGURES, members=40)
COMMITMENT_WIDTHS = (2.8, 5.5, 2.9, 1.8, 3.4)
OTHER_WIDTHS = (2.8, 4.2, 3.2, 2.3, 1.6, 2.3)


@dataclass(frozen=True, slots=True)
class Brief:
    """Our seats, our actions, other open actions, the last minutes and figures."""

    card: GroupCard
    our_seats: tuple[Membership, ...]
    our_actions: tuple[ActionRow, ...]
    """Open actions that we lead."""
    other_actions: tuple[ActionRow, ...]
    minutes: LastMinutes | None
    figures: tuple[FigureRow, ...]
    next_meeting: MeetingRow | None = None
    is_chair: bool = False
    """Whether the post chairs the group, with or without a seat of its own."""


def build_brief(workspace: Workspace, group: str) -> Brief:
    """Return the contents of the brief for a group, from the view of our post. Raises NotFound."""
    today = workspace.today()
    card = show_group(workspace, group)
    our_seats = [membership for membership in list_memberships(workspace) if membership.group_ref == card.row.ref]
    with workspace.database.read() as cursor:
        key = find_party(cursor, group, ("group",)).key
        our_party = find_party(cursor, require_own_post(cursor))
        our_ref = our_party.ref
        open_actions = queries.read_group_actions(cursor, key, today)
        minutes = queries.read_last_minutes(cursor, key, today)
        figures = queries.read_area_figures(cursor, card.row.area, MOST_FIGURES)
        next_meeting = find_next_meetings(cursor, today, key).get(card.row.ref)
    own_actions = tuple(action for action in open_actions if action.lead_ref == our_ref)
    other_actions = tuple(action for action in open_actions if action.lead_ref != our_ref)
    return Brief(
        card,
        tuple(our_seats),
        own_actions,
        other_actions,
        minutes,
        tuple(publish_figures(workspace, figures)),
        next_meeting=next_meeting,
        is_chair=card.row.chair == our_party.name,
    )


def export_brief(
    workspace: Workspace, group: str, target: Target, marking: Marking = Marking.OFFICIAL, force: bool = False
) -> tuple[Path, Brief]:
    """Write the brief in the format of its target.

    It has the highest marking of its parts. Raises BadInput, NotFound, Refused.
    """
    brief = build_brief(workspace, group)

    def name_file() -> str:
        return _("{day} Brief, {group}").format(day=workspace.today().isoformat(), group=brief.card.row.name)

    def build() -> OfficePaper:
        return build_paper(build_brief(workspace, group), workspace, marking, is_paged=place.suffix not in UNPAGED)

    language = get_current_language()
    place = find_target(workspace, PaperKind.BRIEF, target, name_file)
    return write_in_languages(workspace, PaperKind.BRIEF, place, build, force, language), brief


def build_paper(brief: Brief, workspace: Workspace, marking: Marking, *, is_paged: bool = True) -> OfficePaper:
    """Return the brief as an office paper, with lists as long as fit on one page."""
    build = partial(_build_paper, brief, workspace.today(), build_letterhead(workspace), marking)
    return _fill_page(build) if is_paged else build(MOST)


def _fill_page(build: Callable[[Limits], OfficePaper]) -> OfficePaper:
    """Return the longest paper of one page: its lists grow in turn, by an entry each, until they no longer fit."""
    limits, paper, growing = LEAST, build(LEAST), dict.fromkeys(Limits._fields)
    while growing:
        for name in tuple(growing):
            longer = limits._replace(**{name: getattr(limits, name) + 1})
            candidate = build(longer)
            if count_pages(candidate) == 1 and getattr(longer, name) <= getattr(MOST, name):
                limits, paper = longer, candidate
            else:
                del growing[name]
    return paper


def _build_paper(
    brief: Brief, today: date, letterhead: Letterhead | None, marking: Marking, limits: Limits
) -> OfficePaper:
    our_seats = {membership.seat for membership in brief.our_seats}
    other_seats = [seat for seat in brief.card.seats if seat.ref not in our_seats]
    own, other = brief.our_actions, brief.other_actions
    head = (_("Ref"), _("Action"), _("Status"), _("Rating"), _("Due"))
    own_rows = tuple((row.ref, row.printed_title, *_format_position(row)) for row in own[: limits.commitments])
    other_rows = tuple(
        (row.ref, row.printed_title, row.lead_in_full, *_format_position(row)) for row in other[: limits.other_actions]
    )
    commitments = format_counted_heading(_("Our commitments"), len(own), len(own_rows))
    others = format_counted_heading(_("Open actions of other leads for the group"), len(other), len(other_rows))
    parts = (
        PaperPart(commitments, (), head, own_rows, COMMITMENT_WIDTHS, _("No open actions.")),
        PaperPart(others, (), (_("Ref"), _("Action"), _("Lead"), *head[2:]), other_rows, OTHER_WIDTHS),
        _build_last_minutes(brief, limits.lines),
        _build_figures(brief, limits.figures),
        PaperPart(
            format_counted_heading(_("Other members"), len(other_seats)),
            points=_list_members(other_seats, limits.members),
        ),
    )
    title = _("Brief: {group}").format(group=brief.card.row.name)
    minutes = [brief.minutes.marking] if brief.minutes else []
    highest = find_highest_marking(marking, [*minutes, *(action.marking for action in (*own, *other))])
    facts = (*_build_facts(brief, highest), *_build_next_meeting(brief.next_meeting, highest))
    return OfficePaper(title, format_long_date(today), today, facts, parts, highest, head=letterhead)


def _format_position(row: ActionRow) -> tuple[str, str, str]:
    """Return status, rating and due or review date of an action."""
    is_duty = row.status is Status.CONTINUING
    review = _("review {day}").format(day=format_day(row.review_on)) if is_duty and row.review_on else ""
    return row.status.label, row.brag.label if row.brag else "–", review or format_day(row.due) or "–"


def _build_facts(brief: Brief, marking: Marking) -> list[tuple[str, str]]:
    """Return what the brief says first, without days of meetings that are marked higher than it."""
    card = brief.card
    facts = []
    for membership in brief.our_seats:
        details = [membership.role.label, _("held by {name}").format(name=membership.holder or _("not known"))]
        if membership.on_behalf_of:
            details.append(_("on behalf of {name}").format(name=membership.on_behalf_of))
        if membership.beside:
            details.append(_("with {names}").format(names=", ".join(membership.beside)))
        if membership.to_on:
            details.append(_("until {day}").format(day=soften_date(membership.to_on)))
        facts.append((_("Our seat"), ", ".join(details)))
        facts.append((_("Basis of membership"), membership.basis or format_source(membership.source) or "–"))
        attendance = (
            _("meetings: {n} of {all}").format(n=membership.attended, all=membership.of)
            if membership.of
            else _("no attendance recorded")
        )
        last = str(membership.last_attended) if membership.last_attended else _("not yet")
        last_note = _("last attended: {day}").format(day=last) if marking.covers(membership.last_marking) else ""
        facts.append((_("Attendance"), "; ".join(filter(None, (attendance, last_note)))))
        papers_due = membership.papers_due if marking.covers(membership.papers_marking) else None
        if papers_due:
            facts.append((_("Papers due"), format_day(papers_due)))
    if not brief.our_seats:
        facts.append((_("Our seat"), SeatRole.CHAIR.label if brief.is_chair else pgettext("seat", "Not recorded")))
    if card.purpose:
        facts.append((_("Purpose"), choose_printed_text(card.purpose, None)))
    if card.row.chair:
        facts.append((_("Chair"), card.row.chair))
    return facts


def _build_next_meeting(row: MeetingRow | None, marking: Marking) -> list[tuple[str, str]]:
    """Return the date of the next meeting; nothing where it is marked higher than the brief."""
    if row and not marking.covers(row.marking):
        return []
    return [(_("Next meeting"), format_day(row.day) if row else capitalise(_("none planned")))]


def _build_last_minutes(brief: Brief, limit: int) -> PaperPart:
    minutes = brief.minutes
    if minutes is None:
        return PaperPart(_("Last minutes"), none=_("No meeting is recorded."))
    results = [line for line in minutes.lines if line[0] in RESULTS] or list(minutes.lines)
    points = []
    for stored_kind, text, action, welsh in results[:limit]:
        printed, kind = choose_printed_text(text, welsh), LineKind(stored_kind)
        label = "" if kind is LineKind.NOTE else f"{capitalise(kind.label)}: "
        points.append(f"{label}{printed} ({action})" if action else f"{label}{printed}")
    remaining = len(results) - limit
    if remaining > 0:
        points.append(ngettext("and {n} more line", "and {n} more lines", remaining))
    heading = f"{minutes.printed_title}, {minutes.day}"
    return PaperPart(_("Last minutes"), (f"{heading} ({minutes.ref})",), points=tuple(points))


def _build_figures(brief: Brief, limit: int) -> PaperPart:
    rows = tuple(
        (_format_title(row), row.amount, format_day(row.period), _format_source(row)) for row in brief.figures[:limit]
    )
    head = (_("Figure"), _("Value"), _("Period"), _("Source"))
    heading = format_counted_heading(_("Figures"), len(brief.figures), len(rows))
    return PaperPart(heading, (), head, rows, (5.6, 2.9, 1.9, 6.0), _("No figures for the area."))


def _format_title(row: FigureRow) -> str:
    """Return the title with its caveat: a figure is never exported without it."""
    title = row.printed_title
    caveat = row.printed_caveat
    return _("{title}. Caveat: {words}").format(title=title, words=caveat) if caveat else title


def _format_source(row: FigureRow) -> str:
    return " · ".join(words for words in (format_source(row.source) or "–", row.use) if words)


def _list_members(seats: Sequence[SeatRow], limit: int) -> tuple[str, ...]:
    """Return the members by role, a line for each role with as many names as the page has room for."""
    members: dict[SeatRole, list[str]] = {}
    for seat in seats:
        holder = f" ({seat.holder})" if seat.holder and seat.holder != seat.member else ""
        members.setdefault(seat.role, []).append(f"{seat.printed_member}{holder}")
    lines = []
    for role, names in members.items():
        more = len(names) - limit
        shown = [*names[:limit], *([ngettext("{n} other", "{n} others", more)] if more > 0 else [])]
        lines.append(f"{role.format_label(len(names))}: {'; '.join(shown)}")
    return tuple(lines)
