"""Plans the import of old minutes: meeting, attendance, items and lines, and the questions about them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from datetime import date, time
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from ahtc_tui.domain.dates.date_as_known import DateAsKnown, Precision
from ahtc_tui.domain.dates.formal_dates import format_day
from ahtc_tui.domain.dates.parser import read_date
from ahtc_tui.domain.drafts.meetings import read_clock
from ahtc_tui.domain.errors import BadInput, Refused
from ahtc_tui.domain.i18n import _, ngettext
from ahtc_tui.domain.imports.minutes import PlannedAttendee, PlannedItem, PlannedLine, PlannedMeeting
from ahtc_tui.domain.imports.report import Question
from ahtc_tui.domain.keys import RowKey
from ahtc_tui.domain.meetings.kinds import LineKind, MeetingState
from ahtc_tui.domain.minutes.written_attendance import WrittenAttendee
from ahtc_tui.domain.minutes.written_lines import TaskClause, WrittenLine, clean_owner
from ahtc_tui.domain.minutes.written_minutes import WrittenItem, WrittenMinutes, WrittenRow
from ahtc_tui.domain.returns.register import Certainty, RegisteredParty
from ahtc_tui.domain.text.cleaning import shorten_text
from ahtc_tui.domain.text.normalization import normalize_text
from ahtc_tui.services import record_lookup
from ahtc_tui.services.imports.file_plan import FilePlan, build_choice_error, build_question_id
from ahtc_tui.services.imports.meetings.group_matching import match_title
from ahtc_tui.services.imports.minutes.people import MeetingPeople, is_initials, is_like_name
from ahtc_tui.services.minutes.lifecycle import refuse_agreed
from ahtc_tui.store.imports.meetings import GroupNames, read_meeting_register
from ahtc_tui.store.meetings import queries as stored_meetings
from ahtc_tui.store.meetings.cards import read_card

if TYPE_CHECKING:
    from ahtc_tui.domain.meetings.model import LineRow, MeetingCard
    from ahtc_tui.store.records.cursor import Cursor

MAX_SHOWN = 80
"""Length of a text that stands for others in a question."""
SAME_ACTION = 0.85
"""Likeness from which a row of a table is the action of a line."""
_DETERMINERS = re.compile(
    r"the|an?|all|th(?:is|at|ese|ose)|our|their|its?|his|her|your|my|any|some|each|be|yr?|ein|e[iu]"
)
"""Words after "to" in a sentence that is no task: "Reference to the report"."""
_CLAUSE = re.compile(
    r"\b(?:that|to|bod|y byddai|agreed|decided)\s+(?P<who>(?:the |y |yr )?[A-Z][\w'’.&/-]*(?:\s+[\w'’.&/-]+){0,5}?)\s+"
    r"(?:would|will|should|to|be asked to|be requested to|be instructed to|yn|i)\s+(?P<verb>[a-z]+)"
)
_KINDS = (LineKind.NOTE, LineKind.DECISION, LineKind.ACTION)


@dataclass
class MeetingChoice:
    """The meeting of a file: a record, or the values of a new one."""

    key: RowKey | None = None
    card: MeetingCard | None = None
    group: GroupNames | None = None
    day: DateAsKnown | None = None
    time: time | None = None
    venue: str | None = None
    note: str = ""
    """The heading and the list of attendance as they are in the file."""

    @property
    def is_complete(self) -> bool:
        """Whether the meeting is known, or can be added."""
        return self.key is not None or (self.group is not None and self.day is not None)


@dataclass
class LineToWrite:
    """A line of the plan with its owners in the register."""

    kind: LineKind
    text: str
    source: str
    place: str
    owners: tuple[RegisteredParty, ...] = ()
    due: DateAsKnown | None = None
    existing: RowKey | None = None
    """A line of the record with the same words."""
    existing_kind: LineKind | None = None
    is_unread: bool = False
    """Whether it stays a note because its words do not say what it is."""


@dataclass
class ItemToWrite:
    """An item of the plan; without a title it holds what is before the first item."""

    title: str
    lines: list[LineToWrite] = field(default_factory=list)


@dataclass
class AttendeeToWrite:
    """An entry of the attendance, for a party or for words."""

    written: WrittenAttendee
    party: RegisteredParty | None
    is_known: bool = False
    """Whether the record has it already."""


class OldMinutesPlan:
    """Plan of one file."""

    def __init__(
        self, cursor: Cursor, file: FilePlan, minutes: WrittenMinutes, people: MeetingPeople, today: date
    ) -> None:
        self.cursor, self.file, self.minutes, self.people, self.today = cursor, file, minutes, people, today
        self.choice = MeetingChoice()
        self.attendees: list[AttendeeToWrite] = []
        self.items: list[ItemToWrite] = []
        self.adds_lines = True
        """Whether lines that the record does not have are added to it."""

    def build(self, meeting: str | None, group: str | None) -> None:
        """Plan everything. Raises NotFound and BadInput for an unknown meeting or group, Refused for agreed minutes."""
        self._choose_meeting(meeting, group)
        self._plan_attendance()
        for item in self.minutes.items:
            self.items.append(self._plan_item(item))
        for row in self.minutes.rows:
            self._place_row(row)
        self._compare_lines()
        self._ask_about_record()
        self.items = [item for item in self.items if item.title or item.lines]

    # The meeting

    def _choose_meeting(self, meeting: str | None, group: str | None) -> None:
        choice, minutes = self.choice, self.minutes
        choice.note = "\n".join((*minutes.head, *minutes.attendance_text))
        choice.venue = minutes.venue or None
        choice.time = _read_time(minutes.time)
        if meeting:
            self._use_record(record_lookup.find_meeting_key(self.cursor, meeting))
            return
        choice.group = self._choose_group(group)
        choice.day = self._choose_day()
        if choice.group and choice.day:
            same_day = [
                row
                for row in stored_meetings.read_meetings(self.cursor, today=self.today, group=choice.group.key)
                if row.day == choice.day and row.state is not MeetingState.CANCELLED and not row.recurrence
            ]
            if len(same_day) == 1:
                self._use_record(same_day[0].key)

    def _use_record(self, key: RowKey) -> None:
        self.choice.key = key
        self.choice.card = read_card(self.cursor, key, self.today)
        row = self.choice.card.row
        self.choice.day = row.day
        if row.state is MeetingState.CANCELLED:
            raise Refused(_("{ref} is cancelled. It has no minutes.").format(ref=row.ref))
        refuse_agreed(self.cursor, key, row.ref)

    def _choose_group(self, name: str | None) -> GroupNames | None:
        groups = read_meeting_register(self.cursor).groups
        if name:
            key = record_lookup.find_group_key(self.cursor, name)
            return next(body for body in groups if body.key == key)
        lines = [self.minutes.title, *self.minutes.head]
        matches = [match for match in (match_title(line, groups) for line in lines if line) if match.body or match.near]
        sure = {match.body.key: match.body for match in matches if match.body}
        if len(sure) == 1:
            return next(iter(sure.values()))
        near = matches[0].near or matches[0].body if matches else None
        reason = matches[0].reason if matches else ""
        question = Question(
            build_question_id("minutes group", self.file.path.name, near.ref if near else None),
            None,
            "group",
            None,
            None,
            near.name if near else None,
            reason or _("the file does not name a known group. Give it with --group"),
            self.file.path.name,
            self.minutes.title or None,
            takes=False,
        )
        answer = self.file.decide_question(question)
        if answer in ("", "ours", "skip"):
            return None
        if answer in ("theirs", "both"):
            return near
        key = record_lookup.find_group_key(self.cursor, answer)
        return next(body for body in groups if body.key == key)

    def _choose_day(self) -> DateAsKnown | None:
        days, page_day = self.minutes.days, self.minutes.page_day
        is_clear = len(days) == 1 and days[0].latest <= self.today
        if is_clear:
            return days[0]
        if not days and page_day:
            days = [page_day]
            reason = _("the page has this date; the minutes themselves give none")
        elif not days:
            reason = _("the file does not give the date of the meeting")
        elif len(days) > 1:
            listed = ", ".join(format_day(day) for day in days)
            reason = _("the heading has several dates: {dates}").format(dates=listed)
        else:
            reason = _("{day} is in the future").format(day=format_day(days[0]))
        shown = days[0].stored_text if days else None
        identifier = build_question_id("minutes day", self.file.path.name, shown)
        question = Question(identifier, None, "day", None, None, shown, reason, self.file.path.name, takes=False)
        answer = self.file.decide_question(question)
        if answer in ("", "ours", "skip"):
            return None
        day = days[0] if answer in ("theirs", "both") and days else read_date(answer, self.today)
        if day.precision is not Precision.DAY:
            raise build_choice_error(identifier, answer)
        return day

    # Attendance

    def _plan_attendance(self) -> None:
        previous: AttendeeToWrite | None = None
        known = {row.name for row in self.choice.card.attendance} if self.choice.card else set()
        for written in self.minutes.attendance:
            match = self.people.find_person(written.name)
            party = match.party if match.certainty is Certainty.SURE else None
            if not written.is_sure and previous and self._is_detail(written, party, previous):
                continue
            if party is None and match.party and not self._takes_party(written, match.party, match.reason):
                continue
            party = party or match.party
            if party is None and not written.is_sure and not self._takes_name(written):
                self.people.names.add(written.name)
                continue
            previous = AttendeeToWrite(written, party, (party.name if party else written.source) in known)
            self.people.add_attendee(written.name, written.initials, party, is_chair=written.is_chair)
            same = next((a for a in self.attendees if party is not None and a.party == party), None)
            if same is None:
                self.attendees.append(previous)

    def _is_detail(self, written: WrittenAttendee, party: RegisteredParty | None, previous: AttendeeToWrite) -> bool:
        """Return whether an entry is the organisation of the person before it: "Jane Doe, Gwent Police"."""
        is_body = party is not None and party.kind in ("organisation", "post", "group")
        follows_person = previous.party is None or previous.party.kind == "person"
        if is_body and follows_person and written.place == previous.written.place and not previous.written.is_chair:
            self.people.add_attendee(previous.written.name, written.initials, previous.party, is_chair=written.is_chair)
            return True
        return False

    def _takes_party(self, written: WrittenAttendee, party: RegisteredParty, reason: str) -> bool:
        question = Question(
            build_question_id("minutes attendance", written.source, party.ref),
            None,
            "attendance",
            None,
            None,
            written.source,
            reason,
            written.place,
            written.name,
            party.name,
        )
        return self.file.takes(question)

    def _takes_name(self, written: WrittenAttendee) -> bool:
        reason = _("this may be a person or the organisation of the person before")
        identifier = build_question_id("minutes attendance", written.source, written.place)
        question = Question(
            identifier, None, "attendance", None, None, written.source, reason, written.place, written.name, takes=False
        )
        return self.file.takes(question)

    # Items and lines

    def _plan_item(self, item: WrittenItem) -> ItemToWrite:
        planned = ItemToWrite(item.title)
        listed = [line for line in item.lines if line.is_listed and line.kind is LineKind.ACTION]
        is_doubtful = not any(self._has_sign_of_action(line) for line in listed)
        for line in item.lines:
            if line.is_listed and line.kind is LineKind.ACTION and is_doubtful:
                planned.lines.append(self._plan_listed(line))
            else:
                planned.lines.append(self._plan_line(line, planned))
        return planned

    def _has_sign_of_action(self, line: WrittenLine) -> bool:
        """Return whether a line below a label for actions has an owner, a date or a task, as its neighbours may."""
        match = self.people.find_owners(line.owners)
        is_named = bool(match.parties) or is_initials(match.words) or self.people.is_person(match.words)
        return is_named or line.due is not None or bool(line.tasks)

    def _plan_listed(self, line: WrittenLine) -> LineToWrite:
        """Ask about a line of a list of actions in which no line has an owner, a date or a task."""
        planned = LineToWrite(LineKind.NOTE, line.text, line.source, line.place, is_unread=True)
        reason = _("it is below a label for actions, but no line there has a lead, a date or a task")
        self._ask_kind(line, planned, (), reason, has_label=True)
        return planned

    def _plan_line(self, line: WrittenLine, item: ItemToWrite) -> LineToWrite:
        planned = LineToWrite(line.kind, line.text, line.source, line.place, due=line.due)
        if line.kind is LineKind.ACTION and line.is_task:
            self._plan_task(line, planned)
        elif line.kind is LineKind.ACTION and self._is_label_alone(line):
            self._plan_label_alone(line, planned, item)
        elif line.kind is LineKind.ACTION:
            self._plan_owner(line, planned)
        elif line.kind is LineKind.DECISION:
            self._plan_decision(line, planned)
        else:
            planned.is_unread = not line.is_marked
            self._plan_clause(line, planned)
        return planned

    def _plan_owner(self, line: WrittenLine, planned: LineToWrite) -> None:
        """Set lead and supporters of an action, and ask about names and dates that are not clear."""
        match = self.people.find_owners(line.owners)
        if match.is_sure:
            planned.owners = match.parties
        elif match.words:
            reason = match.reason or self._explain_unregistered(match.words)
            proposed = match.names or None
            question = self._build_question(
                line, "lead", None, match.words, reason, proposed, takes=bool(match.parties)
            )
            planned.owners = self._answer_owner(question, match.parties)
        if line.unclear_dues:
            reason = _("the line has {n} dates").format(n=line.unclear_dues)
            question = self._build_question(line, "due", None, line.text, reason, None, takes=False)
            answer = self.file.decide_question(question)
            planned.due = None if answer in ("", "ours", "skip", "theirs", "both") else read_date(answer, self.today)

    def _explain_unregistered(self, words: str) -> str:
        name = self.people.unregistered.get(words, words)
        return _('the register has no "{words}"').format(words=name)

    def _answer_owner(self, question: Question, parties: tuple[RegisteredParty, ...]) -> tuple[RegisteredParty, ...]:
        answer = self.file.decide_question(question)
        if answer in ("", "ours", "skip"):
            return ()
        if answer in ("theirs", "both"):
            return parties
        match = self.people.find_owners([answer])
        if not match.parties:
            sentence = _('The answer to {id} is "{answer}". The register has no such name.')
            raise BadInput(sentence.format(id=question.id, answer=answer))
        return match.parties

    def _plan_task(self, line: WrittenLine, planned: LineToWrite) -> None:
        """Decide about a line that only reads like an action: it stays a note unless its owner and date are sure."""
        match = self.people.find_owners(line.owners)
        verb = _read_verb(line.text, line.owners[0] if line.owners else "")
        if match.is_sure and line.due and not _DETERMINERS.fullmatch(verb):
            planned.owners = match.parties
            return
        planned.kind, planned.due, planned.is_unread = LineKind.NOTE, None, True
        is_person = match.is_sure or bool(match.parties) or is_initials(match.words) or self._names_person(line)
        is_role = (
            _is_infinitive(line.text, match.words)
            and (is_like_name(match.words) or (line.text.startswith("The ") and verb != "be"))
            and not _DETERMINERS.fullmatch(verb)
        )
        if _DETERMINERS.fullmatch(verb) or not (is_person or is_role):
            self._plan_clause(line, planned)
            return
        self._ask_kind(line, planned, match.parties, _("it reads like an action"))

    def _names_person(self, line: WrittenLine) -> bool:
        return bool(line.owners) and self.people.is_person(line.owners[0])

    def _plan_decision(self, line: WrittenLine, planned: LineToWrite) -> None:
        """Ask whether a decision that somebody is to do something is an action as well."""
        clause = _CLAUSE.search(line.text)
        match = self.people.find_owners([clause["who"]] if clause else [])
        if clause and (
            match.is_sure
            or (is_like_name(clause["who"]) and is_initials(clause["who"]))
            or self._is_role(clause["who"])
        ):
            self._ask_kind(line, planned, match.parties, _("it gives somebody a task, so it may be an action"))
        else:
            self._plan_clause(line, planned)

    def _plan_clause(self, line: WrittenLine, planned: LineToWrite) -> None:
        """Ask whether a line is an action, where a part of it gives something to do to a person, or to nobody named."""
        clause = _CLAUSE.search(line.text)
        promised = (TaskClause(clause["who"], clause["verb"]),) if clause else ()
        for task in (*line.tasks, *promised):
            who = clean_owner(task.who)
            match = self.people.find_owners([who])
            is_person = match.is_sure or bool(match.parties) or self.people.is_person(who) or _is_full_name(line, who)
            if not _DETERMINERS.fullmatch(task.verb) and (is_person or not task.who):
                self._ask_kind(line, planned, match.parties, _("it reads like an action"))
                return

    def _is_role(self, words: str) -> bool:
        return words.lower().startswith(("the ", "y ", "yr ")) and is_like_name(words)

    def _ask_kind(
        self,
        line: WrittenLine,
        planned: LineToWrite,
        owners: tuple[RegisteredParty, ...],
        reason: str,
        *,
        has_label: bool = False,
    ) -> None:
        """Ask whether a line is an action. Without a label only a person answers: the wording is no proof."""
        question = self._build_question(
            line, "kind", planned.kind.value, LineKind.ACTION.value, reason, None, takes=True, party=line.text
        )
        question = replace(question, is_guess=not has_label)
        answer = self.file.decide_question(question)
        if answer in ("", "ours", "skip"):
            return
        kind = LineKind.ACTION if answer in ("theirs", "both") else next((k for k in _KINDS if k.value == answer), None)
        if kind is None:
            raise build_choice_error(question.id, answer)
        planned.kind, planned.is_unread = kind, False
        if kind is LineKind.ACTION:
            planned.owners, planned.due = owners, line.due

    def _is_label_alone(self, line: WrittenLine) -> bool:
        """Return whether a line has nothing but a label and the names of owners: "ACTION: JD"."""
        words = line.text.strip(" .")
        is_name = is_like_name(words) and all(word[:1].isupper() for word in words.split())
        return line.is_for_previous or self.people.find_owners([words]).is_sure or is_initials(words) or is_name

    def _plan_label_alone(self, line: WrittenLine, planned: LineToWrite, item: ItemToWrite) -> None:
        """Ask whether the line before is the action that a label with its owner stands beside."""
        planned.kind, planned.due = LineKind.NOTE, None
        planned.text = line.source
        previous = item.lines[-1] if item.lines else None
        if previous is None:
            return
        match = self.people.find_owners(line.owners)
        if previous.kind is LineKind.ACTION:
            previous.owners = previous.owners or (match.parties if match.is_sure else ())
            return
        reason = _('"{label}" follows it').format(label=line.source)
        before = WrittenLine(previous.kind, previous.text, previous.source, previous.place, due=line.due)
        self._ask_kind(before, previous, match.parties, reason, has_label=True)

    def _build_question(
        self,
        line: WrittenLine,
        name: str,
        ours: str | None,
        theirs: str,
        reason: str,
        proposed: str | None,
        *,
        takes: bool,
        party: str | None = None,
    ) -> Question:
        identifier = build_question_id("minutes", name, line.source, line.place)
        shown = party or line.text
        return Question(identifier, None, name, None, ours, theirs, reason, line.place, shown, proposed, takes=takes)

    # Tables of actions and decisions

    def _place_row(self, row: WrittenRow) -> None:
        """Give the owner and date of a row to the line that it repeats; add a row that no line has."""
        lines = [line for item in self.items for line in item.lines]
        same = max(lines, key=lambda line: measure_likeness(line.text, row.line.text), default=None)
        if same and measure_likeness(same.text, row.line.text) >= SAME_ACTION:
            same.source = f"{same.source}\n{row.line.source}"
            if same.kind is not row.line.kind:
                same.kind, same.is_unread = row.line.kind, False
            match = self.people.find_owners(row.line.owners)
            same.owners = same.owners or (match.parties if match.is_sure else ())
            same.due = same.due or row.line.due
            return
        if not self.items:
            self.items.append(ItemToWrite(""))
        item = self.items[max(0, min(row.item, len(self.items)) - 1)]
        item.lines.append(self._plan_line(row.line, ItemToWrite("")))

    # The record

    def _compare_lines(self) -> None:
        """Find the lines that the record has already, so that a second import adds nothing."""
        if self.choice.card is None:
            return
        known: dict[str, list[LineRow]] = {}
        for row in self.choice.card.lines:
            known.setdefault(normalize_text(row.text), []).append(row)
        for line in (line for item in self.items for line in item.lines):
            rows = known.get(normalize_text(line.text), [])
            if rows:
                row = rows.pop(0)
                line.existing, line.existing_kind = row.key, row.kind

    def _ask_about_record(self) -> None:
        """Ask before lines are added to minutes that have some already: the file may be another version of them."""
        card = self.choice.card
        new_lines = [line for item in self.items for line in item.lines if line.existing is None]
        if card is None or not card.lines or not new_lines:
            return
        reason = ngettext(
            "{ref} has minutes already: add the missing line?",
            "{ref} has minutes already: add the {n} missing lines?",
            len(new_lines),
            ref=card.row.ref,
        )
        identifier = build_question_id("minutes record", card.row.ref, self.file.path.name)
        words = shorten_text(new_lines[0].text, MAX_SHOWN)
        question = Question(identifier, card.row.ref, "minute_lines", None, None, words, reason, new_lines[0].place)
        self.adds_lines = self.file.takes(question)

    # The report

    def describe_meeting(self) -> PlannedMeeting:
        """Return the meeting for the report."""
        choice, row = self.choice, self.choice.card.row if self.choice.card else None
        group = choice.group.name if choice.group else row.group if row else None
        title = row.title if row else (choice.group.name if choice.group else self.minutes.title)
        start, venue = (row.start_time, row.venue) if row else (choice.time, choice.venue)
        return PlannedMeeting(row.ref if row else None, group, title, choice.day, start, venue, row is None)

    def describe_attendance(self) -> tuple[PlannedAttendee, ...]:
        """Return the attendance for the report."""
        return tuple(
            PlannedAttendee(
                attendee.party.name if attendee.party else attendee.written.source,
                attendee.written.state,
                attendee.party.ref if attendee.party else None,
                attendee.written.source,
            )
            for attendee in self.attendees
        )

    def describe_items(self) -> tuple[PlannedItem, ...]:
        """Return the items with their lines for the report."""
        return tuple(
            PlannedItem(
                item.title,
                tuple(
                    PlannedLine(
                        line.kind,
                        line.text,
                        "; ".join(party.name for party in line.owners) or None,
                        line.due,
                        line.source,
                        line.place,
                    )
                    for line in item.lines
                ),
            )
            for item in self.items
        )

    @property
    def kept_as_notes(self) -> int:
        """Number of lines whose words do not say what they are."""
        return sum(line.is_unread for item in self.items for line in item.lines)


def measure_likeness(left: str, right: str) -> float:
    """Return how alike two texts are, from 0 to 1, word by word; a text that the other one contains is nearly equal."""
    words, others = normalize_text(left).split(), normalize_text(right).split()
    if not words or not others:
        return 0.0
    short, long = sorted((" ".join(words), " ".join(others)), key=len)
    if len(short.split()) >= 4 and short in long:
        return 0.95
    return SequenceMatcher(None, words, others, autojunk=False).ratio()


def _read_verb(text: str, who: str) -> str:
    """Return the word after "to" in "JD to circulate"."""
    match = re.search(rf"{re.escape(who)},?\s+(?:\w+\s+){{0,3}}?(?:to|will|i)\s+(\w+)", text)
    return match[1].lower() if match else ""


def _is_full_name(line: WrittenLine, who: str) -> bool:
    """Return whether words are two names or more before "to", as of somebody whom the attendance does not list."""
    names = who.split()
    return 1 < len(names) < 4 and all(name[:1].isupper() for name in names) and f"{who} to " in line.text


def _is_infinitive(text: str, who: str) -> bool:
    """Return whether a sentence has a subject followed by "to" or "is to", and nothing before it."""
    verb = r"(?:(?:is|are|was|were)(?: asked| requested| tasked| instructed| directed)?\s+)?to"
    return re.match(rf"(?:the\s+)?{re.escape(who)},?\s+{verb}\s", text, re.IGNORECASE) is not None


def _read_time(text: str) -> time | None:
    try:
        return read_clock(text) if text else None
    except BadInput:
        return None
