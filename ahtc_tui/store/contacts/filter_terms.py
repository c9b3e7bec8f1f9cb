"""Translates the terms of filters that name contacts, groups, areas and objectives to SQL.

Raises BadInput for an unknown name.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from datetime import date
from functools import partial
from typing import Any

from ahtc_tui.domain.contacts.model import OrganisationKind
from ahtc_tui.domain.errors import BadInput, NotFound
from ahtc_tui.domain.filters.model import Term, TermKind
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.keys import RowKey
from ahtc_tui.domain.labelled_enum import list_spellings
from ahtc_tui.domain.meetings.kinds import PRESENT_STATES
from ahtc_tui.domain.text.normalization import normalize_text
from ahtc_tui.domain.text.suggestions import add_choices
from ahtc_tui.store.areas.queries import read_spellings
from ahtc_tui.store.contacts.party_lookup import (
    PARTY_KINDS,
    build_unknown_sentence,
    find_named_keys,
    fold_name,
    list_names,
)
from ahtc_tui.store.records.cursor import KEYS, Cursor, encode_keys
from ahtc_tui.store.records.rows import select_column
from ahtc_tui.store.search.filters import Translator
from ahtc_tui.store.sql_fragments import FILLS, GROUP_CHAIR, HOLDS, SITS

ListReader = Callable[[str], Iterable[RowKey]]
"""Returns the keys of the members of a circulation list. Raises NotFound."""


OF_ORGANISATION = """{column} IN (WITH RECURSIVE part(id) AS (SELECT value FROM {organisations} UNION
 SELECT o.id FROM organisations o JOIN part ON o.parent = part.id)
 SELECT id FROM part UNION SELECT id FROM people WHERE organisation IN part
 UNION SELECT id FROM posts WHERE organisation IN part)"""
"""Whether a party is an organisation, a part of it, or one of their people and posts."""

PARTY_AREA = "coalesce(p.area, g.forum_area)"
"""The area of a contact, or the forum area of a police force or authority."""
PLACE_OF_PARTY = """(SELECT coalesce(y.area, b.forum_area, z.area, c.forum_area) FROM parties y
 LEFT JOIN organisations b ON b.id = y.id LEFT JOIN people e ON e.id = y.id LEFT JOIN posts t ON t.id = y.id
 LEFT JOIN parties z ON z.id = coalesce(e.organisation, t.organisation)
 LEFT JOIN organisations c ON c.id = z.id WHERE y.id = {0})"""
"""The area of a party of any kind, or of its organisation."""
IN_AREA = """{column} IN (WITH RECURSIVE part(id) AS (SELECT value FROM {areas} UNION
 SELECT a.id FROM areas a JOIN part ON a.parent = part.id) SELECT id FROM part)"""
"""Whether the area in a column is an area or a part of it."""

MEMBERSHIPS = f"""SELECT s.party AS member, s."group" AS body FROM seats s WHERE {SITS} AND s.party IS NOT NULL
 UNION SELECT h.person, s."group" FROM seats s JOIN holdings h ON h.post = s.party WHERE {SITS}
 AND h.person IS NOT NULL AND {HOLDS}
 UNION SELECT o.person, s."group" FROM seats s JOIN occupancies o ON o.seat = s.id WHERE {SITS} AND {FILLS}
 AND o.person IS NOT NULL UNION SELECT {GROUP_CHAIR.format(group="g")}, g.id FROM groups g WHERE NOT g.deleted"""
"""Members of groups: the parties of seats, holders of their posts, people named for a seat, and chairs."""

ORGANISATIONS_OF = f"""SELECT id AS party, id AS body FROM organisations UNION ALL SELECT id, organisation FROM people
 UNION ALL SELECT id, organisation FROM posts
 UNION ALL SELECT h.person, t.organisation FROM holdings h JOIN posts t ON t.id = h.post WHERE {HOLDS}"""
"""Each organisation with itself, its people and its posts."""
OF_CLASS = f"""{{column}} IN (SELECT x.party FROM ({ORGANISATIONS_OF}) x JOIN organisations o ON o.id = x.body
 WHERE o.kind IN (SELECT value FROM json_each(:{{name}})))"""
"""Whether a party is an organisation of some kinds, or one of their people and posts."""

PRESENT = ", ".join(f"'{state}'" for state in sorted(PRESENT_STATES))
HELD_ON_DAY, FILLED_ON_DAY = (valid.replace(":today", "t.day") for valid in (HOLDS, FILLS))
ATTENDED = f"""WITH RECURSIVE present(party, deputy_for, body, day) AS (SELECT t.party, t.deputy_for, m."group",
  substr(m.day, 1, 10) FROM attendances t JOIN meetings m ON m.id = t.meeting WHERE NOT t.deleted AND NOT m.deleted
  AND m.state <> 'cancelled' AND t.state IN ({PRESENT}) AND m.day IS NOT NULL AND substr(m.day, 1, 10) {{test}}),
 t(party, body, day) AS (SELECT party, body, day FROM present
  UNION SELECT deputy_for, body, day FROM present JOIN parties y ON y.id = deputy_for AND y.kind <> 'person'),
 seated(party, body, day) AS (SELECT party, body, day FROM t
  UNION SELECT h.post, t.body, t.day FROM t JOIN holdings h ON h.person = t.party AND {HELD_ON_DAY}
  UNION SELECT h.person, t.body, t.day FROM present t JOIN holdings h ON h.post = t.party AND {HELD_ON_DAY}
  UNION SELECT s.party, t.body, t.day FROM t JOIN occupancies o ON o.person = t.party AND {FILLED_ON_DAY}
   JOIN seats s ON s.id = o.seat AND s."group" = t.body JOIN parties y ON y.id = s.party AND y.kind <> 'person'),
 represented(party, body, day) AS (SELECT party, body, day FROM seated
  UNION SELECT coalesce(e.organisation, p.organisation), r.body, r.day FROM represented r
   LEFT JOIN people e ON e.id = r.party LEFT JOIN posts p ON p.id = r.party
   WHERE coalesce(e.organisation, p.organisation) IS NOT NULL
  UNION SELECT o.parent, r.body, r.day FROM represented r JOIN organisations o ON o.id = r.party
   WHERE o.parent IS NOT NULL)
 SELECT party, body FROM represented WHERE party IS NOT NULL"""
"""Who attended meetings on the days of a test, with the group: parties, those for whom a deputy came, their posts and
holders, the seats that they fill, and their organisations."""

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
    cursor: Cursor, today: date, column: str, kinds: tuple[str, ...] = PARTY_KINDS
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
            numbers = dict.fromkeys(str(row[0]) for row in rows)
            raise BadInput(add_choices(_('There is no objective "{words}".').format(words=number), numbers))
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
        TermKind.CLASS: build_class_translator(cursor, "p.id"),
        TermKind.ATTENDED: build_attended_translator("p.id"),
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


def build_area_translator(cursor: Cursor, *columns: str) -> Translator:
    """Return the translator of a term that names the area in one of some columns, or an area of which it is a part."""

    def translate(term: Term, name: str) -> tuple[str, Any]:
        areas = encode_keys(_find_areas(cursor, term.value))
        tests = (IN_AREA.format(column=column, areas=LISTED_KEYS.format(name)) for column in columns)
        return " OR ".join(f"coalesce({test}, 0)" for test in tests), areas

    return translate


def build_class_translator(cursor: Cursor, column: str, words_column: str = "") -> Translator:
    """Return the translator of a term that names the kind of organisation of the party in a column.

    `words_column` holds a class that is named in words, such as "health boards".
    """

    def translate(term: Term, name: str) -> tuple[str, Any]:
        test = OF_CLASS.format(column=column, name=name)
        if words_column:
            test = f"({test}) OR {words_column} IN (SELECT value FROM json_each(:{name}))"
        return test, json.dumps(_find_classes(cursor, term.value))

    return translate


def _find_classes(cursor: Cursor, typed: str) -> list[str]:
    """Return the kinds of organisation, and the classes of seats, with this name, else with a word that begins so."""
    words = select_column(cursor, "SELECT DISTINCT org_class FROM seats WHERE org_class IS NOT NULL AND NOT deleted")
    names_by_class = {kind.value: list_spellings(kind) for kind in OrganisationKind}
    names_by_class |= {text: [*names_by_class.get(text, ()), normalize_text(text)] for text in words}
    folded = normalize_text(typed)
    classes = [text for text, names in names_by_class.items() if folded in names]
    classes = classes or [
        text for text, names in names_by_class.items() if any(f" {folded}" in f" {name}" for name in names)
    ]
    if not classes:
        names = [kind.label for kind in OrganisationKind]
        raise BadInput(build_unknown_sentence(_("kind of organisation"), typed, (*names, *words)))
    return classes


def build_attended_translator(column: str, group: str = "") -> Translator:
    """Return the translator of a term that tests when the party in a column last attended; `group` limits it to one.

    Before a day means: no meeting attended on that day or later.
    """
    of_group = f" WHERE body = {group}" if group else ""

    def translate(term: Term, name: str) -> tuple[str, Any]:
        attended = ATTENDED.format(test=f"{'>' if term.value == '>' else '>='} :{name}")
        parties = f"{column} IN (SELECT party FROM ({attended}){of_group})"
        return parties if term.value == ">" else f"{column} IS NOT NULL AND NOT {parties}", encode_day(term)

    return translate


def build_day_translator(column: str, condition: str = "1") -> Translator:
    """Return the translator of a comparison with the date in a column; a record without a date never matches."""

    def translate(term: Term, name: str) -> tuple[str, Any]:
        day = f"substr({column}, 1, 10)"
        return f"{condition} AND {day} {term.value} :{name} AND {day} < '9999'", encode_day(term)

    return translate


def encode_day(term: Term) -> str | None:
    """Return the day of a comparison as it is stored."""
    return term.day.isoformat() if term.day else None


def _translate_language(term: Term, name: str) -> tuple[str, Any]:
    language = "(SELECT language FROM people WHERE id = p.id)"
    if term.is_empty_test:
        return f"p.kind = 'person' AND {language} IS NULL", None
    return f"{language} = :{name}", term.value


def _translate_list(read_list: ListReader | None, term: Term, name: str) -> tuple[str, Any]:
    if read_list is None:
        raise BadInput(_("A circulation list cannot name another one, {name}.").format(name=term.value))
    try:
        members = read_list(term.value.replace("_", " "))
    except NotFound as error:
        raise BadInput(str(error)) from error
    return f"p.id IN {LISTED_KEYS.format(name)}", encode_keys(members)


def _find_areas(cursor: Cursor, typed: str) -> list[RowKey]:
    """Return the keys of the area with this name or reference, else of those whose name begins with it."""
    rows = read_spellings(cursor)
    folded = fold_name(typed)
    names_by_key: dict[RowKey, list[str]] = {}
    for row in rows:
        names = (fold_name(name) for name in (row.ref, row.name, row.name_cy) if name)
        names_by_key.setdefault(row.key, []).extend(names)
    keys = [key for key, names in names_by_key.items() if folded in names or "-".join(folded.split()) in names]
    keys = keys or [key for key, names in names_by_key.items() if any(name.startswith(folded) for name in names)]
    if not keys:
        raise BadInput(build_unknown_sentence(_("area"), typed, (row.name for row in rows)))
    return keys
