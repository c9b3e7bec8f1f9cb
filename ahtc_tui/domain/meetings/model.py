"""Row classes of meetings and dated events. Times are wall times with a time zone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from ahtc_tui.domain.actions.model import Marking, PaperMarking
from ahtc_tui.domain.actions.paper_marking import add_marking
from ahtc_tui.domain.contacts.interests import ItemInterest
from ahtc_tui.domain.dates.date_as_known import DateAsKnown, Precision, format_long_date
from ahtc_tui.domain.i18n import BilingualName, BilingualTitle, _, choose_language, choose_printed_text
from ahtc_tui.domain.keys import NO_KEY, RowKey
from ahtc_tui.domain.meetings.decisions import read_votes
from ahtc_tui.domain.meetings.kinds import (
    InviteRole,
    ItemOutcome,
    LineKind,
    MeetingKind,
    MeetingState,
    OnHoliday,
    Presence,
    Reply,
)
from ahtc_tui.domain.meetings.language_wishes import LanguageWishes, compute_booking_day
from ahtc_tui.domain.meetings.roll_call import NamedRollCall
from ahtc_tui.domain.meetings.standard_titles import choose_item_title, is_standard_title
from ahtc_tui.domain.meetings.wall_time import compute_duration, convert_wall_time
from ahtc_tui.domain.publication.withholding import find_reason
from ahtc_tui.domain.settings.parser import VoteStyle

LONDON = "Europe/London"

PAPER_ENDINGS = (".pdf", ".docx", ".odt", ".xlsx", ".ods")
"""Formats that can be put into a meeting pack as one PDF."""


@dataclass(frozen=True, slots=True)
class MeetingRow(BilingualTitle):
    """A meeting in lists and exports."""

    key: RowKey
    ref: str
    kind: MeetingKind
    title: str
    group: str | None
    group_ref: str | None
    day: DateAsKnown | None
    """Day as known; a meeting known only by month has no start."""
    start_time: time | None
    ends: datetime | None
    """Wall time of the end in `tz`, naive."""
    tz: str
    place: str | None
    venue: str | None
    link: str | None
    state: MeetingState
    uid: str
    """UID in calendars; instances of a series share the UID of the series."""
    sequence: int
    recurrence: str | None
    """An RFC 5545 RRULE value, without the property name."""
    all_day: bool
    agenda_items: int
    source: str | None
    marking: Marking
    on_holiday: OnHoliday = OnHoliday.KEEP
    series: str | None = None
    """Reference of its series."""
    recurrence_id: datetime | None = None
    """Wall time in `series_tz` that the series rule gives for this instance, even if it was moved."""
    series_tz: str | None = None
    """Zone of its series."""
    title_cy: str | None = None

    @property
    def printed_title(self) -> str:
        """Title in the language of a document; the name of the group is a name, and not marked as English."""
        return self.shown_title if self.title == self.group else choose_printed_text(self.title, self.title_cy)

    @property
    def planned(self) -> datetime | None:
        """Planned wall time of this instance in `tz`; None if it is not an instance."""
        if self.recurrence_id is None:
            return None
        return convert_wall_time(self.recurrence_id, self.series_tz or self.tz, self.tz)

    @property
    def length(self) -> timedelta | None:
        """Time from the start to the end; None unless both are known."""
        return compute_duration(self.starts, self.ends, self.tz) if self.starts and self.ends else None

    @property
    def starts(self) -> datetime | None:
        """Wall time of the start in `tz`; None if the day or time is not known."""
        if self.day is None or self.day.precision is not Precision.DAY or self.start_time is None:
            return None
        return datetime.combine(self.day.latest, self.start_time)

    @property
    def location(self) -> str:
        """Venue and place on one line."""
        return ", ".join(part for part in (self.venue, self.place) if part)


@dataclass(frozen=True, slots=True)
class SeriesDay:
    """A day of a series as planned, and as it is after moves, cancellations and bank holidays."""

    planned: datetime
    """Wall time in London that the rule of the series gives."""
    starts: datetime | None
    """Actual wall time in London; None if a bank holiday drops the day."""
    state: MeetingState
    ref: str | None
    """Reference of the day's record; None if it has no record."""
    holiday: str | None
    """Bank holiday that moved or dropped the day."""
    recurrence_id: datetime
    """Planned wall time in the zone of the series, which identifies the day."""

    @property
    def day(self) -> date:
        """Day on which it takes place, or was planned to."""
        return (self.starts or self.planned).date()


