"""Translates the terms of filters that name contacts, groups, areas and objectives to SQL.

Raises BadInput for an unknown name.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from functools import partial
from typing import Any

from ahtc_tui.domain.errors import BadInput, NotFound
from ahtc_tui.domain.filters.model import Term, TermKind
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.keys import RowKey
from ahtc_tui.store.contacts.party_lookup import (
    PARTY_DOCS,
    build_unknown_sentence,
    find_named_keys,
    fold_name,
    list_names,
)
from ahtc_tui.store.records.cursor import KEYS, Cursor, encode_keys
from ahtc_tui.store.search.filters import Translator
from ahtc_tui.store.sql_fragments import GROUP_CHAIR, IN_FORCE

ListReader = Callable[[str], Iterable[RowKey]]
"""Returns the keys of the members of a circulation list. Raises NotFound."""

HELD_TODAY, SEATED_TODAY = IN_FORCE.format("h"), IN_FORCE.format("s")

OF_ORGANISATION = """{column} IN (WITH RECURSIVE part(id) AS (SELECT value FROM {organisations} UNION
 SELECT o.id FROM organisations o JOIN part ON o.parent = part.id)
 SELECT id FROM part UNION SELECT id FROM people WHERE organisation IN part
 UNION SELECT id FROM posts WHERE organisation IN part)"""
"""Whether a party is an organisation, a part of it, or one of their people and posts."""

PARTY_AREA = "coalesce(p.area, g.forum_area)"
"""The area of a contact, or that of a forum area's police force and authorities."""
IN_AREA = """{column} IN (WITH RECURSIVE part(id) AS (SELECT value FROM {areas} UNION
 SELECT a.id FROM areas a JOIN part ON a.parent = part.id) SELECT id FROM part)"""
"""Whether the area in a column is an area or a part of it."""

MEMBERSHIPS = f"""SELECT s.party AS member, s."group" AS body FROM seats s WHERE {SEATED_TODAY} AND s.party IS NOT NULL
 UNION SELECT h.person, s."group" FROM seats s JOIN holdings h ON h.post = s.party WHERE {SEATED_TODAY}
 AND h.person IS NOT NULL AND {HELD_TODAY}
 UNION SELECT h.person, s."group" FROM seats s JOIN occupancies h ON h.seat = s.id WHERE NOT s.deleted AND {HELD_TODAY}
 AND h.person IS NOT NULL UNION SELECT {GROUP_CHAIR.format(group="g")}, g.id FROM groups g WHERE NOT g.deleted"""
"""Members of groups: the parties of seats, holders of their posts, people named for a seat, and chairs."""

LISTED_KEYS = "(SELECT unhex(value) AS value FROM json_each(:{}))"


def resolve_name(cursor: Cursor, name: str, kinds: tuple[str, ...], today: date) -> list[RowKey]:
    """Return the keys of the parties that a filter names. Raises BadInput with a near name where there is none."""
    keys = find_named_keys(cursor, name, kinds, today)
    if keys:
        return keys
    names = list_names(cursor, kinds)
    nouns: dict[tuple[str, ...], str] = {("group",): _("group"), ("organisation",): _("organisation")}
    raise BadInput(build_unknown_sentence(nouns.get(kinds, _("contact or group")), name, names))


def build_party_translator(
    cursor: Cursor, today: date, column: str, kinds: tuple[str, ...] = tuple(PARTY_DOCS)
) -> Translator:
    """Return the translator of a term that names the party in a column."""

    def translate(term: Term, name: str) -> tuple[str, Any]:
        if term.is_empty_test:
            return f"{column} IS NULL", None
        return f"{column} IN {KEYS.format(':' + name)}", encode_keys(resolve_name(cursor, term.value, kinds, today))

    return translate


