"""Translates the typed terms of a filter of actions to SQL. Imported only for a filter that has any."""

from __future__ import annotations

import json
from datetime import date
from functools import partial
from typing import Any

from ahtc_tui.domain.filters.model import Filter, Term, TermKind
from ahtc_tui.store.actions.rating_history import find_worse
from ahtc_tui.store.actions.state_sql import STATES
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
    """Test for an update after a day, or for none since; an action raised since the day has not waited for one."""
    sign = ">" if term.value == ">" else ">="
    updates = f"EXISTS (SELECT 1 FROM updates u WHERE u.action = a.id AND u.said_on {sign} :{name} AND NOT u.deleted)"
    raised = f"coalesce(a.raised_on, '') >= :{name}"
    return updates if term.value == ">" else f"(NOT {updates} AND NOT {raised})", encode_day(term)


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
