"""Composes the agenda or the minutes of a meeting from its record and the action log. Reads only."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from ahtc_tui.domain.actions.filters import ActionFilter, ActionScope, Sort
from ahtc_tui.domain.actions.model import ActionRow, Marking, find_highest_marking
from ahtc_tui.domain.actions.paper_marking import add_marking
from ahtc_tui.domain.dates.date_as_known import NO_DAY, Precision, format_long_date
from ahtc_tui.domain.dates.formal_dates import format_day, format_deadline
from ahtc_tui.domain.dates.formatting import format_clock
from ahtc_tui.domain.documents.meeting_document import (
    ActionEntry,
    AmendmentEntry,
    Cut,
    DecisionEntry,
    DocumentKind,
    Edition,
    ItemEntry,
    MeetingDocument,
    MinuteEntry,
    PaperEntry,
    is_about_matters_arising,
    is_about_next_meeting,
)
from ahtc_tui.domain.documents.translation import DocumentTranslation
from ahtc_tui.domain.errors import Refused
from ahtc_tui.domain.i18n import Language, _, mark_untranslated, use_language
from ahtc_tui.domain.meetings.kinds import LABELLED_KINDS, ItemOutcome, LineKind, MeetingState
from ahtc_tui.domain.meetings.model import AgendaRow, LineRow, MeetingCard, MeetingRow, PaperRow
from ahtc_tui.domain.minutes.lifecycle import AmendmentRow, MinutesStatus
from ahtc_tui.domain.minutes.model import compute_overrun, compute_running_times, format_overrun
from ahtc_tui.domain.publication.withholding import describe_withholding
from ahtc_tui.domain.replication.conflict_marks import ConflictMarks
from ahtc_tui.domain.settings.parser import VoteStyle
from ahtc_tui.domain.text.cleaning import capitalise, clean_line
from ahtc_tui.services import record_lookup
from ahtc_tui.services.documents.participant_names import ParticipantNames, build_attendance
from ahtc_tui.services.documents.private_names import PrivateNames
from ahtc_tui.services.documents.ready_sentences import fill_document
from ahtc_tui.services.documents.times import (
    format_meeting,
    format_meeting_day,
    format_time,
)
from ahtc_tui.services.meetings.series_dates import find_following_meeting, show_on_next_day
from ahtc_tui.services.workspace import Workspace, read_marks
from ahtc_tui.store.actions import queries as action_queries
from ahtc_tui.store.actions.filter_sql import Page
from ahtc_tui.store.documents import meeting_documents as queries
from ahtc_tui.store.documents import published_names
from ahtc_tui.store.engine.party_names import names_on
from ahtc_tui.store.meetings import agenda as agenda_queries
from ahtc_tui.store.meetings.cards import read_card
from ahtc_tui.store.minutes import agreed_snapshot, lifecycle
from ahtc_tui.store.records.cursor import Cursor


@dataclass(frozen=True, slots=True)
class Source:
    """Records that the document is composed from."""

    card: MeetingCard
    people: list[queries.Attendee]
    following: MeetingRow | None
    actions: dict[str, ActionRow]
    """Actions of the meeting by reference, in the order of the log; for agreed minutes as they were agreed."""
    earlier: list[ActionRow]
    """Open actions of the group from other meetings; read for the chair only."""
    arising: list[ActionRow]
    """Open actions of the group's earlier meetings, where the agenda has an item on matters arising."""
    names: ParticipantNames
    tongue: DocumentTranslation
    minutes_status: MinutesStatus
    amendments: list[AmendmentRow]
    issued: int
    """Number of the last issued copy; 0 before the first."""
    vote_style: VoteStyle
    withheld_papers: tuple[PaperRow, ...] = ()
    """Papers marked above the limit of a published copy, which prints their reason for being withheld alone."""


