"""Reads whose names a published document may hold, and which telephone numbers and addresses."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from ahtc_tui.domain.keys import NO_KEY, RowKey
from ahtc_tui.store.records.cursor import Cursor
from ahtc_tui.store.records.rows import select_column, select_rows
from ahtc_tui.store.sql_fragments import HOLDS, OTHER_NAMES

PUBLIC = "coalesce(e.lawful_basis, '') LIKE '%public office%'"
"""Whether a person is registered as holder of a public office, so that the name may be published."""

_POST = f"""(SELECT q.{{field}} FROM holdings h JOIN named_parties q ON q.id = h.post WHERE h.person = {{person}}
 AND {HOLDS} ORDER BY h.from_on DESC LIMIT 1)"""
POST_OF, WELSH_POST_OF = (_POST.format(field=field, person="{person}") for field in ("name", "name_cy"))
"""Name of the post of a person on `:today`."""


class RegisteredPerson(NamedTuple):
    """A name of a person in the register, and what the person may be called instead."""

    name: str
    is_public: bool
    post: str | None
    """Name of the post, else the role."""
    organisation: str | None
    key: RowKey = NO_KEY


class PublicDetails(NamedTuple):
    """Names, telephone numbers and addresses that are not of a person."""

    terms: frozenset[str]
    numbers: frozenset[str]
    addresses: frozenset[str]


def read_registered_people(cursor: Cursor, day: date) -> list[RegisteredPerson]:
    """Return every name of every person, former and other names included, without erased people."""
    query = f"""WITH names(person, name) AS (SELECT id, name FROM parties UNION SELECT party, name FROM {OTHER_NAMES})
 SELECT n.name, {PUBLIC} AS is_public, coalesce({POST_OF.format(person="p.id")}, e.role) AS post,
 o.name AS organisation, e.id AS key FROM people e JOIN parties p ON p.id = e.id JOIN names n ON n.person = p.id
 LEFT JOIN parties o ON o.id = e.organisation WHERE NOT EXISTS (SELECT 1 FROM erasure x WHERE x.row_id = p.id)"""
    return select_rows(cursor, RegisteredPerson, query, {"today": day.isoformat()})


def read_public_details(cursor: Cursor) -> PublicDetails:
    """Return the names of posts, bodies and places, and the numbers and addresses of bodies."""
    body = "kind IN ('organisation', 'group') AND NOT deleted"
    details = f"""SELECT {{column}} FROM parties WHERE {body} UNION SELECT l.{{column}} FROM contact_points l
 WHERE NOT l.deleted AND l.party IN (SELECT id FROM parties WHERE {body})"""
    terms = f"""SELECT name FROM parties WHERE kind <> 'person' UNION SELECT name_cy FROM parties WHERE kind <> 'person'
 UNION SELECT short FROM parties WHERE kind <> 'person' UNION SELECT name FROM areas UNION SELECT name_cy FROM areas
 UNION SELECT name FROM area_names UNION SELECT name_cy FROM area_names
 UNION SELECT a.name FROM {OTHER_NAMES} a JOIN parties p ON p.id = a.party WHERE p.kind <> 'person'
 UNION SELECT role FROM people"""
    return PublicDetails(
        frozenset(filter(None, select_column(cursor, terms))),
        *(
            frozenset(filter(None, select_column(cursor, details.format(column=column))))
            for column in ("phone", "email")
        ),
    )
