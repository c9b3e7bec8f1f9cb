"""Tables of meetings: agenda, invitations, attendance, minutes, papers and decisions."""

import sqlalchemy as sa
from sqlmodel import Field

from ahtc_tui.domain.actions.model import Marking, PaperMarking
from ahtc_tui.domain.documents.meeting_document import Cut
from ahtc_tui.domain.meetings.kinds import (
    DecisionStatus,
    InviteRole,
    ItemOutcome,
    LineKind,
    MeetingKind,
    MeetingState,
    OnHoliday,
    Presence,
    Reply,
)
from ahtc_tui.domain.meetings.model import MeetingRow
from ahtc_tui.domain.minutes.lifecycle import MinutesState
from ahtc_tui.store.tables.base import (
    Record,
    define_choice,
    define_columns,
    define_flag,
    define_known_date,
    define_reference,
)


class Meeting(Record, table=True):
    """A meeting or dated event. Times are wall times in `tz`; UID and SEQUENCE follow RFC 5545 and 5546."""

    __tablename__ = "meetings"
    __table_args__ = (
        *define_columns(MeetingRow),
        sa.CheckConstraint("start_time IS NULL OR start_time GLOB '[0-2][0-9]:[0-5][0-9]'", name="start_time"),
        sa.Index("ix_meetings_group_day", "group", "day"),
    )
    ref: str = Field(unique=True)
    group: bytes | None = define_reference("groups.id")
    kind: MeetingKind = define_choice(MeetingKind, "kind", MeetingKind.MEETING)
    title: str
    title_cy: str | None = None
    day: str | None = define_known_date()
    start_time: str | None = None
    ends: str | None = None
    tz: str = "Europe/London"
    all_day: bool = define_flag("all_day")
    place: str | None = None
    venue: str | None = None
    link: str | None = None
    state: MeetingState = define_choice(MeetingState, "state", MeetingState.CONFIRMED)
    uid: str = Field(unique=True)
    sequence: int = 0
    recurrence: str | None = None
    on_holiday: OnHoliday = define_choice(OnHoliday, "on_holiday", OnHoliday.KEEP)
    series: bytes | None = define_reference("meetings.id")
    recurrence_id: str | None = None
    number: int | None = None
    area: bytes | None = define_reference("areas.id")
    organiser: bytes | None = define_reference("parties.id")
    host: bytes | None = define_reference("organisations.id")
    keynote: bytes | None = define_reference("parties.id")
    occasion: str | None = None
    attendance_text: str | None = None
    attendance_at_least: int | None = None
    reference: str | None = None
    marking: Marking = define_choice(Marking, "marking", Marking.OFFICIAL)
    minutes_state: MinutesState = define_choice(MinutesState, "minutes_state", MinutesState.DRAFT)
    agreed_at: bytes | None = define_reference("meetings.id")
    """The meeting that agreed the minutes."""
    agreed_subject_to: str | None = None
    agreed_actions: str | None = None
    """JSON: the actions at the agreement of the minutes (`store.minutes.agreed_snapshot`)."""


class AgendaItem(Record, table=True):
    """An item of an agenda in its place, with its outcome."""

    __tablename__ = "agenda_items"
    meeting: bytes = define_reference("meetings.id", required=True, index=True)
    position: int
    section: str | None = None
    title: str
    title_cy: str | None = None
    presenter: bytes | None = define_reference("parties.id")
    minutes: int | None = None
    standing: bool = define_flag("standing")
    discussed: bool = define_flag("discussed")
    """Marked as discussed; an item with minutes counts as discussed too."""
    closing: bool = define_flag("closing")
    """A closing item, before which later items are inserted."""
    carried_from: bytes | None = define_reference("agenda_items.id")
    outcome: ItemOutcome | None = define_choice(ItemOutcome, "outcome")


class TemplateItem(Record, table=True):
    """An item with which each new agenda of a group begins."""

    __tablename__ = "template_items"
    group: bytes = define_reference("groups.id", required=True, index=True)
    position: int
    section: str | None = None
    title: str
    title_cy: str | None = None
    presenter: bytes | None = define_reference("parties.id")
    minutes: int | None = None
    closing: bool = define_flag("closing")


class ForwardItem(Record, table=True):
    """An item planned for a later meeting of a group; `taken` is its agenda item."""

    __tablename__ = "forward_items"
    group: bytes = define_reference("groups.id", required=True, index=True)
    section: str | None = None
    title: str
    title_cy: str | None = None
    presenter: bytes | None = define_reference("parties.id")
    minutes: int | None = None
    for_on: str | None = define_known_date()
    taken: bytes | None = define_reference("agenda_items.id")