def read_source(cursor: Cursor, workspace: Workspace, ref: str, cut: Cut, language: Language) -> Source:
    """Return the records of a meeting and its texts in a language. Raises NotFound."""
    key, _ref = record_lookup.find_meeting(cursor, ref)
    today = workspace.today()
    meeting = read_card(cursor, key, today)
    row = show_on_next_day(cursor, meeting.row, today) or meeting.row
    meeting = replace(meeting, row=row)
    day = row.day.latest if row.day and row.day.latest != NO_DAY else today
    people = queries.read_attendees(cursor, key, day)
    registered = published_names.read_registered_people(cursor, day) if cut is Cut.PUBLISHED else []
    names = ParticipantNames(cut, queries.read_short_names(cursor), PrivateNames(registered))
    names.assign_initials(people)
    tongue = (
        DocumentTranslation(language, *queries.read_welsh_texts(cursor, key))
        if language is Language.CY
        else DocumentTranslation()
    )
    names.welsh = tongue.names
    with names_on(cursor, day):
        agreed = agreed_snapshot.read_agreed_actions(cursor, key, today)
        own = _read_actions(cursor, workspace, ActionFilter(which=ActionScope.ALL, meeting=key))
    group = record_lookup.find_group_key(cursor, row.group_ref) if cut is Cut.CHAIR else None
    earlier = _read_actions(cursor, workspace, ActionFilter(group=group)) if group else []
    return Source(
        meeting,
        people,
        find_following_meeting(cursor, row, queries.find_following_meeting(cursor, key, day)),
        {action.ref: action for action in (own if agreed is None else agreed)},
        [action for action in earlier if action.meeting != row.ref],
        agenda_queries.read_open_from_earlier(cursor, key) if any(item.matters for item in meeting.agenda) else [],
        names,
        tongue,
        lifecycle.read_status(cursor, key),
        lifecycle.read_amendments(cursor, key),
        lifecycle.read_next_version(cursor, key) - 1,
        workspace.vote_style,
        _read_withheld_papers(workspace, meeting) if cut is Cut.PUBLISHED else (),
    )


def _read_withheld_papers(workspace: Workspace, meeting: MeetingCard) -> tuple[PaperRow, ...]:
    """Return the papers of a meeting that a limit on the marking hides, and whose reason for that is recorded."""
    if workspace.database.whole is workspace.database:
        return ()
    shown = {paper.ref for paper in meeting.papers}
    with workspace.database.whole.read() as cursor:
        papers = read_card(cursor, meeting.row.key, workspace.today()).papers
    return tuple(paper for paper in papers if paper.ref not in shown and paper.is_withheld)


def _read_actions(cursor: Cursor, workspace: Workspace, action_filter: ActionFilter) -> list[ActionRow]:
    placed_actions = action_queries.read_actions(cursor, action_filter, Sort.REF, workspace.today(), Page(None))
    return [action for _place, action in placed_actions]


def compose_document(workspace: Workspace, kind: DocumentKind, ref: str, edition: Edition) -> MeetingDocument:
    """Return the document of a meeting in one language.

    Raises NotFound; Refused for minutes of a cancelled meeting.
    """
    return compose_with_names(workspace, kind, ref, edition)[0]


def compose_with_names(
    workspace: Workspace, kind: DocumentKind, ref: str, edition: Edition
) -> tuple[MeetingDocument, ParticipantNames]:
    """Return the document of a meeting, and the names in it: which were replaced, and by what. Raises as
    `compose_documents`.
    """
    with use_language(edition.language):
        with workspace.database.read() as cursor:
            source = read_source(cursor, workspace, ref, edition.cut, edition.language)
        row = source.card.row
        if kind is DocumentKind.MINUTES and row.state is MeetingState.CANCELLED:
            raise Refused(_("{ref} is cancelled. It has no minutes.").format(ref=row.ref))
        if kind is DocumentKind.AGENDA:
            source.names.spell_out_names()
        document = _build_document(source, kind, edition)
        if kind is DocumentKind.MINUTES:
            document = _add_lifecycle(document, source, edition.issue)
        if edition.cut is Cut.CHAIR and edition.shows_conflicts:
            document = _add_conflicts(document, source, read_marks(workspace))
        document = fill_document(workspace, replace(document, missing_welsh=tuple(source.tongue.missing)))
        return document, source.names


