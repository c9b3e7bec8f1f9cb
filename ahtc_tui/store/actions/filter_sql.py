"""Builds the WHERE clause, with the terms of a typed filter, and the ordering of action lists.

Pages follow each other by the key of their last row, in both directions.
"""

from __future__ import annotations

import json
from datetime import date
from functools import partial
from typing import Any, NamedTuple

from ahtc_tui.domain.actions.filters import ActionFilter, ActionScope, Ordering, Sort
from ahtc_tui.domain.actions.model import ActionRow, Status
from ahtc_tui.domain.filters.model import Filter, Term, TermKind
from ahtc_tui.store.actions.rating_history import find_worse
from ahtc_tui.store.actions.state_sql import OF_OBJECTIVE, STATES, URGENCY
from ahtc_tui.store.contacts.filter_terms import (
    IN_AREA,
    LISTED_KEYS,
    PLACE_OF_PARTY,
    build_area_translator,
    build_class_translator,
    build_day_translator,
    build_objective_translator,
    build_party_translator,
    encode_day,
    resolve_name,
)
from ahtc_tui.store.contacts.party_lookup import PARTY_KINDS
from ahtc_tui.store.records.cursor import KEYS, Cursor, encode_keys
from ahtc_tui.store.search.entries import DOCUMENTS, KIND_SLOTS
from ahtc_tui.store.search.filters import Translator, build_condition, build_word_query, split_words
from ahtc_tui.store.sql_fragments import HOLDS, SHOWN_TITLE, build_sort_keys

ORDER = {Sort.DUE: ("a.due_day", "ASC"), Sort.REF: ("a.ref_key", "ASC"), Sort.URGENCY: (f"({URGENCY})", "DESC")}

PLACES = {
    "brag": "nullif(instr('RAGB', coalesce(a.brag, '')), 0)",
    "ref": "a.ref_key",
    "title": f"sort_key({SHOWN_TITLE.format('a')})",
    "lead": "(SELECT sort_key(coalesce(p.short, p.name)) FROM named_parties p WHERE p.id = a.lead)",
    "due": "substr(a.due, 1, 10)",
    "status": f"instr(',{','.join(Status)},', ',' || a.status || ',')",
    "objective": "(SELECT o.number FROM objectives o WHERE o.id = a.objective)",
    "support": "(SELECT min(sort_key(p.name)) FROM action_parties l JOIN named_parties p ON p.id = l.party"
    " WHERE l.action = a.id AND l.role = 'support' AND NOT l.deleted)",
    "review": "substr(a.review_on, 1, 10)",
    "update": "(SELECT max(u.said_on) FROM updates u WHERE u.action = a.id AND NOT u.deleted)",
    "urgency": f"({URGENCY})",
    "priority": "nullif(instr('high,medium,low', coalesce(a.priority, '-')), 0)",
    "confidence": "nullif(instr('high,medium,low', coalesce(a.confidence, '-')), 0)",
    "meeting": "(SELECT m.ref FROM meetings m WHERE m.id = a.meeting)",
    "raised": "substr(a.raised_on, 1, 10)",
    "closed": "substr(a.closed_on, 1, 10)",
    "marking": "a.marking",
    **build_sort_keys(ActionRow, "a"),
}
"""SQL by which each column of a list is sorted."""
FIRST_PLACE, LAST_PLACE = "-9e999", "x'ff'"
"""Values before and after all others, of any type."""

DAY_TESTS = {
    "due_before": "a.due_day < :due_before",
    "no_update_since": "NOT EXISTS (SELECT 1 FROM updates u WHERE u.action = a.id AND u.said_on >= :no_update_since"
    " AND NOT u.deleted)",
}
"""Condition of each field of a filter that holds a date."""


