"""Builds the WHERE clause and the ordering of action lists, with keyset pagination in both directions."""

from __future__ import annotations

from datetime import date
from typing import Any, NamedTuple

from ahtc_tui.domain.actions.filters import ActionFilter, ActionScope, Ordering, Sort
from ahtc_tui.domain.actions.model import ActionRow, Status
from ahtc_tui.store.actions.state_sql import OF_OBJECTIVE, STATES, URGENCY
from ahtc_tui.store.records.cursor import Cursor
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
        from ahtc_tui.store.actions.filter_terms import add_typed_tests

        source = add_typed_tests(cursor, action_filter.typed, today, tests, parameters)
    return Query(source, " AND ".join(tests), parameters)


def check_typed_terms(cursor: Cursor, action_filter: ActionFilter, today: date) -> None:
    """Raise BadInput if a typed term names a record that does not exist."""
    if action_filter.typed.alternatives:
        from ahtc_tui.store.actions.filter_terms import build_translators
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