def _build_document(source: Source, kind: DocumentKind, edition: Edition) -> MeetingDocument:
    row, names, tongue, cut = source.card.row, source.names, source.tongue, edition.cut
    is_minutes, chair = kind is DocumentKind.MINUTES, cut is Cut.CHAIR
    group = names.format_text(tongue.translate_name(row.group or row.title))
    if row.group is None:
        group = tongue.choose_text(group, row.title_cy, row.title)
    items = _build_minuted_items(source) if is_minutes else _build_planned_items(source, chair)
    brief_actions = source.arising if cut is Cut.CIRCULATED and not is_minutes else source.earlier
    brief = tuple(_build_action_entry(action, source, current=True) for action in brief_actions)
    items, brief = _place_brief(items, brief)
    papers = [paper.marking.handling for paper in source.card.papers if paper.marking]
    actions = [*source.actions.values(), *source.earlier] if is_minutes else brief_actions
    marking = find_highest_marking(edition.marking, [row.marking, *(action.marking for action in actions), *papers])
    next_meeting = _format_next_meeting(source, marking)
    items, next_meeting = _place_next_meeting(items, next_meeting) if is_minutes else (items, next_meeting)
    return MeetingDocument(
        kind=kind,
        cut=cut,
        marking=marking,
        ref=row.ref,
        group=group,
        title=_format_title(source) if row.group and row.title.lower() not in row.group.lower() else "",
        day=row.day.latest if row.day and row.day.precision is Precision.DAY else None,
        when=format_meeting_day(row),
        time=format_time(row),
        where=names.format_text(row.location),
        link=names.format_text(row.link) if cut is not Cut.PUBLISHED and not is_minutes else "",
        remark=_build_remark(row, cut),
        warning=_build_warning(source.card) if chair and not is_minutes else "",
        note=names.format_text(mark_untranslated(source.card.note)) if chair else "",
        attendance=build_attendance(source.people, names) if is_minutes else (),
        agenda=tuple(items),
        actions=tuple(_build_action_entry(action, source) for action in source.actions.values()) if is_minutes else (),
        decisions=_build_decisions(source) if is_minutes else (),
        papers=_build_papers(source),
        brief=brief,
        next_meeting=next_meeting,
        language=edition.language,
    )


def _format_next_meeting(source: Source, marking: Marking) -> str:
    """Return day, time and place of the next meeting; nothing where it is marked higher than the document."""
    following = source.following
    return format_meeting(following, source.names) if following is None or marking.covers(following.marking) else ""


def _format_title(source: Source) -> str:
    """Return the title of a meeting that is not named after its group."""
    row = source.card.row
    return source.tongue.choose_text(source.names.format_text(row.title), row.title_cy, f"{row.ref}  {row.title}")


def _add_conflicts(document: MeetingDocument, source: Source, marks: ConflictMarks) -> MeetingDocument:
    """Name the values of the meeting and its actions that wait for a decision, in a working copy for the chair."""
    rows = (*source.actions.values(), *source.earlier, *source.arising)
    sentence = marks.describe_all((document.ref, *(row.ref for row in rows)))
    return replace(document, remark=f"{document.remark} {sentence}".strip())


def _add_lifecycle(document: MeetingDocument, source: Source, issue: tuple[int, date] | None) -> MeetingDocument:
    """Add the state of the minutes, the version and the amendments."""
    if issue:
        version = _("Version {n}, issued {date}").format(n=issue[0], date=format_long_date(issue[1]))
    else:
        version = _("Version {n}, not yet issued").format(n=source.issued + 1) if source.issued else ""
    status, condition = source.minutes_status, ""
    if document.cut is Cut.PUBLISHED:
        condition = source.names.format_text(mark_untranslated(status.subject_to))
        # the day follows, and the reference is for the office; a condition is a text to be released
        status = replace(status, agreed_at=None, subject_to=None)
    return replace(
        document,
        minutes_status=source.names.format_text(str(status)),
        condition=condition,
        version=version,
        is_agreed=source.minutes_status.is_locked,
        amendments=tuple(_build_amendment(amendment, source) for amendment in source.amendments),
    )


def _build_amendment(row: AmendmentRow, source: Source) -> AmendmentEntry:
    author = _("Secretariat") if source.names.cut is Cut.PUBLISHED else source.tongue.translate_name(row.author)
    attribution = _("{by}, {date}").format(by=author, date=format_long_date(row.made_on))
    was, now, reason = (
        source.tongue.choose_text(source.names.format_text(words), None, "") for words in (row.was, row.now, row.reason)
    )
    if row.paragraph == "starts":
        was, now = row.shown_was, row.shown_now
    return AmendmentEntry(row.place, was, now, f"{attribution}: {reason}" if reason else attribution)