def find_order(order: Ordering) -> tuple[str, str]:
    """Return the SQL expression and the direction of an order."""
    if isinstance(order, Sort):
        return ORDER[order]
    # A comparison with NULL is never true, so that a page after an empty value would have no rows.
    empty = FIRST_PLACE if order.descending else LAST_PLACE
    return f"coalesce({PLACES[order.column]}, {empty})", "DESC" if order.descending else "ASC"


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
    states = {
        "closed": action_filter.which is ActionScope.CLOSED,
        "late": action_filter.late,
        "continuing": action_filter.continuing,
    }
    tests += [STATES[name] for name, is_limited in states.items() if is_limited]
    for name, test in DAY_TESTS.items():
        if day := getattr(action_filter, name):
            tests.append(test)
            parameters[name] = day.isoformat()
    for name in ("meeting", "group", "ref"):
        value = getattr(action_filter, name)
        if value is not None:
            tests.append(f'a."{name}" = :{name}')
            parameters[name] = value
    if action_filter.lead is not None:
        posts = f"SELECT h.post FROM holdings h WHERE h.person = :lead AND {HOLDS}"
        tests.append(f"(a.lead = :lead OR a.lead IN ({posts}))")
        parameters["lead"] = action_filter.lead
    if action_filter.objective is not None:
        tests.append(OF_OBJECTIVE.format("objective"))
        parameters["objective"] = action_filter.objective
    source = "actions a"
    if action_filter.typed.alternatives:
        source = add_typed_tests(cursor, action_filter.typed, today, tests, parameters)
    return Query(source, " AND ".join(tests), parameters)


def check_typed_terms(cursor: Cursor, action_filter: ActionFilter, today: date) -> None:
    """Raise BadInput if a typed term names a record that does not exist."""
    if action_filter.typed.alternatives:
        from ahtc_tui.store.search.filters import build_condition

        build_condition(action_filter.typed, ("action",), "a.id", build_translators(cursor, today))


def build_page_sql(query: Query, sort: Ordering, page: Page) -> str:
    """Return SQL for the numbers and sort keys of one page, in reverse order for a page that is read backwards."""
    column, direction = find_order(sort)
    backwards = page.before is not None or page.from_end
    tests = [query.where]
    edge = page.before if page.before is not None else page.after
    if edge is not None:
        sign = ">" if (direction == "ASC") != backwards else "<"
        tie_sign = "<" if backwards else ">"
        # A position and not an offset: rows that are added or removed meanwhile neither repeat nor hide others.
        tests.append(f"({column} {sign} :edge OR ({column} = :edge AND a.n {tie_sign} :edge_n))")
        # The same limit again without OR, which lets SQLite use the index of the column.
        if direction == "ASC":
            tests.append(f"{column} {sign}= :edge")
        query.parameters.update(edge=edge[0], edge_n=edge[1])
    if backwards:
        direction = "DESC" if direction == "ASC" else "ASC"
    limit = f" LIMIT {page.limit} OFFSET {page.offset}" if page.limit is not None else ""
    return (
        f"SELECT {column} AS place, a.n AS n FROM {query.source} WHERE {' AND '.join(tests)}"
        f" ORDER BY {column} {direction}, a.n {'DESC' if backwards else 'ASC'}{limit}"
    )


FEW_HITS = 500
"""Up to this many search hits are read and sorted. With more, the query walks the index of the order instead."""


def add_typed_tests(cursor: Cursor, typed: Filter, today: date, tests: list[str], parameters: dict[str, Any]) -> str:
    """Add the conditions of typed terms; return the FROM clause: search hits or leads where they are few, or the table.

    Raises BadInput for the name of a record that does not exist.
    """
    words: tuple[str, ...] = ()
    if len(typed.alternatives) == 1:
        words, other_terms = split_words(typed.alternatives[0])
        typed = Filter((other_terms,) if other_terms else ())
    test, values = build_condition(typed, ("action",), "a.id", build_translators(cursor, today))
    tests.append(test)
    parameters |= values
    if words:
        return _add_word_tests(cursor, words, tests, parameters)
    leads = [term for terms in typed.alternatives for term in terms if term.kind is TermKind.LEAD]
    if len(typed.alternatives) == 1 and leads and not (leads[0].negated or leads[0].is_empty_test):
        keys = resolve_name(cursor, leads[0].value, PARTY_KINDS, today)
        return _choose_lead_source(cursor, encode_keys(keys), parameters)
    return "actions a"


def build_translators(cursor: Cursor, today: date) -> dict[TermKind, Translator]:
    """Return the translators of the terms of actions, for a query with `a` and `:today`."""
    return {
        TermKind.LEAD: build_party_translator(cursor, today, "a.lead"),
        TermKind.GROUP: build_party_translator(cursor, today, 'a."group"', ("group",)),
        TermKind.OBJECTIVE: build_objective_translator(cursor, "a.objective"),
        TermKind.STATUS: lambda term, name: (f"a.status = :{name}", term.value),
        TermKind.BRAG: _translate_brag,
        TermKind.SUPPORT: partial(_translate_support, cursor, today),
        TermKind.STATE: lambda term, _name: (STATES[term.value], None),
        TermKind.DUE: build_day_translator("a.due"),
        TermKind.RAISED: build_day_translator("a.raised_on"),
        TermKind.CLOSED: build_day_translator("a.closed_on", STATES["closed"]),
        TermKind.UPDATED: _translate_updated,
        TermKind.WORSE: partial(_translate_worse, cursor, today),
        TermKind.SLIPS: _translate_slips,
        TermKind.AREA: partial(_translate_area, cursor),
        TermKind.CLASS: build_class_translator(cursor, "a.lead"),
    }


