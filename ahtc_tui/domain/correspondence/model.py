"""A circulation with a deadline: who was asked, what each answered, and whether the answers agree the text."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from ahtc_tui.domain.i18n import _, gettext_noop, pgettext_noop
from ahtc_tui.domain.keys import NO_KEY, RowKey
from ahtc_tui.domain.labelled_enum import LabelledEnum


class Answer(LabelledEnum, context="answer"):
    """The answer of a member to a circulated text."""

    AGREED = "agreed", pgettext_noop("answer", "agreed"), "agree", "cytuno"
    CHANGES = "changes", pgettext_noop("answer", "agreed with changes"), "agree with changes", "cytuno gyda newidiadau"
    OBJECTS = "objects", pgettext_noop("answer", "objects"), "object", "gwrthwynebu"


class AnswerState(LabelledEnum, context="answer"):
    """State of the answer of a member."""

    NONE = "none", pgettext_noop("answer", "no answer")
    AGREED = "agreed", pgettext_noop("answer", "agreed")
    CHANGES = "changes", pgettext_noop("answer", "agreed with changes")
    OBJECTS = "objects", pgettext_noop("answer", "objects")
    LATE = "late", pgettext_noop("answer", "late")


class CirculationState(LabelledEnum):
    """How far a circulation has come."""

    OPEN = "open", gettext_noop("open for answers")
    PROPOSED = "proposed", gettext_noop("can be agreed")
    OBJECTED = "objected", gettext_noop("objected to")
    INQUORATE = "inquorate", gettext_noop("too few answers for a quorum")
    AGREED = "agreed", gettext_noop("agreed by correspondence")


@dataclass(frozen=True, slots=True)
class MemberAnswer:
    """A member who was asked, and the answer."""

    who: str
    ref: str
    answer: AnswerState
    on: date | None
    file: str | None
    """Name of the edited file that came with the answer."""
    source: str | None = None
    """Name of the mail with the answer."""
    given: Answer | None = None
    """Content of a late answer."""
    key: RowKey = NO_KEY


@dataclass(frozen=True, slots=True)
class AnswerQuestion:
    """A mail or an answer that a person has to decide about; only a late answer is stored already."""

    id: str
    who: str
    answer: Answer | None
    on: date | None
    source: str
    reason: str
    """Sentence that says why it is asked."""


@dataclass(frozen=True, slots=True)
class CirculationReport:
    """A circulation with its answers."""

    ref: str
    until: date
    sent_on: date
    asked: tuple[MemberAnswer, ...]
    state: CirculationState
    counted: int
    """Members with a vote who agreed, with or without changes."""
    quorum: int | None
    version: int | None = None
    agreed_on: date | None = None
    questions: tuple[AnswerQuestion, ...] = ()
    title: str = ""
    destroyed_quotations: int = 0
    """Quotations of the transcript that the agreement destroyed."""

    @property
    def proposed(self) -> str | None:
        """The state of the text that the answers propose; None while there is none."""
        return "agreed" if self.state is CirculationState.PROPOSED else None

    def list_answering(self, state: AnswerState) -> list[str]:
        """Return the names of the members whose answer is in a state."""
        return [member.who for member in self.asked if member.answer is state]

    def format_quorum(self) -> str:
        """Return how many agreed and how many are needed: "5 agreed, 4 needed"."""
        if self.quorum is None:
            return _("{m} agreed; no quorum is set").format(m=self.counted)
        return _("{m} agreed, {n} needed").format(m=self.counted, n=self.quorum)

    def to_data(self) -> dict[str, Any]:
        """Return the report with the computed proposal, for JSON."""
        from ahtc_tui.domain.serialization import serialize_value

        data: dict[str, Any] = serialize_value(self)
        return {**data, "proposed": self.proposed}


def find_state(until: date, today: date, asked: tuple[MemberAnswer, ...], counted: int, quorum: int | None) -> Any:
    """Return the state of a circulation that is not agreed yet: open until its deadline, unless all have answered."""
    waits = any(member.answer in (AnswerState.NONE, AnswerState.LATE) for member in asked)
    if today <= until and waits:
        return CirculationState.OPEN
    if any(member.answer is AnswerState.OBJECTS for member in asked):
        return CirculationState.OBJECTED
    return CirculationState.INQUORATE if counted < (quorum or 1) else CirculationState.PROPOSED