def build_objective_translator(cursor: Cursor, column: str) -> Translator:
    """Return the translator of a term with the number or reference of the objective in a column."""

    def translate(term: Term, name: str) -> tuple[str, Any]:
        if term.is_empty_test:
            return f"{column} IS NULL", None
        number = term.value.rstrip(".")
        rows = cursor.execute("SELECT number, ref FROM objectives WHERE NOT deleted ORDER BY number").fetchall()
        if not any(number in (str(row[0]), row[1]) for row in rows):
            numbers = ", ".join(dict.fromkeys(str(row[0]) for row in rows)) or _("none yet")
            raise BadInput(_('There is no objective "{words}": {known}.').format(words=number, known=numbers))
        return f"{column} IN (SELECT id FROM objectives WHERE number = :{name} OR ref = :{name})", number

    return translate


def build_contact_translators(cursor: Cursor, today: date, read_list: ListReader | None) -> dict[TermKind, Translator]:
    """Return the translators of the terms of contacts, for a query with `p`, `g` (organisations) and `:today`.

    `read_list` returns the members of the circulation list that a term names; without it such a term is refused.
    """
    return {
        TermKind.KIND: lambda term, name: (f"p.kind = :{name}", term.value),
        TermKind.GROUP: partial(_translate_membership, cursor, today),
        TermKind.ORGANISATION: build_organisation_translator(cursor, today, "p.id"),
        TermKind.AREA: build_area_translator(cursor, PARTY_AREA),
        TermKind.LANGUAGE: _translate_language,
        TermKind.LIST: partial(_translate_list, read_list),
    }


def _translate_membership(cursor: Cursor, today: date, term: Term, name: str) -> tuple[str, Any]:
    if term.is_empty_test:
        return f"p.id NOT IN (SELECT member FROM ({MEMBERSHIPS}) WHERE member IS NOT NULL)", None
    members = f"SELECT member FROM ({MEMBERSHIPS}) WHERE body IN {LISTED_KEYS.format(name)}"
    return f"p.id IN ({members})", encode_keys(resolve_name(cursor, term.value, ("group",), today))


def build_organisation_translator(cursor: Cursor, today: date, column: str) -> Translator:
    """Return the translator of a term that names the organisation of the party in a column."""

    def translate(term: Term, name: str) -> tuple[str, Any]:
        keys = resolve_name(cursor, term.value, ("organisation",), today)
        return OF_ORGANISATION.format(column=column, organisations=LISTED_KEYS.format(name)), encode_keys(keys)

    return translate


def build_area_translator(cursor: Cursor, column: str) -> Translator:
    """Return the translator of a term that names the area in a column, or an area of which it is a part."""

    def translate(term: Term, name: str) -> tuple[str, Any]:
        areas = encode_keys(_find_areas(cursor, term.value))
        return IN_AREA.format(column=column, areas=LISTED_KEYS.format(name)), areas

    return translate


def _translate_language(term: Term, name: str) -> tuple[str, Any]:
    language = "(SELECT language FROM people WHERE id = p.id)"
    if term.is_empty_test:
        return f"p.kind = 'person' AND {language} IS NULL", None
    return f"{language} = :{name}", term.value


def _translate_list(read_list: ListReader | None, term: Term, name: str) -> tuple[str, Any]:
    if read_list is None:
        raise BadInput(_("A circulation list cannot name another one: {name}.").format(name=term.value))
    try:
        members = read_list(term.value.replace("_", " "))
    except NotFound as error:
        raise BadInput(str(error)) from error
    return f"p.id IN {LISTED_KEYS.format(name)}", encode_keys(members)


def _find_areas(cursor: Cursor, typed: str) -> list[RowKey]:
    """Return the keys of the area with this name or reference, else of those whose name begins with it."""
    rows = cursor.execute("SELECT id, ref, name, name_cy FROM areas WHERE NOT deleted").fetchall()
    folded = fold_name(typed)
    names_by_key = {row[0]: [fold_name(name) for name in row[1:] if name] for row in rows}
    keys = [key for key, names in names_by_key.items() if folded in names or "-".join(folded.split()) in names]
    keys = keys or [key for key, names in names_by_key.items() if any(name.startswith(folded) for name in names)]
    if not keys:
        raise BadInput(build_unknown_sentence(_("area"), typed, (row[2] for row in rows)))
    return keys