@dataclass(frozen=True, slots=True)
class PaperRow(BilingualTitle):
    """A paper of a meeting, its author and due day, and whether it is published or why it is withheld."""

    ref: str
    item: int | None
    """Number of its agenda item."""
    title: str
    author: str | None
    due: DateAsKnown | None
    """Day on which it is due to the secretariat."""
    published: bool
    withheld_because: str | None
    """Note of the office about why it is withheld, which is printed nowhere."""
    key: RowKey = NO_KEY
    file: str | None = None
    """Name of its file; None where none is attached."""
    file_size: int | None = None
    file_digest: str | None = None
    marking: PaperMarking | None = None
    title_cy: str | None = None
    withheld_reason: str | None = None
    """Key of the reason from the fixed list."""

    @property
    def is_withheld(self) -> bool:
        """Whether it was withheld from publication."""
        return not self.published and bool(self.withheld_reason or self.withheld_because)

    @property
    def publication_remark(self) -> str:
        """The same within a line, after the title; a note keeps its capitals."""
        return self.publication_state[:1].lower() + self.publication_state[1:]

    @property
    def withholding(self) -> str:
        """That it is withheld, and the reason from the fixed list, for members of the group and the office."""
        if self.withheld_reason is None:
            return _("Withheld")
        return _("Withheld: {reason}").format(reason=find_reason(self.withheld_reason).label)

    @property
    def number(self) -> str:
        """Number of the paper in its meeting: "1" of "LG-2014-01/P1"."""
        return self.ref.rpartition("/")[2].removeprefix("P")

    @property
    def marked_title(self) -> str:
        """Shown title with the protective marking, where it has one: "Risk register (RESTRICTED)"."""
        return add_marking(self.shown_title, self.marking)

    @property
    def summary(self) -> str:
        """Reference, marked title, and whether it is published: "LG-2014-01/P1  Risk register, published"."""
        return f"{self.ref}  {self.marked_title}, {self.publication_remark}"

    @property
    def publication_state(self) -> str:
        """Published, not published, or the reason for withholding, with the note of the office."""
        if not self.is_withheld:
            return _("Published") if self.published else _("Not published")
        note = f" ({self.withheld_because})" if self.withheld_because else ""
        return self.withholding + note


@dataclass(frozen=True, slots=True)
class MatterRow(BilingualTitle):
    """An open action from an earlier meeting of the group."""

    ref: str
    title: str
    lead: str | None
    due: DateAsKnown | None
    title_cy: str | None = None


class ItemTitle(BilingualTitle):
    """The title of an agenda item, stored in one language or both; a usual title is translated by the catalogue."""

    __slots__ = ()

    @property
    def shown_title(self) -> str:
        """Title in the current language, else in the other one."""
        return choose_item_title(self.title, self.title_cy)

    @property
    def printed_title(self) -> str:
        """Title in the language of a document; untranslated English is marked in a Welsh one."""
        shown = self.shown_title
        return shown if self.title_cy or is_standard_title(self.title) else choose_printed_text(shown, None)


@dataclass(frozen=True, slots=True)
class AgendaRow(ItemTitle):
    """An agenda item with its place, presenter and minutes; a standing item returns at the next meeting."""

    position: int
    section: str | None
    title: str
    presenter: str | None
    minutes: int | None
    standing: bool
    discussed: bool = False
    key: RowKey = NO_KEY
    closing: bool = False
    """Whether it follows the items of the day."""
    starts: time | None = None
    """Start if all earlier items keep to their minutes; None without allotted minutes."""
    papers: tuple[PaperRow, ...] = ()
    matters: tuple[MatterRow, ...] = ()
    """Open actions of earlier meetings, on the item for matters arising."""
    carried: bool = False
    """Whether it was carried forward from an earlier meeting."""
    note: str | None = None
    presenter_ref: str | None = None
    title_cy: str | None = None
    outcome: ItemOutcome | None = None
    interests: tuple[ItemInterest, ...] = ()
    """Members and guests with a link to an organisation that the item names."""
    presenter_cy: str | None = None

    @property
    def shown_presenter(self) -> str | None:
        """Name of the presenter in the current language; the English one where there is no Welsh."""
        return choose_language(self.presenter, self.presenter_cy) if self.presenter else None


@dataclass(frozen=True, slots=True)
class InviteeRow(BilingualName):
    """An invited party of the register, or a name where the source names a class only."""

    name: str
    ref: str | None
    email: str | None
    role: InviteRole
    reply: Reply
    holder: str | None = None
    """Person who attends for it on the day of the meeting: a deputy, a representative, or the holder of the post."""
    name_cy: str | None = None


@dataclass(frozen=True, slots=True)
class AttendanceRow:
    """Attendance of one party at a meeting."""

    name: str
    state: Presence
    deputy_for: str | None
    items: str | None
    reason: str | None
    holder: str | None = None
    """Holder of the post on the day of the meeting."""


