"""Reads circulated texts with the answers of members."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import NamedTuple

from ahtc_tui.domain.correspondence.model import Answer, AnswerState, MemberAnswer
from ahtc_tui.domain.correspondence.polls import PollAnswer
from ahtc_tui.domain.keys import RowKey
from ahtc_tui.store.records.cursor import Cursor
from ahtc_tui.store.records.rows import select_column, select_one, select_row, select_rows, select_value

LAST = """SELECT c.id AS key, coalesce(m.ref, d.ref) AS ref, coalesce(m.title, d.text) AS title, c.meeting, c.decision,
 coalesce(m."group", d."group") AS "group", c.version, c.sent_on, c.until_on AS until, c.agreed_on FROM circulations c
 LEFT JOIN meetings m ON m.id = c.meeting LEFT JOIN decisions d ON d.id = c.decision
 WHERE NOT c.deleted AND :key IN (c.meeting, c.decision) ORDER BY c.n DESC LIMIT 1"""

ANSWERS = """SELECT a.id AS key, a.party, p.name AS who, p.ref, a.answer, a.answered_on, a.counted_late, a.source,
 (SELECT f.name FROM circulation_files f WHERE f.answer = a.id AND NOT f.deleted ORDER BY f.n DESC LIMIT 1) AS file
 FROM circulation_answers a JOIN named_parties p ON p.id = a.party WHERE a.circulation = ? AND NOT a.deleted
 ORDER BY a.n"""


class StoredCirculation(NamedTuple):
    """The last circulation of a text."""

    key: RowKey
    ref: str
    title: str
    meeting: RowKey | None
    decision: RowKey | None
    group: RowKey | None
    version: int | None
    sent_on: date
    until: date
    agreed_on: date | None


class StoredAnswer(NamedTuple):
    """A member who was asked, with the answer."""

    key: RowKey
    party: RowKey
    who: str
    ref: str
    answer: Answer | None
    answered_on: date | None
    counted_late: bool
    source: str | None
    file: str | None

    def build_row(self, until: date) -> MemberAnswer:
        """Return the answer as it counts: late where it came after the deadline, unless a person counts it."""
        state = AnswerState(self.answer.value) if self.answer else AnswerState.NONE
        if self.answer and self.answered_on and self.answered_on > until and not self.counted_late:
            state = AnswerState.LATE
        given = self.answer if state is AnswerState.LATE else None
        return MemberAnswer(self.who, self.ref, state, self.answered_on, self.file, self.source, given, self.key)


class AnswerFile(NamedTuple):
    """The file of an answer, in base64."""

    who: str
    name: str
    content: str


def read_circulation(cursor: Cursor, key: RowKey) -> StoredCirculation | None:
    """Return the last circulation of a meeting or a decision; None where there was none."""
    return select_row(cursor, StoredCirculation, LAST, {"key": key})


def read_answers(cursor: Cursor, circulation: RowKey) -> list[StoredAnswer]:
    """Return everybody who was asked, in the order of the letters."""
    return select_rows(cursor, StoredAnswer, ANSWERS, (circulation,))


def read_answer_files(cursor: Cursor, circulation: RowKey) -> list[AnswerFile]:
    """Return the edited files of a circulation by answer, the last of each."""
    query = """SELECT p.name AS who, f.name, f.content FROM circulation_files f JOIN circulation_answers a
 ON a.id = f.answer AND NOT a.deleted JOIN named_parties p ON p.id = a.party WHERE a.circulation = ? AND NOT f.deleted
 AND f.n = (SELECT max(l.n) FROM circulation_files l WHERE l.answer = a.id AND NOT l.deleted) ORDER BY a.n"""
    return select_rows(cursor, AnswerFile, query, (circulation,))


POLL = """SELECT p.id AS key, p.ref, p."group", g.name AS group_name, p.title, p.minutes, p.sent_on, m.ref AS meeting
 FROM polls p JOIN named_parties g ON g.id = p."group" LEFT JOIN meetings m ON m.id = p.meeting WHERE p.id = ?"""
OPTIONS = """SELECT id AS key, number, day, start_time, uid, sequence FROM poll_options WHERE poll = ? AND NOT deleted
 ORDER BY number"""
POLL_ANSWERS = """SELECT a.id AS key, a.option, a.party, p.name AS who, a.answer FROM poll_answers a
 JOIN poll_options o ON o.id = a.option JOIN named_parties p ON p.id = a.party WHERE o.poll = ? AND NOT a.deleted
 ORDER BY a.n"""


class StoredPoll(NamedTuple):
    """A poll and its group."""

    key: RowKey
    ref: str
    group: RowKey
    group_name: str
    title: str
    minutes: int
    sent_on: date
    meeting: str | None


class StoredOption(NamedTuple):
    """A proposed time of a poll."""

    key: RowKey
    number: int
    day: date
    start_time: time
    uid: str
    sequence: int

    @property
    def starts(self) -> datetime:
        """Wall time in London."""
        return datetime.combine(self.day, self.start_time)


class StoredPollAnswer(NamedTuple):
    """The answer of a member to an option."""

    key: RowKey
    option: RowKey
    party: RowKey
    who: str
    answer: PollAnswer


def list_polls(cursor: Cursor) -> list[str]:
    """Return the references of the polls: those without a meeting first, the latest first."""
    return select_column(cursor, "SELECT ref FROM polls WHERE NOT deleted ORDER BY meeting NOT NULL, n DESC")


def read_poll(cursor: Cursor, key: RowKey) -> StoredPoll:
    """Return the poll with a key."""
    return select_one(cursor, StoredPoll, POLL, (key,))


def read_options(cursor: Cursor, poll: RowKey) -> list[StoredOption]:
    """Return the options of a poll by number."""
    return select_rows(cursor, StoredOption, OPTIONS, (poll,))


def read_poll_answers(cursor: Cursor, poll: RowKey) -> list[StoredPollAnswer]:
    """Return every answer to the options of a poll."""
    return select_rows(cursor, StoredPollAnswer, POLL_ANSWERS, (poll,))


def find_group_ref(cursor: Cursor, group: RowKey) -> str:
    """Return the reference of a group."""
    return str(select_value(cursor, "SELECT ref FROM parties WHERE id = ?", (group,)))
