"""A brief for a group on one page: why we sit there, what we promised, what is open, and who else sits."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from ahtc_tui.domain.actions.model import ActionRow, Marking
from ahtc_tui.domain.dates.date_as_known import long_date
from ahtc_tui.domain.documents.briefs import Brief
from ahtc_tui.domain.documents.office_paper import OfficePaper, Part, highest
from ahtc_tui.domain.groups.membership import OUR_POST
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.welsh.file_language import language_now
from ahtc_tui.services.documents.office_papers import check_ending, free_target, names_for, write_in
from ahtc_tui.services.groups.membership import memberships
from ahtc_tui.services.groups.service import show_group
from ahtc_tui.store.contacts.party_lookup import find_party
from ahtc_tui.store.documents import briefs as stored
from ahtc_tui.store.documents import handover

if TYPE_CHECKING:
    from ahtc_tui.domain.evidence.model import FigureRow
    from ahtc_tui.domain.groups.model import SeatRow
    from ahtc_tui.services.workspace import Workspace

MOST_FIGURES = 6
MOST_LINES = 12
"""Lines of the last minutes: a brief is one page."""


def brief_of(workspace: Workspace, group: str, post: str = OUR_POST) -> Brief:
    """Everything that a brief for a group says, from the side of one of our posts. Raises NotFound."""
    today = workspace.today()
    card = show_group(workspace, group)
    ours = [one for one in memberships(workspace, post) if one.group_ref == card.row.ref]
    with workspace.database.read() as cursor:
        key = find_party(cursor, group, ("group",)).key
        us = find_party(cursor, post).ref
        open_actions = handover.of_group(cursor, key, today)
        minutes = stored.last_minutes(cursor, key, today)
        figures = stored.figures_for(cursor, card.row.area, MOST_FIGURES)
    mine = tuple(action for action in open_actions if action.lead_ref == us)
    others = tuple(action for action in open_actions if action.lead_ref != us)
    return Brief(card, tuple(ours), mine, others, minutes, tuple(figures))


def export_brief(
    workspace: Workspace, group: str, target: Path | None, marking: Marking = Marking.OFFICIAL, force: bool = False
) -> tuple[Path, Brief]:
    """Write the brief as a Word file or as Markdown; into the exports folder where no file is named.

    The highest marking of its parts wins. Raises BadInput, NotFound, Refused.
    """
    if target is not None:
        check_ending(target)
    found = brief_of(workspace, group)
    name = _("brief-{group}").format(group=found.card.row.ref)
    make = partial(paper_of, found, workspace, marking)
    language = language_now()
    names = names_for(workspace, language)
    return write_in(target or free_target(workspace, name), make, force, language, names), found


def paper_of(found: Brief, workspace: Workspace, marking: Marking) -> OfficePaper:
    """The brief as a paper."""
    today = workspace.today()
    ours = {one.seat for one in found.ours}
    others = [seat for seat in found.card.seats if seat.ref not in ours]
    head = (_("Ref"), _("Action"), _("Due"))
    parts = (
        Part(_("What we promised"), (), head, _rows(found.mine, False), (2.2, 10.6, 3.6), _("Nothing that is open.")),
        Part(
            _("Open actions of others for the group"),
            (),
            (_("Ref"), _("Action"), _("Lead")),
            _rows(found.others, True),
            (2.2, 10.6, 3.6),
        ),
        _last_minutes(found),
        _figures(found),
        Part(_("Who else sits ({n})").format(n=len(others)), ("; ".join(map(_who, others)),) if others else ()),
    )
    title = _("Brief: {group}").format(group=found.card.row.name)
    markings = [action.marking for action in (*found.mine, *found.others)]
    return OfficePaper(title, long_date(today), today, tuple(_facts(found)), parts, highest(marking, markings))


def _facts(found: Brief) -> list[tuple[str, str]]:
    card = found.card
    facts = []
    for one in found.ours:
        said = [one.role.label, _("held by {name}").format(name=one.holder or _("nobody known"))]
        said += [_("on behalf of {name}").format(name=one.on_behalf_of)] if one.on_behalf_of else []
        said += [_("with {names}").format(names=", ".join(one.beside))] if one.beside else []
        said += [_("until {day}").format(day=one.to_on)] if one.to_on else []
        facts.append((_("Our seat"), ", ".join(said)))
        facts.append((_("Why we sit there"), one.basis or one.source or "–"))
        seen = _("{n} of {all} meetings").format(n=one.attended, all=one.of) if one.of else _("no attendance recorded")
        last = str(one.last_attended) if one.last_attended else _("not yet")
        facts.append((_("Attendance"), f"{seen}; {_('last there: {day}').format(day=last)}"))
        facts += [(_("Papers due"), str(one.papers_due))] if one.papers_due else []
    if not found.ours:
        facts.append((_("Our seat"), _("none")))
    facts += [(_("Purpose"), card.purpose)] if card.purpose else []
    facts.append((_("Chair"), card.row.chair or "–"))
    facts.append((_("Next meeting"), str(card.row.next_meeting) if card.row.next_meeting else _("none planned")))
    return facts


def _rows(actions: tuple[ActionRow, ...], lead: bool) -> tuple[tuple[str, str, str], ...]:
    return tuple((row.ref, row.title, row.lead_label if lead else str(row.due or _("no date"))) for row in actions)


def _last_minutes(found: Brief) -> Part:
    minutes = found.minutes
    if minutes is None:
        return Part(_("Last minutes"), none=_("No meeting is recorded."))
    said = [f"{minutes.ref}  {minutes.title}, {minutes.day}"]
    said += [f"{text} ({action})" if action else text for _kind, text, action in minutes.lines[:MOST_LINES]]
    left = len(minutes.lines) - MOST_LINES
    return Part(_("Last minutes"), (*said, _("and {n} more lines").format(n=left)) if left > 0 else tuple(said))


def _figures(found: Brief) -> Part:
    rows = tuple(
        (_quoted(row), f"{row.value_text} {row.unit}", str(row.period), _said_by(row)) for row in found.figures
    )
    head = (_("Figure"), _("Value"), _("Period"), _("Source"))
    return Part(_("Figures"), (), head, rows, (6.4, 3.6, 2.4, 4.0), _("No figures for its area."))


def _quoted(row: FigureRow) -> str:
    """A figure never leaves without its caveat."""
    return _("{title}. Caveat: {words}").format(title=row.title, words=row.caveat) if row.caveat else row.title


def _said_by(row: FigureRow) -> str:
    return " · ".join(words for words in (row.source or "–", row.use) if words)


def _who(seat: SeatRow) -> str:
    who = f" ({seat.holder})" if seat.holder and seat.holder != seat.member else ""
    return f"{seat.member}{who}, {seat.role.label}"