@dataclass(frozen=True, slots=True)
class LineRow:
    """A line of the minutes."""

    item: int | None
    position: int
    kind: LineKind
    text: str
    action: str | None
    """Reference of the action of the line."""
    decision: str | None = None
    key: RowKey = NO_KEY
    text_cy: str | None = None
    number: str = ""
    """Number of the paragraph: "3.2"."""
    votes: str | None = None
    """The counts of a vote: "5-2-1"."""
    roll_call: NamedRollCall | None = None
    """Who voted how, where it is recorded."""

    def format_votes(self, style: VoteStyle = VoteStyle.NUMBERS) -> str:
        """Return a vote as printed, with its result and who voted how; empty for a line without a vote."""
        votes = read_votes(self.votes)
        if votes is None:
            return ""
        roll = self.roll_call
        decisive = roll.casting_sentence if roll and votes.in_favour == votes.against else None
        counts = votes.format(style)
        if decisive:
            counts = counts.replace(votes.result, decisive)
        return f"{counts} {roll}" if roll and style is VoteStyle.NUMBERS else counts

    @property
    def shown_text(self) -> str:
        """Text in the current language, else in the other one; a vote with its counts and its result."""
        text, votes = choose_language(self.text, self.text_cy), self.format_votes()
        return f"{text} ({votes})".strip() if votes else text

    @property
    def typed_text(self) -> str:
        """Text as it is typed without its prefix."""
        return f"{self.votes} {self.text}".rstrip() if self.votes else self.text


@dataclass(frozen=True, slots=True)
class DecisionRow:
    """An entry of the decision register."""

    ref: str
    decided_on: DateAsKnown | None
    body: str | None
    text: str
    actions: tuple[str, ...]
    source: str | None


@dataclass(frozen=True, slots=True)
class Clash:
    """Another meeting at the same time."""

    ref: str
    title: str
    starts: datetime | None
    same_group: bool
    people: tuple[str, ...]
    """Names of the people who are invited to both."""

    def __str__(self) -> str:
        reasons = (_("the same group"), *self.people) if self.same_group else self.people
        return f"{self.ref} {self.title}: {', '.join(reasons)}"


@dataclass(frozen=True, slots=True)
class MeetingCard:
    """A meeting with all related records, for the detail pane."""

    row: MeetingRow
    area: str | None
    organiser: str | None
    organiser_email: str | None
    host: str | None
    keynote: str | None
    occasion: str | None
    attendance_text: str | None
    note: str | None
    agenda: tuple[AgendaRow, ...]
    invitees: tuple[InviteeRow, ...]
    attendance: tuple[AttendanceRow, ...]
    lines: tuple[LineRow, ...]
    decisions: tuple[DecisionRow, ...]
    actions: tuple[str, ...]
    """References and titles of its actions."""
    source_notes: tuple[tuple[str, str], ...] = ()
    """Source of single fields where it differs from the source of the record."""
    papers: tuple[PaperRow, ...] = ()
    minutes_over: int = 0
    """Minutes by which the agenda exceeds the meeting."""
    notice_on: date | None = None
    papers_on: date | None = None
    draft_on: date | None = None
    final_on: date | None = None
    next_day: SeriesDay | None = None
    """Next date of a series without a separate record; the deadlines above refer to this date."""
    wishes: LanguageWishes | None = None
    """Language wishes of those invited, and the booking of the interpreter."""
    clashes: tuple[Clash, ...] = ()
    """Other meetings at the same time that share the group or a person."""
    organiser_cy: str | None = None

    @property
    def papers_without_item(self) -> list[PaperRow]:
        """The papers that belong to no agenda item."""
        return [paper for paper in self.papers if paper.item is None]

    @property
    def shown_organiser(self) -> str | None:
        """Name of the organiser in the current language; the English one where there is no Welsh."""
        return choose_language(self.organiser, self.organiser_cy) if self.organiser else None

    @property
    def language_summary(self) -> str:
        """Numbers of those invited by the language that they wish to use; empty where nobody is invited."""
        return self.wishes.summary if self.wishes else ""

    @property
    def interpretation(self) -> str:
        """Requirement of the rule on interpretation; empty if it does not apply, or after the meeting."""
        wishes, row = self.wishes, self.row
        is_over = row.state in (MeetingState.HELD, MeetingState.CANCELLED)
        if wishes is None or (is_over and not wishes.is_booked):
            return ""
        day = row.day.latest if row.day and row.day.precision is Precision.DAY else None
        return wishes.describe_interpretation(format_long_date(compute_booking_day(day)) if day else "")


@dataclass(frozen=True, slots=True)
class PaperFile:
    """A file with the name that it had when it was attached."""

    name: str
    content: bytes
