"""Reads the decision register."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date

from ahtc_tui.domain.actions.model import Marking
from ahtc_tui.domain.filters.model import FilterNoun, TermKind
from ahtc_tui.domain.keys import RowKey
from ahtc_tui.domain.meetings.decisions import Decision
from ahtc_tui.store.contacts.filter_terms import PLACE_OF_PARTY, build_area_translator, build_party_translator
from ahtc_tui.store.records.cursor import Cursor
from ahtc_tui.store.records.rows import select_column, select_one, select_rows, select_value
from ahtc_tui.store.search.filters import read_condition
from ahtc_tui.store.sql_fragments import DECISION_IS_OPEN, MEETING_TITLE_CY

COLUMNS = f"""d.ref, d.decided_on, g.name AS body, g.ref AS body_ref, m.ref AS meeting,
 m.title AS meeting_title, {MEETING_TITLE_CY.format("m")} AS meeting_title_cy, m.day AS meeting_day, d.text,
 d.text_cy, d.reason,
 s.ref AS superseded_by, (SELECT group_concat(ref, char(10)) FROM (SELECT o.ref FROM decisions o
 WHERE o.superseded_by = d.id AND NOT o.deleted ORDER BY o.n)) AS supersedes,
 (SELECT group_concat(ref, char(10)) FROM (SELECT a.ref FROM decision_actions l JOIN actions a ON a.id = l.action
 WHERE l.decision = d.id AND NOT l.deleted AND NOT a.deleted ORDER BY a.ref_key)) AS actions, d.source, d.note,
 CASE WHEN s.id IS NOT NULL THEN 'superseded' ELSE coalesce(d.status, 'agreed') END AS status, b.name AS decided_by,
 d.id AS key
 FROM decisions d LEFT JOIN named_parties g ON g.id = d."group" LEFT JOIN meetings m ON m.id = d.meeting
 LEFT JOIN decisions s ON s.id = d.superseded_by AND NOT s.deleted
 LEFT JOIN named_parties b ON b.id = d.decided_by"""


def read_decisions(cursor: Cursor, words: str = "", group: RowKey | None = None) -> list[Decision]:
    """Return the decisions that match the words, of one group or of all, latest first."""
    translators = {
        TermKind.GROUP: build_party_translator(cursor, date.max, 'd."group"', ("group",)),
        TermKind.STATE: lambda term, _name: (f"{'' if term.value == 'open' else 'NOT '}{DECISION_IS_OPEN}", None),
        TermKind.AREA: build_area_translator(cursor, PLACE_OF_PARTY.format('d."group"')),
    }
    test, match = read_condition(words, ("decision",), "d.id", FilterNoun.DECISIONS, translators)
    query = f"""SELECT {COLUMNS} WHERE NOT d.deleted AND {test} AND (:group IS NULL OR d."group" = :group)
 ORDER BY substr(d.decided_on, 1, 10) DESC, d.n DESC"""
    return select_rows(cursor, Decision, query, {**match, "group": group})


def list_meeting_markings(cursor: Cursor, decisions: Iterable[Decision]) -> list[Marking]:
    """Return the markings of the meetings of decisions."""
    meetings = json.dumps([row.meeting for row in decisions if row.meeting])
    query = "SELECT DISTINCT marking FROM meetings WHERE ref IN (SELECT value FROM json_each(?))"
    return [Marking(marking) for marking in select_column(cursor, query, (meetings,))]


def read_decision(cursor: Cursor, key: RowKey) -> Decision:
    """Return the decision with this key."""
    return select_one(cursor, Decision, f"SELECT {COLUMNS} WHERE d.id = ?", (key,))


def read_superseding_decisions(cursor: Cursor, key: RowKey) -> set[RowKey]:
    """Return the keys of the decisions that supersede one, directly or through others, itself included."""
    query = """WITH RECURSIVE later(id) AS (VALUES(?) UNION SELECT d.superseded_by FROM decisions d
 JOIN later l ON d.id = l.id WHERE d.superseded_by IS NOT NULL) SELECT id FROM later"""
    return set(select_column(cursor, query, (key,)))


def find_line(cursor: Cursor, key: RowKey) -> RowKey | None:
    """Return the key of the line of minutes that made a decision; None where it was removed."""
    return select_value(
        cursor,
        "SELECT l.id FROM decisions d JOIN minute_lines l ON l.id = d.line WHERE d.id = ? AND NOT l.deleted",
        (key,),
    )


def find_action_link(cursor: Cursor, key: RowKey, action: RowKey) -> RowKey | None:
    """Return the key of the link between a decision and an action; None where there is none."""
    return select_value(
        cursor, "SELECT id FROM decision_actions WHERE decision = ? AND action = ? AND NOT deleted", (key, action)
    )
