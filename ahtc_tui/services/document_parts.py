"""Puts the agenda or the minutes of a meeting together out of its record and the action log. Writes nothing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from ahtc_tui.domain.actions import ActionRow, Marking
from ahtc_tui.domain.dates import NO_DAY, Precision
from ahtc_tui.domain.documents import (
    ActionEntry,
    Cut,
    DecisionEntry,
    DocumentKind,
    ItemEntry,
    MeetingDocument,
    MinuteEntry,
    PaperEntry,
    higher,
    is_about_matters_arising,
)
from ahtc_tui.domain.errors import Refused
from ahtc_tui.domain.filters import ActionFilter, Sort, Which
from ahtc_tui.domain.meetings import AgendaRow, LineKind, LineRow, MeetingCard, MeetingRow, MeetingState
from ahtc_tui.domain.minutes import minutes_over, running_times
from ahtc_tui.domain.words import _
from ahtc_tui.services import resolve
from ahtc_tui.services.document_names import Names, attendance
from ahtc_tui.services.document_times import by_day, say_day, say_meeting, say_time, say_when
from ahtc_tui.store import actions as stored_actions
from ahtc_tui.store import documents as stored
from ahtc_tui.store.action_query import Page
from ahtc_tui.store.meeting_cards import card

if TYPE_CHECKING:
    from ahtc_tui.services.workspace import Workspace
    from ahtc_tui.store.database import Cursor


@dataclass(frozen=True, slots=True)
class Source:
    """Everything that the paper is made of, read in one transaction."""

    card: MeetingCard
    people: list[stored.Attendee]
    papers: list[stored.PaperRow]
    item_notes: dict[int, str]
    following: MeetingRow | None
    actions: dict[str, ActionRow]
    """The actions of the meeting by reference, in the order of the log."""
    earlier: list[ActionRow]
    """Open actions of the group that are not of this meeting; read for the chair only."""
    names: Names


def compose(workspace: Workspace, kind: DocumentKind, ref: str, cut: Cut, marking: Marking) -> MeetingDocument:
    """The paper of a meeting in the words of one cut. Raises NotFound; Refused for minutes of a cancelled meeting."""
    with workspace.database.read() as cursor:
        source = _read(cursor, workspace, ref, cut)
    row, names = source.card.row, source.names
    if kind is DocumentKind.MINUTES and row.state is MeetingState.CANCELLED:
        raise Refused(_("{ref} is cancelled: it has no minutes.").format(ref=row.ref))
    of_minutes, chair = kind is DocumentKind.MINUTES, cut is Cut.CHAIR
    items = _minuted(source) if of_minutes else _planned(source, chair)
    brief = tuple(_entry(action, names, now=True) for action in source.earlier)
    items, brief = _place_brief(items, brief)
    actions = [*source.actions.values(), *source.earlier] if of_minutes else source.earlier
    return MeetingDocument(
        kind=kind,
        cut=cut,
        marking=higher(marking, row.marking, *(action.marking for action in actions)),
        ref=row.ref,
        group=names.text(row.group or row.title),
        title=names.text(row.title) if row.group and row.title.lower() not in row.group.lower() else "",
        day=row.day.latest if row.day and row.day.precision is Precision.DAY else None,
        when=say_when(row),
        time=say_time(row),
        where=names.text(row.where),
        link=names.text(row.link) if cut is not Cut.PUBLISHED and not of_minutes else "",
        remark=_remark(row, cut),
        warning=_warning(source.card) if chair and not of_minutes else "",
        note=names.text(source.card.note) if chair else "",
        attendance=attendance(source.people, names) if of_minutes else (),
        agenda=tuple(items),
        actions=tuple(_entry(action, names) for action in source.actions.values()) if of_minutes else (),
        decisions=_decisions(source) if of_minutes else (),
        papers=tuple(_paper(paper, names) for paper in source.papers),
        brief=brief,
        next_meeting=say_meeting(source.following, names),
    )


def _read(cursor: Cursor, workspace: Workspace, ref: str, cut: Cut) -> Source:
    key, _ref = resolve.meeting(cursor, ref)
    today = workspace.today()
    meeting = card(cursor, key, today)
    row = meeting.row
    day = row.day.latest if row.day and row.day.latest != NO_DAY else today
    people = stored.people_at(cursor, key, day)
    names = Names(cut, stored.short_names(cursor), stored.private_people(cursor, day) if cut is Cut.PUBLISHED else {})
    names.introduce(people)
    own = _listed(cursor, workspace, ActionFilter(which=Which.ALL, meeting=key))
    group = resolve.group(cursor, row.group_ref) if cut is Cut.CHAIR else None
    earlier = _listed(cursor, workspace, ActionFilter(group=group)) if group else []
    return Source(
        meeting,
        people,
        stored.papers(cursor, key),
        stored.notes_of_items(cursor, key),
        stored.following(cursor, key),
        {action.ref: action for action in own},
        [action for action in earlier if action.meeting != row.ref],
        names,
    )


def _listed(cursor: Cursor, workspace: Workspace, asked: ActionFilter) -> list[ActionRow]:
    found = stored_actions.listed(cursor, asked, Sort.REF, workspace.today(), Page(None))
    return [action for _place, action in found]


def _minuted(source: Source) -> list[ItemEntry]:
    """Each item with its numbered lines; what was said under no item follows as an item of its own."""
    agenda, lines, names = source.card.agenda, source.card.lines, source.names
    items = []
    for item in agenda:
        said = _numbered(item.position, [line for line in lines if line.item == item.position], source)
        silence = "" if said else _("Taken; nothing was minuted.") if item.discussed else _("Not reached.")
        items.append(_item(item, names, lines=said, silence=silence, no_actions=_none_of(said)))
    loose = [line for line in lines if line.item is None]
    if loose:
        number = max((item.position for item in agenda), default=0) + 1
        said = _numbered(number, loose, source)
        title = _("Other matters") if agenda else _("Discussion")
        items.append(ItemEntry(number, title, lines=said, no_actions=_none_of(said)))
    return _sections_once(items)


def _none_of(lines: Iterable[MinuteEntry]) -> bool:
    return not any(line.kind is LineKind.ACTION for line in lines)


def _numbered(item: int, lines: list[LineRow], source: Source) -> tuple[MinuteEntry, ...]:
    said = []
    for number, line in enumerate(lines, start=1):
        entry = MinuteEntry(f"{item}.{number}", line.kind, source.names.text(line.text), line.decision or "")
        action = source.actions.get(line.action or "")
        if action:
            logged = _entry(action, source.names)
            entry = replace(
                entry, text=logged.text, ref=logged.ref, lead=logged.lead, due=by_day(action.original_due or action.due)
            )
        said.append(entry)
    return tuple(said)


def _planned(source: Source, chair: bool) -> list[ItemEntry]:
    """Each item with its presenter, its minutes and when it begins, if every earlier one keeps to its minutes."""
    row, agenda, names = source.card.row, source.card.agenda, source.names
    timed = row.starts is not None and any(item.minutes for item in agenda)
    clock = {item.key: f"{at:%H:%M}" for item, at in running_times(agenda, row.starts)} if row.starts and timed else {}
    items = []
    for item in agenda:
        papers = (paper for paper in source.papers if paper.item == item.position)
        note = source.item_notes.get(item.position, "") if chair else ""
        named = tuple(f"{names.text(paper.ref)} {names.text(paper.title)}" for paper in papers)
        items.append(_item(item, names, at=clock.get(item.key, ""), papers=named, note=names.text(note)))
    return _sections_once(items)


def _item(item: AgendaRow, names: Names, **more: object) -> ItemEntry:
    minutes = _("{n} min").format(n=item.minutes) if item.minutes else ""
    entry = ItemEntry(
        item.position, names.text(item.title), names.text(item.section), names.named(item.presenter), minutes
    )
    return replace(entry, **more)  # type: ignore[arg-type]


def _sections_once(items: list[ItemEntry]) -> list[ItemEntry]:
    before = [""] + [item.section for item in items]
    return [
        replace(item, section="") if item.section == last else item for item, last in zip(items, before, strict=False)
    ]


def _place_brief(
    items: list[ItemEntry], brief: tuple[ActionEntry, ...]
) -> tuple[list[ItemEntry], tuple[ActionEntry, ...]]:
    """The chair's brief under the item on matters arising, or by itself where there is none."""
    for n, item in enumerate(items):
        if brief and is_about_matters_arising(item.title):
            return [*items[:n], replace(item, brief=brief), *items[n + 1 :]], ()
    return items, brief


