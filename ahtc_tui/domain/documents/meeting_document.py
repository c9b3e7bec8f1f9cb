"""Agenda and minutes as people read them: every word already chosen for its readers. No database, no file."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from ahtc_tui.domain.actions.model import Marking
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.meetings.model import LineKind


class DocumentKind(StrEnum):
    """Which paper of a meeting."""

    AGENDA = "agenda"
    MINUTES = "minutes"

    @property
    def label(self) -> str:
        """The word that stands over the paper."""
        return _(self.value.capitalize())


class Cut(StrEnum):
    """Who reads it: the chair sees everything, the public no name of a person without a public post."""

    CHAIR = "chair"
    CIRCULATED = "circulated"
    PUBLISHED = "published"


class Language(StrEnum):
    """In which language a paper is: English, Welsh, or Welsh first and English after it."""

    EN = "en"
    CY = "cy"
    BOTH = "both"

    @property
    def languages(self) -> tuple[Language, ...]:
        """The languages that are in the paper, Welsh first."""
        return (Language.CY, Language.EN) if self is Language.BOTH else (self,)


@dataclass(frozen=True, slots=True)
class AttendanceGroup:
    """People of one organisation who were there, or were not, in the same way."""

    heading: str
    """How they were there: "Present", "Apologies"; empty where it is that of the group before."""
    organisation: str
    people: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ActionEntry:
    """An action under its reference in the log."""

    ref: str
    text: str
    lead: str
    due: str


@dataclass(frozen=True, slots=True)
class DecisionEntry:
    """A decision under its reference in the register."""

    ref: str
    text: str


@dataclass(frozen=True, slots=True)
class AmendmentEntry:
    """What was put right in agreed minutes."""

    number: str
    was: str
    now: str
    by: str
    """Who did it, when and why."""


@dataclass(frozen=True, slots=True)
class MinuteEntry:
    """One numbered paragraph of the minutes."""

    number: str
    kind: LineKind
    text: str
    ref: str = ""
    lead: str = ""
    due: str = ""


@dataclass(frozen=True, slots=True)
class ItemEntry:
    """One item: as it is planned, and what was said under it."""

    number: int
    title: str
    section: str = ""
    """Empty where it is that of the item before."""
    presenter: str = ""
    minutes: str = ""
    at: str = ""
    papers: tuple[str, ...] = ()
    note: str = ""
    silence: str = ""
    """The sentence that stands where nothing was minuted."""
    lines: tuple[MinuteEntry, ...] = ()
    no_actions: bool = False
    brief: tuple[ActionEntry, ...] = ()
    """For the chair: open actions of the group from before this meeting."""


@dataclass(frozen=True, slots=True)
class PaperEntry:
    """A paper of the meeting."""

    ref: str
    title: str
    author: str
    due: str
    standing: str
    """Published, not published, or why it is withheld."""


@dataclass(frozen=True, slots=True)
class MeetingDocument:
    """The agenda or the minutes of one meeting, for one kind of reader."""

    kind: DocumentKind
    cut: Cut
    marking: Marking
    ref: str
    group: str
    title: str
    """The meeting's own title where it says more than the group does."""
    day: date | None
    """None where the day is not known exactly."""
    when: str
    time: str
    where: str
    link: str
    remark: str
    """What the readers of this cut should know of it."""
    warning: str
    note: str
    attendance: tuple[AttendanceGroup, ...]
    agenda: tuple[ItemEntry, ...]
    actions: tuple[ActionEntry, ...]
    decisions: tuple[DecisionEntry, ...]
    papers: tuple[PaperEntry, ...]
    brief: tuple[ActionEntry, ...]
    """The chair's brief where no item is about matters arising."""
    next_meeting: str
    language: Language = Language.EN
    standing: str = ""
    """How far the minutes are: "Draft, circulated"; empty for an agenda."""
    version: str = ""
    """Which issued copy it is, or after which one it was made."""
    amendments: tuple[AmendmentEntry, ...] = ()
    missing_welsh: tuple[str, ...] = ()
    """Where English stands in a Welsh paper."""
    names_left: tuple[str, ...] = ()
    """Where a part of a name that is withheld may still stand in a published paper."""


HONORIFICS = {"mr", "mrs", "ms", "miss", "mx", "dr", "prof", "sir", "dame", "lord", "lady", "baroness", "cllr", "rev"}
MATTERS_ARISING = re.compile(r"matters? arising|actions? (?:arising|log|outstanding|from)|materion", re.IGNORECASE)
CONTROLS = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff\u2028\u2029]")


def flatten_text(text: str | None) -> str:
    """Text without control characters and breaks: as it may stand in a cell, a heading or a property."""
    return " ".join(CONTROLS.sub(" ", text or "").split())


def build_initials(name: str, taken: Collection[str]) -> str:
    """The initials of a name, made longer by letters of the surname until nobody else has them: "JF", "JFa", "JFar"."""
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
    """Whether an item is where the open actions of earlier meetings are gone through."""
    return MATTERS_ARISING.search(title) is not None


def find_highest_marking(*markings: Marking) -> Marking:
    """The highest of the parts' markings."""
    return max(markings, key=list(Marking).index)
