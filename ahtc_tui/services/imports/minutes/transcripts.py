"""Imports a transcript: quotations under the items of a meeting, and proposals of lines that a person may take."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.imports.minutes import PlannedItem, PlannedLine, PlannedMeeting
from ahtc_tui.domain.imports.report import AddedRecord, Question
from ahtc_tui.domain.meetings.kinds import LineKind
from ahtc_tui.domain.minutes.transcripts import Quotation, find_proposal, place_quotations
from ahtc_tui.domain.minutes.written_lines import read_paragraph
from ahtc_tui.domain.returns.register import Certainty
from ahtc_tui.domain.text.cleaning import shorten_text
from ahtc_tui.services import record_lookup
from ahtc_tui.services.imports.file_plan import FilePlan, build_question_id
from ahtc_tui.services.imports.minutes.people import MeetingPeople
from ahtc_tui.services.minutes.lifecycle import refuse_agreed
from ahtc_tui.services.minutes.writer import ResolvedLine, write_line
from ahtc_tui.store.meetings.cards import read_card
from ahtc_tui.store.minutes import queries, transcripts
from ahtc_tui.store.minutes.transcripts import StoredQuotation

if TYPE_CHECKING:
    from datetime import date, time

    from ahtc_tui.domain.keys import RowKey
    from ahtc_tui.domain.meetings.model import MeetingCard
    from ahtc_tui.services.workspace import Workspace
    from ahtc_tui.store.journal.ledger import Ledger
    from ahtc_tui.store.records.cursor import Cursor

DAY_SECONDS = 24 * 3600
MAX_SHOWN = 120
"""Length of a passage in the reason of a question."""


@dataclass
class TranscriptPlan:
    """Plan of one transcript."""

    cursor: Cursor
    file: FilePlan
    people: MeetingPeople
    today: date
    quotations: list[Quotation]
    meeting: RowKey | None = None
    card: MeetingCard | None = None
    speakers: dict[str, str | None] = field(default_factory=dict)
    """Reference of each speaker in the register; None for one who was not matched."""
    taken: list[tuple[Quotation, LineKind]] = field(default_factory=list)
    """Passages that become lines."""

    def build(self, meeting: str | None) -> None:
        """Plan everything. Raises NotFound for an unknown meeting, Refused for agreed minutes."""
        ref = meeting or self._ask_meeting()
        if ref is None:
            return
        self.meeting = record_lookup.find_meeting_key(self.cursor, ref)
        self.card = read_card(self.cursor, self.meeting, self.today)
        refuse_agreed(self.cursor, self.meeting, self.card.row.ref)
        self._match_speakers(self.card)
        self.quotations = place_quotations(self.quotations, *_read_agenda(self.card))
        for quotation in self.quotations:
            self._propose(quotation)

    def _ask_meeting(self) -> str | None:
        reason = _("a transcript does not name its meeting. Give it with --meeting")
        identifier = build_question_id("transcript meeting", self.file.path.name)
        question = Question(identifier, None, "meeting", None, None, None, reason, self.file.path.name, takes=False)
        answer = self.file.decide_question(question)
        return None if answer in ("", "ours", "theirs", "both", "skip") else answer

    def _match_speakers(self, card: MeetingCard) -> None:
        """Match the speakers with those who attended or are invited; ask about everybody else."""
        rows = [(row.name, row.holder) for row in card.attendance] + [(row.name, row.holder) for row in card.invitees]
        known = {name for pair in rows for name in pair if name}
        for speaker in dict.fromkeys(quotation.speaker for quotation in self.quotations if quotation.speaker):
            match = self.people.find_person(speaker)
            if match.party and match.certainty is Certainty.SURE and known & {match.party.name, speaker}:
                self.speakers[speaker] = match.party.ref
                continue
            reason = match.reason or _("{name} is not on the attendance of {ref}").format(
                name=speaker, ref=card.row.ref
            )
            proposed = match.party.name if match.party else None
            identifier = build_question_id("transcript speaker", card.row.ref, speaker)
            question = Question(
                identifier, card.row.ref, "speaker", None, None, speaker, reason, self.file.path.name, None, proposed,
                takes=match.party is not None,
            )  # fmt: skip
            answer = self.file.decide_question(question)
            if answer in ("", "ours", "skip"):
                self.speakers[speaker] = None
            elif answer in ("theirs", "both"):
                self.speakers[speaker] = match.party.ref if match.party else None
            else:
                key_match = self.people.find_person(answer)
                self.speakers[speaker] = key_match.party.ref if key_match.party else None

    def _propose(self, quotation: Quotation) -> None:
        """Ask whether a passage about an action or an agreement becomes a line."""
        kind = find_proposal(quotation.text)
        if kind is None or self.card is None:
            return
        reason = _("{speaker} at {time}: is this a line of the minutes?").format(
            speaker=quotation.speaker or _("somebody"), time=quotation.clock
        )
        identifier = build_question_id("transcript line", self.card.row.ref, quotation.at, quotation.text)
        words = shorten_text(quotation.text, MAX_SHOWN)
        question = Question(
            identifier, self.card.row.ref, "kind", None, None, kind.value, reason, quotation.clock, words, takes=False
        )
        answer = self.file.decide_question(question)
        if answer in ("theirs", "both"):
            self.taken.append((quotation, kind))
        elif answer in (LineKind.NOTE, LineKind.DECISION, LineKind.ACTION):
            self.taken.append((quotation, LineKind(answer)))

    def describe_meeting(self) -> PlannedMeeting | None:
        """Return the meeting for the report."""
        if self.card is None:
            return None
        row = self.card.row
        return PlannedMeeting(row.ref, row.group, row.title, row.day, row.start_time, row.venue, False)

    def describe_items(self) -> tuple[PlannedItem, ...]:
        """Return the quotations under their items; those before the first item come without a title."""
        titles = {item.position: item.title for item in self.card.agenda} if self.card else {}
        lines: dict[int | None, list[PlannedLine]] = {}
        for quotation in self.quotations:
            line = PlannedLine(
                LineKind.NOTE,
                quotation.text,
                None,
                None,
                quotation.text,
                quotation.clock,
                quotation.speaker,
                quotation.clock,
            )
            lines.setdefault(quotation.item, []).append(line)
        return tuple(PlannedItem(titles.get(item or 0, ""), tuple(quoted)) for item, quoted in lines.items())


def write_passages(ledger: Ledger, plan: TranscriptPlan) -> None:
    """Write the passages that were taken as lines."""
    assert plan.meeting is not None
    known = {line.text for line in plan.card.lines} if plan.card else set()
    day = plan.card.row.day.latest if plan.card and plan.card.row.day else plan.today
    for quotation, kind in plan.taken:
        if quotation.text in known:
            continue
        details = read_paragraph(quotation.text, day, kind)
        match = plan.people.find_owners([owner for line in details for owner in line.owners])
        owners = tuple(party.key for party in match.parties) if match.is_sure and kind is LineKind.ACTION else ()
        due = next((line.due for line in details if line.due), None) if kind is LineKind.ACTION else None
        item = queries.find_item(ledger.cursor, plan.meeting, quotation.item) if quotation.item else None
        write_line(ledger, plan.meeting, item, ResolvedLine(kind, quotation.text, owners, due, False), plan.today, None)
        plan.file.added.append(AddedRecord(None, quotation.clock, {"record": kind.value, "title": quotation.text}))


def store_quotations(workspace: Workspace, plan: TranscriptPlan) -> None:
    """Store the quotations in the file of transcripts, where they stay until the minutes are agreed."""
    assert plan.meeting is not None
    stored = [
        StoredQuotation(
            quotation.speaker, plan.speakers.get(quotation.speaker or ""), quotation.at, quotation.item, quotation.text
        )
        for quotation in plan.quotations
    ]
    transcripts.store_transcript(workspace.database, plan.meeting, stored)


def _read_agenda(card: MeetingCard) -> tuple[list[tuple[int, str]], list[tuple[int, int]]]:
    """Return number and title of each item, and number and planned seconds from the start of those with a time."""
    titles = [(item.position, item.title) for item in card.agenda]
    first = card.row.start_time
    if first is None:
        return titles, []
    starts = [
        (item.position, (_count_seconds(item.starts) - _count_seconds(first)) % DAY_SECONDS)
        for item in card.agenda
        if item.starts
    ]
    return titles, starts


def _count_seconds(clock: time) -> int:
    return clock.hour * 3600 + clock.minute * 60


def read_quotations(workspace: Workspace, ref: str) -> list[Quotation]:
    """Return the stored transcript of a meeting, with the names of matched speakers. Raises NotFound."""
    with workspace.database.read() as cursor:
        meeting = record_lookup.find_meeting_key(cursor, ref)
    rows = transcripts.read_transcript(workspace.database, meeting)
    return [Quotation(row.party or row.speaker, row.at, row.text, row.item) for row in rows]
