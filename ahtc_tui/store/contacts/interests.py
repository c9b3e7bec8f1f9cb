"""Reads the register of interests, and who at a meeting has a link to an organisation."""

from __future__ import annotations

from collections.abc import Sequence

from ahtc_tui.domain.contacts.interests import InterestRow, ItemInterest, find_named, list_words, share_word
from ahtc_tui.domain.keys import RowKey
from ahtc_tui.store.records.cursor import KEYS, Cursor, encode_keys
from ahtc_tui.store.records.rows import select_groups, select_rows
from ahtc_tui.store.search.index import drop_common_words
from ahtc_tui.store.sql_fragments import FILLS, HOLDS, IN_FORCE, OTHER_NAMES, SITS

INTERESTS = """SELECT i.id AS key, i.ref, p.name, p.ref AS name_ref, o.name AS organisation, o.ref AS organisation_ref,
 i.text, i.declared_on, i.from_on, i.to_on, i.note FROM interests i JOIN named_parties p ON p.id = i.party
 LEFT JOIN named_parties o ON o.id = i.organisation WHERE NOT i.deleted"""

NAMES = f"""SELECT id AS key, name AS value FROM parties WHERE kind = 'organisation' AND NOT deleted
 UNION ALL SELECT id, name_cy FROM parties WHERE kind = 'organisation' AND NOT deleted AND name_cy IS NOT NULL
 UNION ALL SELECT id, short FROM parties WHERE kind = 'organisation' AND NOT deleted AND short IS NOT NULL
 UNION ALL SELECT p.id, l.name FROM {OTHER_NAMES} l JOIN parties p ON p.id = l.party AND p.kind = 'organisation'
 WHERE NOT p.deleted"""

AT_THE_TABLE = f"""WITH seated(party) AS (SELECT s.party FROM seats s JOIN meetings m ON m."group" = s."group"
 WHERE m.id = :meeting AND s.party IS NOT NULL AND {SITS}
 UNION SELECT o.person FROM occupancies o JOIN seats s ON s.id = o.seat JOIN meetings m ON m."group" = s."group"
 WHERE m.id = :meeting AND o.person IS NOT NULL AND {SITS} AND {FILLS}
 UNION SELECT t.party FROM attendances t WHERE t.meeting = :meeting AND NOT t.deleted AND t.party IS NOT NULL
 AND t.state NOT IN ('apologies', 'absent')
 UNION SELECT v.party FROM invitations v WHERE v.meeting = :meeting AND NOT v.deleted AND v.party IS NOT NULL),
 person(party) AS (SELECT party FROM seated UNION SELECT h.person FROM holdings h JOIN seated ON seated.party = h.post
 WHERE h.person IS NOT NULL AND {HOLDS}),
 link(party, organisation, interest, place) AS (SELECT i.party, i.organisation, i.text, 1 FROM interests i
 JOIN person ON person.party = i.party WHERE {IN_FORCE.format("i")}
 UNION SELECT t.id, t.organisation, NULL, 2 FROM posts t JOIN seated ON seated.party = t.id
 UNION SELECT q.id, q.organisation, NULL, 2 FROM people q JOIN seated ON seated.party = q.id
 UNION SELECT o.id, o.id, NULL, 2 FROM organisations o JOIN seated ON seated.party = o.id)"""

LINKS = f"""{AT_THE_TABLE} SELECT o.name AS organisation, o.ref AS organisation_ref, p.name, p.ref AS name_ref,
 l.interest FROM link l JOIN named_parties p ON p.id = l.party JOIN named_parties o ON o.id = l.organisation
 WHERE l.organisation IN {KEYS.format(":keys")} AND NOT p.deleted
 ORDER BY l.place, sort_key(o.name), sort_key(p.name), p.n"""

OWN_WORDS = f"""{AT_THE_TABLE} SELECT NULL AS organisation, NULL AS organisation_ref, p.name, p.ref AS name_ref,
 i.text AS interest FROM interests i JOIN person ON person.party = i.party JOIN named_parties p ON p.id = i.party
 WHERE i.organisation IS NULL AND {IN_FORCE.format("i")} AND NOT p.deleted ORDER BY sort_key(p.name), p.n, i.n"""
"""The interests without an organisation."""


def read_interests(
    cursor: Cursor, party: RowKey | None = None, organisation: RowKey | None = None
) -> list[InterestRow]:
    """Return the declared interests by name: all, or only a contact's own, or only the ones in an organisation."""
    query = f"""{INTERESTS} AND (:party IS NULL OR i.party = :party)
 AND (:organisation IS NULL OR i.organisation = :organisation) ORDER BY sort_key(p.name), p.n, i.n"""
    return select_rows(cursor, InterestRow, query, {"party": party, "organisation": organisation})


def read_item_interests(
    cursor: Cursor, meeting: RowKey, day: str, texts: Sequence[tuple[int, str]]
) -> dict[int, tuple[ItemInterest, ...]]:
    """Return, by the number of the item, who at a meeting has a link to the organisations that its text names.

    An interest without an organisation counts where it shares a word with the text that few records have.
    """
    names = select_groups(cursor, NAMES) if texts else {}
    parameters = {"meeting": meeting, "today": day}
    worded = select_rows(cursor, ItemInterest, OWN_WORDS, parameters) if texts else []
    words = [(interest, drop_common_words(cursor, list_words(interest.interest or ""))) for interest in worded]
    found: dict[int, tuple[ItemInterest, ...]] = {}
    for number, text in texts:
        keys, item_words = find_named(text, names), list_words(text)
        linked = select_rows(cursor, ItemInterest, LINKS, {**parameters, "keys": encode_keys(keys)}) if keys else []
        if interests := (*linked, *(interest for interest, own in words if share_word(own, item_words))):
            found[number] = interests
    return found
