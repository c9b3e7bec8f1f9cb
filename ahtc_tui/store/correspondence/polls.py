"""Reads date polls with their options and answers."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import NamedTuple

from ahtc_tui.domain.correspondence.polls import PollAnswer
from ahtc_tui.domain.keys import RowKey
from ahtc_tui.store.records.cursor import Cursor
from ahtc_tui.store.records.rows import select_column, select_one, select_rows, select_value

POLL = """SELECT p.id AS key, p.ref, p."group", g.name AS group_name, p.title, p.minutes, p.sent_on, m.ref AS meeting
 FROM polls p JOIN named_parties g ON g.id = p."group" LEFT JOIN meetings m ON m.id = p.meeting WHERE p.id = ?"""
OPTIONS = """SELECT id AS key, number, day, start_time, uid, sequence FROM poll_options WHERE poll = ? AND NOT deleted
 ORDER BY number"""
ANSWERS = """SELECT a.id AS key, a.option, a.party, p.name AS who, a.answer FROM poll_answers a
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
    return select_rows(cursor, StoredPollAnswer, ANSWERS, (poll,))


def find_group_ref(cursor: Cursor, group: RowKey) -> str:
    """Return the reference of a group."""
    return str(select_value(cursor, "SELECT ref FROM parties WHERE id = ?", (group,)))
