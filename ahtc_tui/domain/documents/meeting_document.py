"""Content of agendas and minutes for one kind of reader, as text."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass, field, replace
from datetime import date

from ahtc_tui.domain.actions.model import Marking
from ahtc_tui.domain.i18n import Language, _, get_current_language, gettext_noop
from ahtc_tui.domain.labelled_enum import LabelledEnum
from ahtc_tui.domain.meetings.kinds import LineKind


class DocumentKind(LabelledEnum):
    """Which of the two documents of a meeting; both have one model and one layout."""

    AGENDA = "agenda", gettext_noop("Agenda")
    MINUTES = "minutes", gettext_noop("Minutes")


class Cut(LabelledEnum):
    """Audience: the chair sees all content; the published cut omits names of persons without a public post."""

    CHAIR = "chair", gettext_noop("chair")
    CIRCULATED = "circulated", gettext_noop("circulated"), "wedi'i ddosbarthu"
    PUBLISHED = "published", gettext_noop("published"), "wedi'i gyhoeddi"


@dataclass(frozen=True, slots=True)
class Edition:
    """Readers of a document, with the lowest marking and the language."""

    cut: Cut = Cut.CIRCULATED
    marking: Marking = Marking.OFFICIAL
    language: Language = field(default_factory=get_current_language)
    issue: tuple[int, date] | None = None
    """Number and day of an issued copy."""
    shows_conflicts: bool = True
    """Whether a copy for the chair names the fields that wait for a decision."""


@dataclass(frozen=True, slots=True)
class AttendanceGroup:
    """People with the same kind of attendance."""

    heading: str
    """Kind of attendance ("Present", "Apologies")."""
    people: tuple[str, ...]
    """One line each: name, post, organisation and remarks."""
    kind: str = "attendance"
    """Kind of its texts for the release list."""


@dataclass(frozen=True, slots=True)
class ActionEntry:
    """An action with its reference."""

    ref: str
    text: str
    lead: str
    due: str


@dataclass(frozen=True, slots=True)
class DecisionEntry:
    """A decision with its reference."""

    ref: str
    text: str


@dataclass(frozen=True, slots=True)
class AmendmentEntry:
    """An amendment of agreed minutes."""

    number: str
    was: str
    now: str
    by: str
    """Author, date and reason."""


@dataclass(frozen=True, slots=True)
class MinuteEntry:
    """A numbered paragraph of the minutes."""

    number: str
    kind: LineKind
    text: str
    ref: str = ""
    lead: str = ""
    due: str = ""


@dataclass(frozen=True, slots=True)
class ItemEntry:
    """An agenda item with its minutes."""

    number: int
    title: str
    section: str = ""
    """Empty if equal to the previous item."""
    presenter: str = ""
    minutes: str = ""
    at: str = ""
    papers: tuple[str, ...] = ()
    note: str = ""
    interests: tuple[str, ...] = ()
    """Who at the meeting has a link to what the item names, for the chair."""
    silence: str = ""
    """Sentence in place of lines: that nothing was minuted, or the date of the next meeting."""
    lines: tuple[MinuteEntry, ...] = ()
    brief: tuple[ActionEntry, ...] = ()
    """Open actions from earlier meetings, for the chair."""


@dataclass(frozen=True, slots=True)
class PaperEntry:
    """A paper listed in the document."""

    ref: str
    title: str
    author: str
    withheld: str
    """Sentence with the reason why the paper is not published; empty for one that is or may be."""
    item: str = ""
    """Its agenda item ("Item 6:"), which a published document has instead of the reference."""


@dataclass(frozen=True, slots=True)
class MeetingDocument:
    """Agenda or minutes of one meeting for one audience."""

    kind: DocumentKind
    cut: Cut
    marking: Marking
    ref: str
    group: str
    title: str
    """Title of the meeting if it differs from the group's name."""
    day: date | None
    """None if the exact day is not known."""
    when: str
    time: str
    where: str
    link: str
    remark: str
    """Remark for the audience."""
    warning: str
    note: str
    attendance: tuple[AttendanceGroup, ...]
    agenda: tuple[ItemEntry, ...]
    actions: tuple[ActionEntry, ...]
    decisions: tuple[DecisionEntry, ...]
    papers: tuple[PaperEntry, ...]
    brief: tuple[ActionEntry, ...]
    """Brief for the chair if no item covers matters arising."""
    next_meeting: str
    language: Language = Language.EN
    minutes_status: str = ""
    """Status of the minutes ("Draft, circulated"); empty for an agenda."""
    condition: str = ""
    """Corrections to which published minutes were agreed; in other minutes they follow the status."""
    version: str = ""
    """Version of the issued copy, or the last issued version."""
    amendments: tuple[AmendmentEntry, ...] = ()
    missing_welsh: tuple[str, ...] = ()
    """Places in a Welsh document where the text is English."""
    is_agreed: bool = False
    """Whether the minutes are agreed."""

    def format_status(self, separator: str = ". ") -> str:
        """Return the state of the minutes and their version on one line."""
        condition = _("Subject to {words}").format(words=self.condition) if self.condition else ""
        return separator.join(part for part in (self.minutes_status, condition, self.version) if part)

    def without_references(self) -> MeetingDocument:
        """Copy for the public: actions and decisions have the number of their paragraph instead of a reference."""
        numbers = {line.ref: line.number for item in self.agenda for line in item.lines if line.ref}
        return replace(
            self,
            ref="",
            agenda=tuple(
                replace(item, lines=tuple(replace(line, ref="") for line in item.lines)) for item in self.agenda
            ),
            actions=tuple(replace(action, ref=numbers.get(action.ref, "")) for action in self.actions),
            decisions=tuple(replace(decision, ref=numbers.get(decision.ref, "")) for decision in self.decisions),
            papers=tuple(replace(paper, ref=paper.item) for paper in self.papers),
        )


HONORIFICS = {"mr", "mrs", "ms", "miss", "mx", "dr", "prof", "sir", "dame", "lord", "lady", "baroness", "cllr", "rev"}
MATTERS_ARISING = re.compile(r"matters? arising|actions? (?:arising|log|outstanding|from)|materion", re.IGNORECASE)
APOLOGIES = re.compile(r"apolog|ymddiheuriad", re.IGNORECASE)
NEXT_MEETING = re.compile(r"next meeting|cyfarfod nesaf", re.IGNORECASE)


def build_initials(name: str, taken: Collection[str]) -> str:
    """Return the initials of a name, extended by letters of the surname until they are unique: "JF", "JFa", "JFar"."""
    words = [word for word in re.findall(r"[^\W\d_][\w'’]*", name) if word.lower() not in HONORIFICS]
    words = words or re.findall(r"\w+", name) or ["?"]
    result = "".join(unicodedata.normalize("NFC", word)[0].upper() for word in words)
    for letters in range(1, len(words[-1])):
        if result not in taken:
            return result
        result = result[: len(words)] + words[-1][1 : letters + 1].lower()
    number = 2
    while result in taken:
        result = f"{result.rstrip('0123456789')}{number}"
        number += 1
    return result


def is_about_matters_arising(title: str) -> bool:
    """Return whether the item covers open actions of earlier meetings."""
    return MATTERS_ARISING.search(title) is not None


def is_about_apologies(title: str) -> bool:
    """Return whether the item is for apologies for absence."""
    return APOLOGIES.search(title) is not None


def is_about_next_meeting(title: str) -> bool:
    """Return whether the item is the date of the next meeting."""
    return NEXT_MEETING.search(title) is not None
