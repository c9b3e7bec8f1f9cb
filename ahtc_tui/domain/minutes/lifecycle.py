"""Life cycle of minutes: states, issued copies, amendments and differences between copies."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from difflib import SequenceMatcher

from ahtc_tui.domain.actions.model import Marking
from ahtc_tui.domain.dates.date_as_known import format_long_date, read_stored_date
from ahtc_tui.domain.dates.formatting import format_hours, format_weekday_date
from ahtc_tui.domain.desk_people import format_writer
from ahtc_tui.domain.documents.meeting_document import Cut
from ahtc_tui.domain.i18n import Language, _
from ahtc_tui.domain.labelled_enum import LabelledEnum


class MinutesState(LabelledEnum):
    """State of the minutes of a meeting."""

    DRAFT = "draft", "", "drafft"
    CLEARED = "cleared", "", "cymeradwywyd", "wedi'i gymeradwyo"
    CIRCULATED = "circulated", "", "dosbarthwyd", "wedi'i ddosbarthu"
    AGREED = "agreed", "", "cytunwyd", "wedi'i gytuno"

    @property
    def label(self) -> str:
        """Readable words."""
        return {
            MinutesState.DRAFT: _("Draft"),
            MinutesState.CLEARED: _("Draft, cleared by the chair"),
            MinutesState.CIRCULATED: _("Draft, circulated"),
            MinutesState.AGREED: _("Agreed"),
        }[self]


@dataclass(frozen=True, slots=True)
class MinutesStatus:
    """State of the minutes of one meeting, and by which meeting they were agreed."""

    ref: str
    state: MinutesState
    agreed_at: str | None = None
    """Meeting that agreed them."""
    agreed_on: date | None = None
    subject_to: str | None = None
    by_correspondence: bool = False
    """Whether the answers of the members agreed them, on `agreed_on`."""
    destroyed_quotations: int = 0
    """Number of quotations of the transcript that this step destroyed."""

    @property
    def is_locked(self) -> bool:
        """Whether only a recorded amendment may change them."""
        return self.state is MinutesState.AGREED

    def __str__(self) -> str:
        """Readable status: "Agreed at LG-2014-01 on 11 March 2014, subject to item 3"."""
        text = self.state.label
        if self.by_correspondence:
            text += " " + _("by correspondence")
        if self.agreed_at:
            text += " " + _("at {ref}").format(ref=self.agreed_at)
        if self.agreed_on:
            text += " " + _("on {day}").format(day=format_long_date(self.agreed_on))
        return text + (", " + _("subject to {words}").format(words=self.subject_to) if self.subject_to else "")


@dataclass(frozen=True, slots=True)
class AmendmentRow:
    """An amended line of agreed minutes."""

    paragraph: str
    was: str
    now: str
    reason: str | None
    made_on: date
    made_by: str | None
    """Post of who made it, where it is known."""

    @property
    def place(self) -> str:
        """Number of the line, or the name of the field of the meeting."""
        fields = {"title": _("Title"), "starts": _("Date and time"), "venue": _("Venue"), "place": _("Place")}
        return fields.get(self.paragraph, self.paragraph)

    @property
    def shown_was(self) -> str:
        """The former text; a time of the meeting in words."""
        return _format_time(self.was) if self.paragraph == "starts" else self.was

    @property
    def shown_now(self) -> str:
        """The new text; a time of the meeting in words."""
        return _format_time(self.now) if self.paragraph == "starts" else self.now

    @property
    def author(self) -> str:
        """Who made it, as documents print it: a post, never an account."""
        return format_writer(self.made_by or "")


def _format_time(text: str) -> str:
    """Return the time of a meeting as an amendment stores it: "Tuesday 21 January 2014, 10am to 11:30am"."""
    start, _slash, end = text.partition("/")
    if "T" not in start:
        return str(read_stored_date(start) or "")
    starts, ends = datetime.fromisoformat(start), datetime.fromisoformat(end) if end else None
    return f"{format_weekday_date(starts.date())}, {format_hours(starts, ends)}"


@dataclass(frozen=True, slots=True)
class IssueRow:
    """An issued copy of the minutes."""

    version: int
    issued_on: date
    state: MinutesState
    cut: Cut
    language: Language
    marking: Marking


@dataclass(frozen=True, slots=True)
class IssuedCopy:
    """Content of an issued copy by file type."""

    row: IssueRow
    docx: bytes
    markdown: str
    plain: str


@dataclass(frozen=True, slots=True)
class Difference:
    """A passage that differs between two issued copies; one side is empty if it was added or removed."""

    heading: str
    was: tuple[str, ...]
    now: tuple[str, ...]


def find_differences(was: Sequence[str], now: Sequence[str], headings: Iterable[str]) -> list[Difference]:
    """Return the differences between two documents by line, each with the heading above it."""
    known_headings = set(headings)
    differences = []
    for tag, from_, to, begin, end in SequenceMatcher(None, was, now, autojunk=False).get_opcodes():
        if tag != "equal":
            headings_above = [line for line in now[: begin + 1] if line in known_headings] or [""]
            differences.append(Difference(headings_above[-1], tuple(was[from_:to]), tuple(now[begin:end])))
    return differences
