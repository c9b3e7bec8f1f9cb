"""Which actions a filter asks for and in which order, as SQL. Keyset pages both ways: never a deep OFFSET."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from ahtc_tui.domain.actions.filters import ActionFilter, Sort, Which
from ahtc_tui.domain.actions.model import NEVER_LATE
from ahtc_tui.store.actions.urgency_sql import URGENCY
from ahtc_tui.store.contacts import party_lookup
from ahtc_tui.store.search.entries import DOCS, KINDS
from ahtc_tui.store.search.index import match_words
from ahtc_tui.store.sql_fragments import IN_FORCE

if TYPE_CHECKING:
    from ahtc_tui.store.records.cursor import Cursor

FEW = 500
"""Up to this many hits of a search are fetched and sorted: each may lie on a page of its own of the file.
With more, the order is walked along its index and each row is tested."""

ORDER = {
    Sort.DUE: ("a.due_day", "ASC"),
    Sort.REF: ("a.ref_key", "ASC"),
    Sort.URGENCY: (f"({URGENCY})", "DESC"),
}


DAYS = {
    "due_before": "a.due_day < :due_before",
    "due_after": "a.due_day > :due_after AND a.due_day < '9999'",
    "no_update_since": "NOT EXISTS (SELECT 1 FROM updates u WHERE u.action = a.id AND u.said_on >= :no_update_since"
    " AND NOT u.deleted)",
}
"""The condition of each field of a filter that is a day."""


class Page(NamedTuple):
    """A stretch of the list: behind or before a place in it, or from its end."""

    limit: int | None = None
    after: tuple[Any, int] | None = None
    before: tuple[Any, int] | None = None
    from_end: bool = False
    offset: int = 0


class Query(NamedTuple):
    """A WHERE clause with its parameters, and the table that drives it."""

    source: str
    where: str
    parameters: dict[str, Any]


def where(cursor: Cursor, asked: ActionFilter, today: date) -> Query:
    """The condition that a filter asks for."""
    tests: list[str] = ["a.is_open = 1"] if asked.which is Which.OPEN else ["a.deleted = 0"]
    parameters: dict[str, Any] = {"today": today.isoformat()}
    if asked.which is Which.CLOSED:
        tests.append("a.status IN ('done', 'cancelled')")
    if asked.late:
        never = ", ".join(f"'{status}'" for status in NEVER_LATE)
        tests.append(f"a.due_day < :today AND a.status NOT IN ({never})")
    if asked.continuing:
        tests.append("a.status = 'continuing'")
    for name, test in DAYS.items():
        if day := getattr(asked, name):
            tests.append(test)
            parameters[name] = day.isoformat()
    for name in ("status", "brag", "meeting", "group", "ref"):
        value = getattr(asked, name)
        if value is not None:
            tests.append(f'a."{name}" = :{name}')
            parameters[name] = value
    tests += [f'a."{name}" IS NULL' for name in sorted(asked.without)]
    if asked.objective is not None:
        tests.append("a.objective IN (SELECT id FROM objectives WHERE number = :objective OR ref = :objective)")
        parameters["objective"] = asked.objective
    tests += _people_tests(cursor, asked, parameters)
    source = _word_tests(cursor, asked.words, tests, parameters)
    if source == "actions a" and "leads" in parameters:
        source = _led(cursor, parameters["leads"])
    return Query(source, " AND ".join(tests), parameters)


def _people_tests(cursor: Cursor, asked: ActionFilter, parameters: dict[str, Any]) -> list[str]:
    """Conditions on lead and group, by key or by the beginning of words. One letter of a name asks nothing yet."""
    tests = []
    if asked.lead is not None:
        posts = f"SELECT h.post FROM holdings h WHERE h.person = :lead AND {IN_FORCE.format('h')}"
        tests.append(f"(a.lead = :lead OR a.lead IN ({posts}))")
        parameters["lead"] = asked.lead
    for name, column, words, kinds in (
        ("leads", "a.lead", asked.lead_words, tuple(party_lookup.PARTY_DOCS)),
        ("groups", 'a."group"', asked.group_words, ("group",)),
    ):
        keys = party_lookup.named(cursor, words, kinds, date.fromisoformat(parameters["today"])) if words else []
        if keys or match_words(words):
            parameters[name] = party_lookup.listed(keys)
            tests.append(f"{column} IN {party_lookup.KEYS.format(f':{name}')}")
    return tests


def _led(cursor: Cursor, leads: str) -> str:
    """What drives a query by lead: the index on it where few are led, else the order."""
    led = f"SELECT n FROM actions WHERE lead IN {party_lookup.KEYS.format(':leads')}"
    few = cursor.execute(f"SELECT count(*) FROM ({led} LIMIT {FEW + 1})", {"leads": leads}).fetchone()[0]
    return f"({led}) hit CROSS JOIN actions a ON a.n = hit.n" if few <= FEW else "actions a"


def _word_tests(cursor: Cursor, words: str, tests: list[str], parameters: dict[str, Any]) -> str:
    """Add the condition on words, and say what drives the query: the hits where they are few, else the order."""
    query = match_words(words)
    if query is None:
        return "actions a"
    code = DOCS["action"].code
    found = cursor.execute(f"SELECT rowid FROM search WHERE search MATCH ? LIMIT {FEW + 1}", (query,)).fetchall()
    if len(found) <= FEW:
        parameters["hits"] = json.dumps([row // KINDS for (row,) in found if row % KINDS == code])
        return "(SELECT value AS n FROM json_each(:hits)) hit CROSS JOIN actions a ON a.n = hit.n"
    parameters["match"] = query
    tests.append(f"a.n IN (SELECT rowid / {KINDS} FROM search WHERE search MATCH :match AND rowid % {KINDS} = {code})")
    return "actions a"


def page_sql(query: Query, sort: Sort, page: Page) -> str:
    """The numbers and sort keys of the actions of a page, in the order of the list (turned when read backwards)."""
    column, direction = ORDER[sort]
    backwards = page.before is not None or page.from_end
    tests = [query.where]
    edge = page.before if page.before is not None else page.after
    if edge is not None:
        sign = ">" if (direction == "ASC") != backwards else "<"
        onwards = "<" if backwards else ">"
        tests.append(f"({column} {sign} :edge OR ({column} = :edge AND a.n {onwards} :edge_n))")
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