def _build_minuted_items(source: Source) -> list[ItemEntry]:
    """Return each item with its numbered lines; lines without an item follow as an item."""
    agenda, lines = source.card.agenda, source.card.lines
    items = []
    for item in agenda:
        entries = _build_minute_entries(item.position, [line for line in lines if line.item == item.position], source)
        if item.outcome and item.outcome is not ItemOutcome.NOT_REACHED:
            outcome = _("Outcome: {outcome}.").format(outcome=item.outcome.label)
            entries += (MinuteEntry("", LineKind.NOTE, outcome),)
        silence = "" if entries else _describe_silence(item)
        items.append(_build_item(item, source, lines=entries, silence=silence))
    loose = [line for line in lines if line.item is None]
    if loose:
        number = max((item.position for item in agenda), default=0) + 1
        entries = _build_minute_entries(number, loose, source)
        title = _("Other matters") if agenda else _("Discussion")
        items.append(ItemEntry(number, title, lines=entries))
    return _clear_repeated_sections(items)


def _describe_silence(item: AgendaRow) -> str:
    """Return what a person said of an item without lines; empty where nobody said anything."""
    if item.outcome is ItemOutcome.NOT_REACHED:
        return _("The item was not reached.")
    return _("The item was discussed.") if item.discussed else ""


def _build_minute_entries(item: int, lines: list[LineRow], source: Source) -> tuple[MinuteEntry, ...]:
    entries = []
    for number, line in enumerate(lines, start=1):
        paragraph = f"{item}.{number}"
        action = source.actions.get(line.action or "")
        welsh = source.tongue.lines.get(line.key) or (_find_action_welsh(action, line) if action else None)
        words = source.tongue.choose_text(line.text, welsh, f"{paragraph}  {line.text}") if line.text else ""
        text = source.names.format_text(words)
        if line.kind in LABELLED_KINDS:
            entry = MinuteEntry(paragraph, LineKind.NOTE, _format_labelled_line(line, text, source.vote_style))
        else:
            entry = MinuteEntry(paragraph, line.kind, text, line.decision or "")
        if action:
            logged = _build_action_entry(action, source)
            due = format_deadline(action.original_due or action.due)
            lead = logged.lead or ("" if source.names.cut is Cut.PUBLISHED else _("no lead yet"))
            entry = replace(entry, text=logged.text, ref=logged.ref, lead=lead, due=due)
        entries.append(entry)
    return tuple(entries)


def _format_labelled_line(line: LineRow, text: str, style: VoteStyle) -> str:
    """Return a line with its kind before its text, and the result of a vote after it."""
    votes = line.format_votes(style)
    sentence = f"{text.removesuffix('.')}." if text and votes else text
    words = " ".join(part for part in (sentence, votes) if part)
    return f"{line.kind.label.capitalize()}: {words}"


def _build_planned_items(source: Source, chair: bool) -> list[ItemEntry]:
    """Return each item with presenter, duration, and start time where all durations before it are known."""
    row, agenda, names = source.card.row, source.card.agenda, source.names
    is_timed = any(item.minutes for item in agenda)
    times = compute_running_times(agenda, row.starts if is_timed else None)
    clock = {item.key: format_clock(start) if start else "" for item, start in times}
    items = []
    for item in agenda:
        papers = (paper for paper in source.card.papers if paper.item == item.position)
        note = names.format_text(mark_untranslated(item.note)) if chair else ""
        paper_titles = tuple(_format_paper_title(paper, source) for paper in papers)
        interests = tuple(names.format_text(str(interest)) for interest in item.interests) if chair else ()
        parts = {"papers": paper_titles, "note": note, "interests": interests}
        items.append(_build_item(item, source, at=clock[item.key], **parts))
    return _clear_repeated_sections(items)


def _format_paper_title(paper: PaperRow, source: Source) -> str:
    """Return the title of a paper after its reference, which a published agenda has not."""
    title = _translate_paper_title(paper, source)
    return title if source.names.cut is Cut.PUBLISHED else f"{source.names.format_text(paper.ref)} {title}"


def _translate_paper_title(paper: PaperRow, source: Source) -> str:
    """Return the title of a paper with its marking, which a published copy does not have."""
    title = source.tongue.choose_text(paper.title, paper.title_cy, f"{paper.ref}  {paper.title}")
    marking = None if source.names.cut is Cut.PUBLISHED else paper.marking
    return source.names.format_text(add_marking(title, marking))


def _build_item(item: AgendaRow, source: Source, **fields: object) -> ItemEntry:
    names, tongue = source.names, source.tongue
    minutes = _("{n} min").format(n=item.minutes) if item.minutes else ""
    title = names.format_text(tongue.translate_title(item.position, item.title))
    section = names.format_text(tongue.translate_title(None, item.section)) if item.section else ""
    presenter = names.format_party(item.presenter)
    for body in (source.card.row.group or "", tongue.translate_name(source.card.row.group or "")):
        presenter = presenter.removesuffix(f", {clean_line(body)}")
    entry = ItemEntry(item.position, title, section, presenter, minutes)
    return replace(entry, **fields)  # type: ignore[arg-type]


