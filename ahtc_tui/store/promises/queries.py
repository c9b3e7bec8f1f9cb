"""Reads promises with what followed from them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any, NamedTuple

from ahtc_tui.domain.dates.date_as_known import DateAsKnown
from ahtc_tui.domain.filters.model import FilterNoun, TermKind
from ahtc_tui.domain.keys import RowKey
from ahtc_tui.domain.promises.model import Promise, PromiseOutcome
from ahtc_tui.store.contacts.filter_terms import build_day_translator
from ahtc_tui.store.records.cursor import KEYS, Cursor, encode_keys
from ahtc_tui.store.records.rows import select_column, select_rows
from ahtc_tui.store.search.filters import Translator, read_condition
from ahtc_tui.store.sql_fragments import CARRIED_OUT, HOLDS, MEETING_TITLE_CY

MADE_ON = "coalesce(r.promised_on, m.day, e.held_on)"
PROMISES = f"""SELECT r.id AS key, r.ref, r.text, r.text_cy, b.name AS "by", b.ref AS by_ref, t.name AS "to",
 t.ref AS to_ref, {MADE_ON} AS "on", m.ref AS meeting, e.ref AS contact, r.due, r.status, r.outcome, r.closed_on,
 r.source, r.note FROM promises r LEFT JOIN named_parties b ON b.id = r.promised_by
 LEFT JOIN named_parties t ON t.id = r.promised_to LEFT JOIN meetings m ON m.id = r.meeting
 LEFT JOIN engagements e ON e.id = r.engagement"""

HELD_THEN = HOLDS.replace(":today", f"coalesce(substr({MADE_ON}, 1, 10), :today)")
PARTY = f"""({{column}} = :{{name}} OR {{column}} IN (SELECT id FROM people WHERE organisation = :{{name}}
 UNION SELECT id FROM posts WHERE organisation = :{{name}}) OR EXISTS (SELECT 1 FROM holdings h
 WHERE ((h.post = :{{name}} AND h.person = {{column}}) OR (h.person = :{{name}} AND h.post = {{column}}))
 AND {HELD_THEN}))"""
"""Whether a party is another one, its post or holder on the day of the promise, or one of its organisation."""

STATES = {
    "open": "r.status = 'open'",
    "closed": "r.status <> 'open'",
    "late": f"r.status = 'open' AND substr(r.due, 1, 10) < :today AND NOT {CARRIED_OUT}",
}

OUTCOMES = f"""SELECT l.promise, 'action' AS kind, a.ref, a.title, a.title_cy, a.status, a.closed_on AS "on", l.n
 FROM promise_links l JOIN actions a ON a.id = l.action AND NOT a.deleted
 WHERE NOT l.deleted AND l.promise IN {KEYS.format(":promises")}
 UNION ALL SELECT l.promise, 'decision', d.ref, d.text, d.text_cy, coalesce(d.status, 'agreed'), d.decided_on, l.n
 FROM promise_links l JOIN decisions d ON d.id = l.decision AND NOT d.deleted
 WHERE NOT l.deleted AND l.promise IN {KEYS.format(":promises")}
 UNION ALL SELECT l.promise, 'paper', p.ref, p.title, coalesce(p.title_cy, {MEETING_TITLE_CY.format("m")}),
 CASE WHEN p.published THEN 'published' ELSE 'not published' END, p.due_on, l.n FROM promise_links l
 JOIN papers p ON p.id = l.paper AND NOT p.deleted JOIN meetings m ON m.id = p.meeting
 WHERE NOT l.deleted AND l.promise IN {KEYS.format(":promises")} ORDER BY 8"""


class OutcomeColumns(NamedTuple):
    """A record that followed from a promise."""

    promise: RowKey
    kind: str
    ref: str
    title: str
    title_cy: str | None
    status: str
    on: DateAsKnown | None
    n: int


class PromiseFilter(NamedTuple):
    """Conditions on promises besides the words of a filter; None is not a condition."""

    to: RowKey | None = None
    by: RowKey | None = None
    first: date | None = None
    last: date | None = None


def read_promises(cursor: Cursor, today: date, words: str, promise_filter: PromiseFilter) -> list[Promise]:
    """Return the promises that match, the latest first."""
    translators: dict[TermKind, Translator] = {
        TermKind.STATE: lambda term, _name: (STATES[term.value], None),
        TermKind.DUE: build_day_translator("r.due"),
        TermKind.RAISED: build_day_translator(MADE_ON),
        TermKind.CLOSED: build_day_translator("r.closed_on", STATES["closed"]),
    }
    test, parameters = read_condition(words, ("promise",), "r.id", FilterNoun.PROMISES, translators, today)
    tests = ["NOT r.deleted", test]
    for name in ("to", "by"):
        if key := getattr(promise_filter, name):
            tests.append(PARTY.format(column=f"r.promised_{name}", name=name))
            parameters[name] = key
    for name, sign in (("first", ">="), ("last", "<=")):
        if day := getattr(promise_filter, name):
            tests.append(f"substr({MADE_ON}, 1, 10) {sign} :{name}")
            parameters[name] = day.isoformat()
    order = f"ORDER BY substr({MADE_ON}, 1, 10) DESC, r.n DESC"
    return _select_promises(cursor, f"{' AND '.join(tests)} {order}", parameters | {"today": today.isoformat()})


def read_promise(cursor: Cursor, key: RowKey) -> Promise:
    """Return the promise with this key."""
    return _select_promises(cursor, "r.id = :key", {"key": key})[0]


def _select_promises(cursor: Cursor, condition: str, parameters: dict[str, Any]) -> list[Promise]:
    promises = select_rows(cursor, Promise, f"{PROMISES} WHERE {condition}", parameters)
    keys = encode_keys(promise.key for promise in promises)
    outcomes: dict[RowKey, list[PromiseOutcome]] = {}
    for row in select_rows(cursor, OutcomeColumns, OUTCOMES, {"promises": keys}):
        outcome = PromiseOutcome(row.kind, row.ref, row.title, row.title_cy, row.status, row.on)
        outcomes.setdefault(row.promise, []).append(outcome)
    return [replace(promise, became=tuple(outcomes.get(promise.key, ()))) for promise in promises]


def list_links(cursor: Cursor, promise: RowKey, column: str, record: RowKey) -> list[RowKey]:
    """Return the keys of the links of a promise with a record."""
    query = f"SELECT id FROM promise_links WHERE promise = ? AND {column} = ? AND NOT deleted"
    return select_column(cursor, query, (promise, record))
