"""Tables of agreement by correspondence: circulated texts with the answers of members, and date polls."""

import sqlalchemy as sa
from sqlmodel import Field

from ahtc_tui.domain.correspondence.model import Answer
from ahtc_tui.domain.correspondence.polls import PollAnswer
from ahtc_tui.store.tables.base import Record, define_choice, define_flag, define_known_date, define_reference


class Circulation(Record, table=True):
    """Minutes of a meeting, or a proposed decision, sent to the members for agreement until a date."""

    __tablename__ = "circulations"
    __table_args__ = (sa.CheckConstraint("(meeting IS NULL) <> (decision IS NULL)", name="one_text"),)
    meeting: bytes | None = define_reference("meetings.id", index=True)
    decision: bytes | None = define_reference("decisions.id", index=True)
    version: int | None = None
    """Version of the issued copy of the minutes that was sent."""
    sent_on: str = define_known_date(required=True)
    until_on: str = define_known_date(required=True)
    agreed_on: str | None = define_known_date()
    """When the answers were confirmed as an agreement."""


class CirculationAnswer(Record, table=True):
    """A member who was asked; `source` is the name of the mail with the answer."""

    __tablename__ = "circulation_answers"
    circulation: bytes = define_reference("circulations.id", required=True, index=True)
    party: bytes = define_reference("parties.id", required=True, index=True)
    answer: Answer | None = define_choice(Answer, "answer")
    answered_on: str | None = define_known_date()
    counted_late: bool = define_flag("counted_late")
    """Whether a person counts the answer although it came after the deadline."""


class CirculationFile(Record, table=True):
    """The edited file that came with an answer."""

    __tablename__ = "circulation_files"
    answer: bytes = define_reference("circulation_answers.id", required=True, index=True)
    name: str
    size: int
    """Number of bytes."""
    content: str
    """The file in base64."""


class Poll(Record, table=True):
    """A search for a date of a meeting of a group."""

    __tablename__ = "polls"
    ref: str = Field(unique=True)
    group: bytes = define_reference("groups.id", required=True, index=True)
    title: str
    minutes: int
    """Length of the meeting."""
    sent_on: str = define_known_date(required=True)
    meeting: bytes | None = define_reference("meetings.id")
    """The meeting of the option that was chosen."""


class PollOption(Record, table=True):
    """A proposed date and time, in London; UID and SEQUENCE are those of its calendar event."""

    __tablename__ = "poll_options"
    poll: bytes = define_reference("polls.id", required=True, index=True)
    number: int
    day: str = define_known_date(required=True)
    start_time: str
    uid: str = Field(unique=True)
    sequence: int = 0


class PollAnswerRow(Record, table=True):
    """The answer of a member to one option."""

    __tablename__ = "poll_answers"
    option: bytes = define_reference("poll_options.id", required=True, index=True)
    party: bytes = define_reference("parties.id", required=True, index=True)
    answer: PollAnswer = define_choice(PollAnswer, "answer", required=True)
    answered_on: str | None = define_known_date()