class Invitation(Record, table=True):
    """An invited party, or a text where only a class is named."""

    __tablename__ = "invitations"
    __table_args__ = (sa.CheckConstraint("(party IS NULL) <> (words IS NULL)", name="one_invitee"),)
    meeting: bytes = define_reference("meetings.id", required=True, index=True)
    party: bytes | None = define_reference("parties.id", index=True)
    words: str | None = None
    role: InviteRole = define_choice(InviteRole, "role", InviteRole.REQUIRED)
    reply: Reply = define_choice(Reply, "reply", Reply.NEEDS_ACTION)


class Attendance(Record, table=True):
    """The attendance of a party or of a named person."""

    __tablename__ = "attendances"
    __table_args__ = (sa.CheckConstraint("(party IS NULL) <> (words IS NULL)", name="one_attendee"),)
    meeting: bytes = define_reference("meetings.id", required=True, index=True)
    party: bytes | None = define_reference("parties.id", index=True)
    words: str | None = None
    state: Presence = define_choice(Presence, "state", required=True)
    deputy_for: bytes | None = define_reference("parties.id")
    seat: bytes | None = define_reference("seats.id")
    """The seat for which the party attended, where it is named."""
    items: str | None = None
    reason: str | None = None


class MinuteLine(Record, table=True):
    """A line of any kind under an agenda item, in English and Welsh."""

    __tablename__ = "minute_lines"
    __table_args__ = (sa.CheckConstraint("votes IS NULL OR votes GLOB '[0-9]*-[0-9]*-[0-9]*'", name="votes"),)
    meeting: bytes = define_reference("meetings.id", required=True, index=True)
    item: bytes | None = define_reference("agenda_items.id", index=True)
    position: int
    kind: LineKind = define_choice(LineKind, "kind", required=True)
    text: str
    text_cy: str | None = None
    action: bytes | None = define_reference("actions.id")
    votes: str | None = None
    """The votes for and against and the abstentions of a vote: "5-2-1"."""


class Amendment(Record, table=True):
    """A correction of agreed minutes: former and new text, author, day and reason."""

    __tablename__ = "amendments"
    meeting: bytes = define_reference("meetings.id", required=True, index=True)
    line: bytes | None = define_reference("minute_lines.id")
    """The line; empty for a correction of the meeting itself."""
    paragraph: str
    """Number of the line, or the field of the meeting."""
    was: str
    now: str
    reason: str | None = None
    made_on: str = define_known_date(required=True)
    made_by: str


class Issue(Record, table=True):
    """An issued copy of the minutes, which never changes."""

    __tablename__ = "issues"
    meeting: bytes = define_reference("meetings.id", required=True, index=True)
    version: int
    issued_on: str = define_known_date(required=True)
    state: MinutesState = define_choice(MinutesState, "state", required=True)
    cut: Cut = define_choice(Cut, "cut", required=True)
    language: str
    marking: Marking = define_choice(Marking, "marking", required=True)
    docx: str
    """The Word file in base64."""
    markdown: str
    plain: str


class Paper(Record, table=True):
    """A paper of a meeting: its due date, and whether or why not it was published."""

    __tablename__ = "papers"
    ref: str = Field(unique=True)
    meeting: bytes = define_reference("meetings.id", required=True, index=True)
    item: bytes | None = define_reference("agenda_items.id")
    title: str
    title_cy: str | None = None
    author: bytes | None = define_reference("parties.id")
    due_on: str | None = define_known_date()
    published: bool = define_flag("published")
    withheld_reason: str | None = None
    """Key of the reason from the fixed list (`domain.publication.withholding`), which is printed."""
    withheld_because: str | None = None
    """Note of the office about it, which is printed nowhere."""
    marking: PaperMarking | None = define_choice(PaperMarking, "marking")


class PaperFile(Record, table=True):
    """The file of a paper, which never changes: another one is another record."""

    __tablename__ = "paper_files"
    paper: bytes = define_reference("papers.id", required=True, index=True)
    name: str
    size: int
    """Number of bytes."""
    digest: str
    """SHA-256 of the content, in hexadecimal."""
    content: str
    """The file in base64."""


class Decision(Record, table=True):
    """An entry of the decision register."""

    __tablename__ = "decisions"
    ref: str = Field(unique=True)
    meeting: bytes | None = define_reference("meetings.id", index=True)
    group: bytes | None = define_reference("groups.id", index=True)
    line: bytes | None = define_reference("minute_lines.id")
    decided_on: str | None = define_known_date()
    text: str
    text_cy: str | None = None
    reason: str | None = None
    superseded_by: bytes | None = define_reference("decisions.id")
    status: DecisionStatus | None = define_choice(DecisionStatus, "status")
    """Empty where it was never set: the decision is agreed."""
    decided_by: bytes | None = define_reference("parties.id")


class DecisionAction(Record, table=True):
    """An action that carries out a decision."""

    __tablename__ = "decision_actions"
    decision: bytes = define_reference("decisions.id", required=True, index=True)
    action: bytes = define_reference("actions.id", required=True, index=True)