def _clear_repeated_sections(items: list[ItemEntry]) -> list[ItemEntry]:
    before = [""] + [item.section for item in items]
    return [
        replace(item, section="") if item.section == previous else item
        for item, previous in zip(items, before, strict=False)
    ]


def _place_brief(
    items: list[ItemEntry], brief: tuple[ActionEntry, ...]
) -> tuple[list[ItemEntry], tuple[ActionEntry, ...]]:
    """Move the chair's brief under the item on matters arising, if the agenda has one."""
    for n, item in enumerate(items):
        if brief and is_about_matters_arising(item.title):
            return [*items[:n], replace(item, brief=brief, silence=""), *items[n + 1 :]], ()
    return items, brief


def _place_next_meeting(items: list[ItemEntry], date_and_place: str) -> tuple[list[ItemEntry], str]:
    """Put the next meeting under the item about it, if the minutes have one, so that it appears once."""
    for n, item in enumerate(items):
        if date_and_place and is_about_next_meeting(item.title):
            return [*items[:n], replace(item, silence=date_and_place), *items[n + 1 :]], ""
    return items, date_and_place


def _build_action_entry(action: ActionRow, source: Source, current: bool = False) -> ActionEntry:
    """Return an action as it was agreed, with its first due date; with `current` as it is now."""
    due = action.due if current else action.original_due or action.due
    line = next((line for line in source.card.lines if line.action == action.ref), None)
    welsh = _find_action_welsh(action, line) or (source.tongue.lines.get(line.key) if line else None)
    words = source.tongue.choose_text(action.title, welsh, "" if line else f"{action.ref}  {action.title}")
    names = source.names
    due_text = format_day(due)
    return ActionEntry(action.ref, names.format_text(words), names.format_owners(action), due_text)


def _find_action_welsh(action: ActionRow, line: LineRow | None) -> str | None:
    """Return the Welsh title of an action, unless its line of minutes has other words and so another meaning."""
    return action.title_cy if line is None or line.text == action.title else None


def _build_decisions(source: Source) -> tuple[DecisionEntry, ...]:
    tongue, minuted_refs = source.tongue, {line.decision for line in source.card.lines}
    entries = []
    for decision in source.card.decisions:
        origin = "" if decision.ref in minuted_refs else f"{decision.ref}  {decision.text}"
        words = tongue.choose_text(decision.text, tongue.decisions.get(decision.ref), origin)
        entries.append(DecisionEntry(decision.ref, source.names.format_text(words)))
    return tuple(entries)


def _build_papers(source: Source) -> tuple[PaperEntry, ...]:
    """Return the papers; of those above the limit of a published copy only the item and the reason, in its place."""
    entries = [(paper.item or 0, _build_paper(paper, source)) for paper in source.card.papers]
    for paper in source.withheld_papers:
        sentence = describe_withholding(paper.withheld_reason)
        entries.append((paper.item or 0, PaperEntry("", sentence, "", "", _format_paper_item(paper))))
    if source.withheld_papers:
        entries.sort(key=lambda entry: entry[0])
    return tuple(entry for _item, entry in entries)


def _format_paper_item(paper: PaperRow) -> str:
    return capitalise(_("item {n}").format(n=paper.item)) + ":" if paper.item else ""


def _build_paper(paper: PaperRow, source: Source) -> PaperEntry:
    names = source.names
    withheld = describe_withholding(paper.withheld_reason) if paper.is_withheld else ""
    return PaperEntry(
        names.format_text(paper.ref),
        _translate_paper_title(paper, source),
        names.format_party(paper.author),
        withheld,
        _format_paper_item(paper),
    )


def _build_remark(row: MeetingRow, cut: Cut) -> str:
    sentences = [_("This meeting is cancelled.")] if row.state is MeetingState.CANCELLED else []
    if cut is Cut.CHAIR:
        sentences.append(_("Chair's copy, not for circulation."))
    elif cut is Cut.PUBLISHED:
        sentences.append(_("Individuals without a public office are identified by role or organisation."))
    return " ".join(sentences)


def _build_warning(meeting: MeetingCard) -> str:
    over = compute_overrun(meeting.agenda, meeting.row.length)
    return format_overrun(over) if over else ""
