"""Puts the agenda or the minutes of a meeting together out of its record and the action log. Writes nothing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from ahtc_tui.domain.actions.model import ActionRow, Marking
from ahtc_tui.domain.dates.date_as_known import Precision, long_date
from ahtc_tui.domain.documents.meeting_document import (
    ActionEntry,
    AmendmentEntry,
    Cut,
    DecisionEntry,
    DocumentKind,
    ItemEntry,
    Language,
    MeetingDocument,
    MinuteEntry,
    PaperEntry,
    higher,
    is_about_matters_arising,
)
from ahtc_tui.domain.errors import Refused
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.meetings.agenda import PaperRow
from ahtc_tui.domain.meetings.model import AgendaRow, LineKind, LineRow, MeetingCard, MeetingRow, MeetingState
from ahtc_tui.domain.minutes.lifecycle import AmendmentRow
from ahtc_tui.domain.minutes.model import minutes_over, running_times
from ahtc_tui.domain.welsh.file_language import said_in
from ahtc_tui.services.documents.participant_names import attendance
from ahtc_tui.services.documents.redaction_checks import names_left
from ahtc_tui.services.documents.sources import Source, read_source
from ahtc_tui.services.documents.times import by_day, say_day, say_meeting, say_time, say_when

if TYPE_CHECKING:
    from ahtc_tui.services.workspace import Workspace


def compose(
    workspace: Workspace,
    kind: DocumentKind,
    ref: str,
    cut: Cut,
    marking: Marking,
    language: Language = Language.EN,
    issue: tuple[int, date] | None = None,
) -> MeetingDocument:
    """The paper of a meeting in the words of one cut and one language; `issue` is the number and day of a copy.

    Raises NotFound; Refused for minutes of a cancelled meeting.
    """
    with said_in(language):
        with workspace.database.read() as cursor:
            source = read_source(cursor, workspace, ref, cut, language)
        row = source.card.row
        if kind is DocumentKind.MINUTES and row.state is MeetingState.CANCELLED:
            raise Refused(_("{ref} is cancelled: it has no minutes.").format(ref=row.ref))
        document = _document(source, kind, cut, marking, language)
        if kind is DocumentKind.MINUTES:
            document = _with_its_life(document, source, issue)
        left = names_left(document, source.names)
        return replace(document, missing_welsh=tuple(source.tongue.missing), names_left=left)


def _document(source: Source, kind: DocumentKind, cut: Cut, marking: Marking, language: Language) -> MeetingDocument:
    row, names, tongue = source.card.row, source.names, source.tongue
    of_minutes, chair = kind is DocumentKind.MINUTES, cut is Cut.CHAIR
    group = names.text(tongue.name(row.group or row.title))
    if row.group is None or row.group not in tongue.names:
        group = tongue.say(group, None, row.group or row.title)
    items = _minuted(source) if of_minutes else _planned(source, chair)
    told = source.arising if cut is Cut.CIRCULATED and not of_minutes else source.earlier
    brief = tuple(_entry(action, source, now=True) for action in told)
    items, brief = _place_brief(items, brief)
    actions = [*source.actions.values(), *source.earlier] if of_minutes else told
    return MeetingDocument(
        kind=kind,
        cut=cut,
        marking=higher(marking, row.marking, *(action.marking for action in actions)),
        ref=row.ref,
        group=group,
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
        actions=tuple(_entry(action, source) for action in source.actions.values()) if of_minutes else (),
        decisions=_decisions(source) if of_minutes else (),
        papers=tuple(_paper(paper, source) for paper in source.card.papers),
        brief=brief,
        next_meeting=say_meeting(source.following, names),
        language=language,
    )


def _with_its_life(document: MeetingDocument, source: Source, issue: tuple[int, date] | None) -> MeetingDocument:
    """Minutes say how far they are, which copy they are, and what was put right since they were agreed."""
    if issue:
        version = _("Version {n}, issued {day}").format(n=issue[0], day=long_date(issue[1]))
    else:
        version = _("Working copy after version {n}").format(n=source.issued) if source.issued else ""
    return replace(
        document,
        standing=source.names.text(str(source.standing)),
        version=version,
        amendments=tuple(_amendment(one, source) for one in source.amendments),
    )


def _amendment(row: AmendmentRow, source: Source) -> AmendmentEntry:
    by = _("Secretariat") if source.names.cut is Cut.PUBLISHED else row.made_by
    said = _("{by}, {day}").format(by=by, day=long_date(row.made_on))
    was, now, reason = (
        source.tongue.say(source.names.text(words), None, "") for words in (row.was, row.now, row.reason)
    )
    return AmendmentEntry(row.paragraph, was, now, f"{said}: {reason}" if reason else said)


def _minuted(source: Source) -> list[ItemEntry]:
    """Each item with its numbered lines; what was said under no item follows as an item of its own."""
    agenda, lines = source.card.agenda, source.card.lines
    items = []
    for item in agenda:
        said = _numbered(item.position, [line for line in lines if line.item == item.position], source)
        silence = "" if said else _silence(item)
        items.append(_item(item, source, lines=said, silence=silence, no_actions=bool(said) and _none_of(said)))
    loose = [line for line in lines if line.item is None]
    if loose:
        number = max((item.position for item in agenda), default=0) + 1
        said = _numbered(number, loose, source)
        title = _("Other matters") if agenda else _("Discussion")
        items.append(ItemEntry(number, title, lines=said, no_actions=_none_of(said)))
    return _sections_once(items)


def _silence(item: AgendaRow) -> str:
    """What stands where no line does. A standing item ("Welcome") is taken at every meeting, ticked off or not."""
    if item.discussed:
        return _("Taken; nothing was minuted.")
    return _("Nothing was minuted.") if item.standing else _("Not reached.")


def _none_of(lines: Iterable[MinuteEntry]) -> bool:
    return not any(line.kind is LineKind.ACTION for line in lines)


def _numbered(item: int, lines: list[LineRow], source: Source) -> tuple[MinuteEntry, ...]:
    said = []
    for number, line in enumerate(lines, start=1):
        where = f"{item}.{number}"
        words = source.tongue.say(line.text, source.tongue.lines.get(line.key), f"{where}  {line.text}")
        entry = MinuteEntry(where, line.kind, source.names.text(words), line.decision or "")
        action = source.actions.get(line.action or "")
        if action:
            logged = _entry(action, source)
            due = by_day(action.original_due or action.due, source.tongue.language)
            entry = replace(entry, text=logged.text, ref=logged.ref, lead=logged.lead, due=due)
        said.append(entry)
    return tuple(said)


def _planned(source: Source, chair: bool) -> list[ItemEntry]:
    """Each item with its presenter, its minutes and when it begins, if every earlier one keeps to its minutes."""
    row, agenda, names = source.card.row, source.card.agenda, source.names
    timed = row.starts is not None and any(item.minutes for item in agenda)
    clock = {item.key: f"{at:%H:%M}" for item, at in running_times(agenda, row.starts)} if row.starts and timed else {}
    items = []
    for item in agenda:
        papers = (paper for paper in source.card.papers if paper.item == item.position)
        note = (item.note or "") if chair else ""
        named = tuple(f"{names.text(paper.ref)} {names.text(paper.title)}" for paper in papers)
        items.append(_item(item, source, at=clock.get(item.key, ""), papers=named, note=names.text(note)))
    return _sections_once(items)


def _item(item: AgendaRow, source: Source, **more: object) -> ItemEntry:
    names, tongue = source.names, source.tongue
    minutes = _("{n} min").format(n=item.minutes) if item.minutes else ""
    title = names.text(tongue.title(item.position, item.title))
    section = names.text(tongue.title(None, item.section)) if item.section else ""
    entry = ItemEntry(item.position, title, section, names.named(item.presenter), minutes)
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


def _entry(action: ActionRow, source: Source, now: bool = False) -> ActionEntry:
    """An action as it was agreed, with the first date; in a brief as it stands now."""
    due = action.due if now else action.original_due or action.due
    line = next((line for line in source.card.lines if line.action == action.ref), None)
    welsh = source.tongue.lines.get(line.key) if line else None
    words = source.tongue.say(action.title, welsh, "" if line else f"{action.ref}  {action.title}")
    names = source.names
    said = say_day(due, source.tongue.language)
    return ActionEntry(action.ref, names.text(words), names.action_by(action), said)


def _decisions(source: Source) -> tuple[DecisionEntry, ...]:
    tongue, said = source.tongue, {line.decision for line in source.card.lines}
    entries = []
    for one in source.card.decisions:
        where = "" if one.ref in said else f"{one.ref}  {one.text}"
        words = tongue.say(one.text, tongue.decisions.get(one.ref), where)
        entries.append(DecisionEntry(one.ref, source.names.text(words)))
    return tuple(entries)


def _paper(paper: PaperRow, source: Source) -> PaperEntry:
    names, due = source.names, say_day(paper.due, source.tongue.language)
    standing = _("Published") if paper.published else names.text(paper.withheld_because) or _("Not published")
    return PaperEntry(names.text(paper.ref), names.text(paper.title), names.named(paper.author), due, standing)


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