def _translate_brag(term: Term, name: str) -> tuple[str, Any]:
    return ("a.brag IS NULL", None) if term.is_empty_test else (f"a.brag = :{name}", term.value)


def _translate_support(cursor: Cursor, today: date, term: Term, name: str) -> tuple[str, Any]:
    links = "SELECT 1 FROM action_parties l WHERE l.action = a.id AND l.role = 'support' AND NOT l.deleted"
    if term.is_empty_test:
        return f"NOT EXISTS ({links})", None
    keys = resolve_name(cursor, term.value, PARTY_KINDS, today)
    return f"EXISTS ({links} AND l.party IN {KEYS.format(':' + name)})", encode_keys(keys)


def _translate_area(cursor: Cursor, term: Term, name: str) -> tuple[str, Any]:
    """Test the places of the action, and the area of its lead and of its group."""
    parties = (PLACE_OF_PARTY.format(column) for column in ("a.lead", 'a."group"'))
    test, areas = build_area_translator(cursor, *parties)(term, name)
    place = IN_AREA.format(column="l.area", areas=LISTED_KEYS.format(name))
    return f"{test} OR a.id IN (SELECT l.action FROM action_areas l WHERE NOT l.deleted AND {place})", areas


def _translate_updated(term: Term, name: str) -> tuple[str, Any]:
    sign = ">" if term.value == ">" else ">="
    updates = f"EXISTS (SELECT 1 FROM updates u WHERE u.action = a.id AND u.said_on {sign} :{name} AND NOT u.deleted)"
    return updates if term.value == ">" else f"NOT {updates}", encode_day(term)


def _translate_worse(cursor: Cursor, today: date, term: Term, name: str) -> tuple[str, Any]:
    return f"a.id IN {KEYS.format(':' + name)}", encode_keys(find_worse(cursor, term.day or today, today))


def _translate_slips(term: Term, name: str) -> tuple[str, Any]:
    """Compare the number of slips, from a day on if one is given; both are one parameter."""
    slips = f"""SELECT count(*) FROM slips s WHERE s.action = a.id AND NOT s.deleted
 AND s.slipped_on >= json_extract(:{name}, '$[1]')"""
    return f"({slips}) {term.value} json_extract(:{name}, '$[0]')", json.dumps((term.number, encode_day(term) or ""))


def _choose_lead_source(cursor: Cursor, leads: str, parameters: dict[str, Any]) -> str:
    """Return the FROM clause for a query by lead: the index on the lead for few actions, else the whole table."""
    lead_rows = f"SELECT n FROM actions WHERE lead IN {KEYS.format(':leads')}"
    hits = cursor.execute(f"SELECT count(*) FROM ({lead_rows} LIMIT {FEW_HITS + 1})", {"leads": leads}).fetchone()[0]
    if hits > FEW_HITS:
        return "actions a"
    parameters["leads"] = leads
    return f"({lead_rows}) hit CROSS JOIN actions a ON a.n = hit.n"


def _add_word_tests(cursor: Cursor, words: tuple[str, ...], tests: list[str], parameters: dict[str, Any]) -> str:
    """Add the condition on words; return the FROM clause: the search hits where they are few, else the table."""
    query = build_word_query(words)
    code = DOCUMENTS["action"].code
    is_letter = len("".join(words)) == 1  # the index has longer beginnings only: FTS5 merges all words at each query
    first_hits = f"SELECT rowid FROM search WHERE search MATCH ? LIMIT {FEW_HITS + 1}"
    if not is_letter and len(hits := cursor.execute(first_hits, (query,)).fetchall()) <= FEW_HITS:
        parameters["hits"] = json.dumps([rowid // KIND_SLOTS for (rowid,) in hits if rowid % KIND_SLOTS == code])
        return "(SELECT value AS n FROM json_each(:hits)) hit CROSS JOIN actions a ON a.n = hit.n"
    parameters["match"] = query
    tests.append(
        f"a.n IN (SELECT rowid / {KIND_SLOTS} FROM search WHERE search MATCH :match AND rowid % {KIND_SLOTS} = {code})"
    )
    return "actions a"
