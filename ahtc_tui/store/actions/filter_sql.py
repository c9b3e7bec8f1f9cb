"""Builds the WHERE clause and the ordering of action lists, with keyset pagination in both directions."""

from __future__ import annotations

import json
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

from ahtc_tui.domain.actions.filters import ActionFilter, ActionScope, Sort
from ahtc_tui.domain.actions.model import NEVER_LATE_STATUSES
from ahtc_tui.domain.errors import BadInput
from ahtc_tui.domain.filters.model import Filter, Term, TermKind
from ahtc_tui.domain.i18n import _
from ahtc_tui.store.actions.urgency_sql import BLOCKED, URGENCY
from ahtc_tui.store.contacts import party_lookup
from ahtc_tui.store.contacts.filter_terms import build_party_translator, resolve_name
from ahtc_tui.store.search.entries import DOCUMENTS, KIND_SLOTS
from ahtc_tui.store.search.filters import Translator, build_condition, build_word_query, split_words
from ahtc_tui.store.sql_fragments import IN_FORCE

if TYPE_CHECKING:
    from ahtc_tui.store.records.cursor import Cursor

FEW_HITS = 500
"""Up to this many search hits are read and sorted. With more, the query walks the index of the order instead."""

ORDER = {Sort.DUE: ("a.due_day", "ASC"), Sort.REF: ("a.ref_key", "ASC"), Sort.URGENCY: (f"({URGENCY})", "DESC")}


DAY_TESTS = {
    "due_before": "a.due_day < :due_before",
    "no_update_since": "NOT EXISTS (SELECT 1 FROM updates u WHERE u.action = a.id AND u.said_on >= :no_update_since"
    " AND NOT u.deleted)",
}
"""Condition of each field of a filter that holds a date."""


_NEVER_LATE = ", ".join(f"'{status}'" for status in NEVER_LATE_STATUSES)
STATES = {
    "open": "a.is_open = 1",
    "closed": "a.status IN ('done', 'cancelled')",
    "all": "1",
    "late": f"a.due_day < :today AND a.status NOT IN ({_NEVER_LATE})",
    "continuing": "a.status = 'continuing'",
    "blocked": BLOCKED,
}
"""Condition of each state."""
OF_OBJECTIVE = "a.objective IN (SELECT id FROM objectives WHERE number = :{0} OR ref = :{0})"


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
    tests += [STATES["closed"]] if action_filter.which is ActionScope.CLOSED else []
    tests += [STATES["late"]] if action_filter.late else []
    tests += [STATES["continuing"]] if action_filter.continuing else []
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
        posts = f"SELECT h.post FROM holdings h WHERE h.person = :lead AND {IN_FORCE.format('h')}"
        tests.append(f"(a.lead = :lead OR a.lead IN ({posts}))")
        parameters["lead"] = action_filter.lead
    if action_filter.objective is not None:
        tests.append(OF_OBJECTIVE.format("objective"))
        parameters["objective"] = action_filter.objective
    source = _add_typed_tests(cursor, action_filter.typed, today, tests, parameters)
    return Query(source, " AND ".join(tests), parameters)


def _add_typed_tests(cursor: Cursor, typed: Filter, today: date, tests: list[str], parameters: dict[str, Any]) -> str:
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
        keys = resolve_name(cursor, leads[0].value, tuple(party_lookup.PARTY_DOCS), today)
        return _choose_lead_source(cursor, party_lookup.encode_keys(keys), parameters)
    return "actions a"


def build_translators(cursor: Cursor, today: date) -> dict[TermKind, Translator]:
    """Return the translators of the terms of actions, for a query with `a` and `:today`."""
    return {
        TermKind.LEAD: build_party_translator(cursor, today, "a.lead"),
        TermKind.GROUP: build_party_translator(cursor, today, 'a."group"', ("group",)),
        TermKind.OBJECTIVE: partial(_translate_objective, cursor),
        TermKind.STATUS: lambda term, name: (f"a.status = :{name}", term.value),
        TermKind.BRAG: _translate_brag,
        TermKind.SUPPORT: partial(_translate_support, cursor, today),
        TermKind.STATE: lambda term, _name: (STATES[term.value], None),
        TermKind.DUE: _translate_due,
    }


def _translate_objective(cursor: Cursor, term: Term, name: str) -> tuple[str, Any]:
    if term.is_empty_test:
        return "a.objective IS NULL", None
    number = term.value.rstrip(".")
    rows = cursor.execute("SELECT number, ref FROM objectives WHERE NOT deleted ORDER BY number").fetchall()
    if not any(number in (str(row[0]), row[1]) for row in rows):
        numbers = ", ".join(dict.fromkeys(str(row[0]) for row in rows)) or _("none yet")
        raise BadInput(_('There is no objective "{words}": {known}.').format(words=number, known=numbers))
    return OF_OBJECTIVE.format(name), number


def _translate_brag(term: Term, name: str) -> tuple[str, Any]:
    return ("a.brag IS NULL", None) if term.is_empty_test else (f"a.brag = :{name}", term.value)


def _translate_support(cursor: Cursor, today: date, term: Term, name: str) -> tuple[str, Any]:
    links = "SELECT 1 FROM action_parties l WHERE l.action = a.id AND l.role = 'support' AND NOT l.deleted"
    if term.is_empty_test:
        return f"NOT EXISTS ({links})", None
    keys = resolve_name(cursor, term.value, tuple(party_lookup.PARTY_DOCS), today)
    return f"EXISTS ({links} AND l.party IN {party_lookup.KEYS.format(':' + name)})", party_lookup.encode_keys(keys)


def _translate_due(term: Term, name: str) -> tuple[str, Any]:
    test = f"a.due_day < :{name}" if term.value == "<" else f"a.due_day > :{name} AND a.due_day < '9999'"
    return test, term.day.isoformat() if term.day else None


def _choose_lead_source(cursor: Cursor, leads: str, parameters: dict[str, Any]) -> str:
    """Return the FROM clause for a query by lead: the index on the lead for few actions, else the whole table."""
    lead_rows = f"SELECT n FROM actions WHERE lead IN {party_lookup.KEYS.format(':leads')}"
    hits = cursor.execute(f"SELECT count(*) FROM ({lead_rows} LIMIT {FEW_HITS + 1})", {"leads": leads}).fetchone()[0]
    if hits > FEW_HITS:
        return "actions a"
    parameters["leads"] = leads
    return f"({lead_rows}) hit CROSS JOIN actions a ON a.n = hit.n"


def _add_word_tests(cursor: Cursor, words: tuple[str, ...], tests: list[str], parameters: dict[str, Any]) -> str:
    """Add the condition on words; return the FROM clause: the search hits where they are few, else the table."""
    query = build_word_query(words)
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
