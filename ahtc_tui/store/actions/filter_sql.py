"""Builds the WHERE clause and the ordering of action lists, with keyset pagination in both directions."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from ahtc_tui.domain.actions.filters import ActionFilter, ActionScope, Sort
from ahtc_tui.domain.actions.model import NEVER_LATE_STATUSES
from ahtc_tui.store.actions.urgency_sql import URGENCY
from ahtc_tui.store.contacts import party_lookup
from ahtc_tui.store.search.entries import DOCUMENTS, KIND_SLOTS
from ahtc_tui.store.search.index import build_match_query
from ahtc_tui.store.sql_fragments import IN_FORCE

if TYPE_CHECKING:
    from ahtc_tui.store.records.cursor import Cursor

FEW_HITS = 500
"""Up to this many search hits are read and sorted. With more, the query walks the index of the order instead."""

ORDER = {Sort.DUE: ("a.due_day", "ASC"), Sort.REF: ("a.ref_key", "ASC"), Sort.URGENCY: (f"({URGENCY})", "DESC")}


DAY_TESTS = {
    "due_before": "a.due_day < :due_before",
    "due_after": "a.due_day > :due_after AND a.due_day < '9999'",
    "no_update_since": "NOT EXISTS (SELECT 1 FROM updates u WHERE u.action = a.id AND u.said_on >= :no_update_since"
    " AND NOT u.deleted)",
}
"""Condition of each field of a filter that holds a date."""


class Page(NamedTuple):
    """Part of a list: the rows after or before a position, or the last ones."""

    limit: int | None = None
    after: tuple[Any, int] | None = None
    before: tuple[Any, int] | None = None
    from_end: bool = False
    offset: int = 0


class Query(NamedTuple):
    """WHERE clause with its parameters, and the FROM clause that drives it."""

    source: str
    where: str
    parameters: dict[str, Any]


def build_query(cursor: Cursor, action_filter: ActionFilter, today: date) -> Query:
    """Return the conditions of a filter."""
    tests: list[str] = ["a.is_open = 1"] if action_filter.which is ActionScope.OPEN else ["a.deleted = 0"]
    parameters: dict[str, Any] = {"today": today.isoformat()}
    if action_filter.which is ActionScope.CLOSED:
        tests.append("a.status IN ('done', 'cancelled')")
    if action_filter.late:
        never = ", ".join(f"'{status}'" for status in NEVER_LATE_STATUSES)
        tests.append(f"a.due_day < :today AND a.status NOT IN ({never})")
    if action_filter.continuing:
        tests.append("a.status = 'continuing'")
    for name, test in DAY_TESTS.items():
        if day := getattr(action_filter, name):
            tests.append(test)
            parameters[name] = day.isoformat()
    for name in ("status", "brag", "meeting", "group", "ref"):
        value = getattr(action_filter, name)
        if value is not None:
            tests.append(f'a."{name}" = :{name}')
            parameters[name] = value
    tests += [f'a."{name}" IS NULL' for name in sorted(action_filter.without)]
    if action_filter.objective is not None:
        tests.append("a.objective IN (SELECT id FROM objectives WHERE number = :objective OR ref = :objective)")
        parameters["objective"] = action_filter.objective
    tests += _build_people_tests(cursor, action_filter, parameters)
    source = _add_word_tests(cursor, action_filter.words, tests, parameters)
    if source == "actions a" and "leads" in parameters:
        source = _choose_lead_source(cursor, parameters["leads"])
    return Query(source, " AND ".join(tests), parameters)


def _build_people_tests(cursor: Cursor, action_filter: ActionFilter, parameters: dict[str, Any]) -> list[str]:
    """Return the conditions on lead and group, by key or by prefix of words; adds their parameters.

    A single letter of a name is not a condition.
    """
    tests = []
    if action_filter.lead is not None:
        posts = f"SELECT h.post FROM holdings h WHERE h.person = :lead AND {IN_FORCE.format('h')}"
        tests.append(f"(a.lead = :lead OR a.lead IN ({posts}))")
        parameters["lead"] = action_filter.lead
    today = date.fromisoformat(parameters["today"])
    for name, column, words, kinds in (
        ("leads", "a.lead", action_filter.lead_words, tuple(party_lookup.PARTY_DOCS)),
        ("groups", 'a."group"', action_filter.group_words, ("group",)),
    ):
        keys = party_lookup.find_named_keys(cursor, words, kinds, today) if words else []
        if keys or build_match_query(words):
            parameters[name] = party_lookup.encode_keys(keys)
            tests.append(f"{column} IN {party_lookup.KEYS.format(f':{name}')}")
    return tests


def _choose_lead_source(cursor: Cursor, leads: str) -> str:
    """Return the FROM clause for a query by lead: the index on the lead for few actions, else the whole table."""
    lead_rows = f"SELECT n FROM actions WHERE lead IN {party_lookup.KEYS.format(':leads')}"
    hits = cursor.execute(f"SELECT count(*) FROM ({lead_rows} LIMIT {FEW_HITS + 1})", {"leads": leads}).fetchone()[0]
    return f"({lead_rows}) hit CROSS JOIN actions a ON a.n = hit.n" if hits <= FEW_HITS else "actions a"


def _add_word_tests(cursor: Cursor, words: str, tests: list[str], parameters: dict[str, Any]) -> str:
    """Add the condition on words; return the FROM clause: the search hits where they are few, else the table."""
    query = build_match_query(words)
    if query is None:
        return "actions a"
    code = DOCUMENTS["action"].code
    hits = cursor.execute(f"SELECT rowid FROM search WHERE search MATCH ? LIMIT {FEW_HITS + 1}", (query,)).fetchall()
    if len(hits) <= FEW_HITS:
        parameters["hits"] = json.dumps([rowid // KIND_SLOTS for (rowid,) in hits if rowid % KIND_SLOTS == code])
        return "(SELECT value AS n FROM json_each(:hits)) hit CROSS JOIN actions a ON a.n = hit.n"
    parameters["match"] = query
    tests.append(
        f"a.n IN (SELECT rowid / {KIND_SLOTS} FROM search WHERE search MATCH :match AND rowid % {KIND_SLOTS} = {code})"
    )
    return "actions a"


def build_page_sql(query: Query, sort: Sort, page: Page) -> str:
    """Return SQL for the numbers and sort keys of one page, in reverse order for a page that is read backwards."""
    column, direction = ORDER[sort]
    backwards = page.before is not None or page.from_end
    tests = [query.where]
    edge = page.before if page.before is not None else page.after
    if edge is not None:
        sign = ">" if (direction == "ASC") != backwards else "<"
        tie_sign = "<" if backwards else ">"
        tests.append(f"({column} {sign} :edge OR ({column} = :edge AND a.n {tie_sign} :edge_n))")
        if direction == "ASC":
            tests.append(f"{column} {sign}= :edge")
        query.parameters.update(edge=edge[0], edge_n=edge[1])
    if backwards:
        direction = "DESC" if direction == "ASC" else "ASC"
    limit = f" LIMIT {page.limit} OFFSET {page.offset}" if page.limit is not None else ""
    return (
        f"SELECT a.n AS n, {column} AS place FROM {query.source} WHERE {' AND '.join(tests)}"
        f" ORDER BY {column} {direction}, a.n {'DESC' if backwards else 'ASC'}{limit}"
    )