def _entry(action: ActionRow, names: Names, now: bool = False) -> ActionEntry:
    """An action as it was agreed, with the first date; in a brief as it stands now."""
    due = action.due if now else action.original_due or action.due
    return ActionEntry(action.ref, names.text(action.title), names.action_by(action), say_day(due))


def _decisions(source: Source) -> tuple[DecisionEntry, ...]:
    return tuple(DecisionEntry(decision.ref, source.names.text(decision.text)) for decision in source.card.decisions)


def _paper(paper: stored.PaperRow, names: Names) -> PaperEntry:
    standing = _("Published") if paper.published else names.text(paper.withheld_because) or _("Not published")
    return PaperEntry(
        names.text(paper.ref), names.text(paper.title), names.named(paper.author), say_day(paper.due), standing
    )


def _remark(row: MeetingRow, cut: Cut) -> str:
    said = [_("This meeting is cancelled.")] if row.state is MeetingState.CANCELLED else []
    if cut is Cut.CHAIR:
        said.append(_("Chair's copy: not for circulation."))
    elif cut is Cut.PUBLISHED:
        said.append(_("Published copy: people who hold no public post are named by their post or organisation."))
    return " ".join(said)


def _warning(meeting: MeetingCard) -> str:
    row = meeting.row
    over = minutes_over(meeting.agenda, row.starts, row.ends) if row.starts else 0
    return _("The agenda is {n} minutes longer than the meeting.").format(n=over) if over else ""
