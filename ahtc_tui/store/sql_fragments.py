"""What lists and cards of meetings, groups and contacts share: test on words, holders, names, sources. Reads only."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ahtc_tui.domain.dates.date_as_known import read_stored_date
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.keys import RowKey
from ahtc_tui.store.search.entries import DOCUMENTS, KIND_SLOTS
from ahtc_tui.store.search.index import build_match_query

if TYPE_CHECKING:
    from ahtc_tui.store.records.cursor import Cursor

HAS_BEGUN = """({0} IS NULL OR substr({0}, 1, CASE substr({0}, 12, 4) WHEN 'mont' THEN 7
 WHEN 'year' THEN 4 WHEN 'seas' THEN 4 ELSE 10 END) <= :today)"""
"""Whether a date as known has come on `:today`; one known to the month or the year counts from its beginning."""

IN_FORCE = (
    f"""NOT {{0}}.deleted AND {HAS_BEGUN.format("{0}.from_on")} AND ({{0}}.to_on IS NULL OR {{0}}.to_on >= :today)"""
)
"""Whether a record with a first and a last day stands on `:today`."""

CURRENT_HOLDER = f"""(SELECT q.{{field}} FROM holdings h JOIN parties q ON q.id = h.person WHERE h.post = {{post}}
 AND {IN_FORCE.format("h")} ORDER BY h.from_on DESC, h.ordinal DESC LIMIT 1)"""
"""A field of whoever holds a post on `:today`: of several, who came last."""

PARTY_ADDRESS = (
    f"coalesce(nullif(trim({{party}}.email), ''), {CURRENT_HOLDER.format(field='email', post='{party}.id')})"
)
"""Where to write to somebody: their own address, else that of whoever holds the post. A post's outlives its holders."""


NAME_ON_DAY = """coalesce((SELECT l.name FROM aliases l WHERE l.party = {party}.id AND NOT l.deleted
 AND l.from_on IS NOT NULL AND substr(l.from_on, 1, 10) <= {day}
 AND (l.to_on IS NULL OR l.to_on >= {day}) ORDER BY l.from_on DESC LIMIT 1),
 (SELECT l.name FROM aliases l WHERE l.party = {party}.id AND NOT l.deleted AND l.from_on IS NULL AND l.to_on >= {day}
 ORDER BY l.to_on LIMIT 1), {party}.name)"""
"""What a party was called on a day: a name that held from or until a date, else the one it has."""


def build_word_condition(words: str, kinds: tuple[str, ...], key: str) -> tuple[str, dict[str, str]]:
    """The test that the record with this key holds all the words, and its parameter; true for no words."""
    query = build_match_query(words)
    if query is None:
        return "1", {}
    hits = " UNION ALL ".join(
        f"SELECT r.id FROM search s JOIN {DOCUMENTS[kind].table} r ON r.n = s.rowid / {KIND_SLOTS}"
        f" WHERE s.search MATCH :match AND s.rowid % {KIND_SLOTS} = {DOCUMENTS[kind].code}"
        for kind in kinds
    )
    return f"{key} IN ({hits})", {"match": query}


def read_aliases(cursor: Cursor, key: RowKey) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The other names of a party, and those among them that hold from or until a date, with the date."""
    rows = cursor.execute(
        "SELECT name, from_on, to_on FROM aliases WHERE party = ? AND NOT deleted ORDER BY n", (key,)
    ).fetchall()
    dated = []
    for name, first, last in rows:
        since, until = read_stored_date(first), read_stored_date(last)
        parts = [_("from {day}").format(day=since)] if since else []
        parts += [_("until {day}").format(day=until)] if until else []
        if parts:
            dated.append(f"{name} ({' '.join(parts)})")
    return tuple(name for name, _first, _last in rows), tuple(dated)
