"""SQL that queries of several nouns share: periods of validity, post holders, addresses and names."""

from __future__ import annotations

from datetime import date
from typing import Any, NamedTuple

from ahtc_tui.domain.dates.date_as_known import DateAsKnown
from ahtc_tui.domain.dates.formatting import soften_date
from ahtc_tui.domain.fields.model import Kind, Place, list_columns
from ahtc_tui.domain.i18n import Language, _
from ahtc_tui.domain.keys import RowKey
from ahtc_tui.store.records.cursor import Cursor
from ahtc_tui.store.records.rows import select_rows

LANGUAGES = ", ".join(f"'{language.value}'" for language in Language)
"""Languages that a person may prefer; other text of older records counts as not known."""

BEGINNING = (
    """substr({0}, 1, CASE substr({0}, 12, 4) WHEN 'mont' THEN 7 WHEN 'year' THEN 4 WHEN 'seas' THEN 4 ELSE 10 END)"""
)
"""Text that sorts like the first day of a date as known: the year, the month or the day."""

HAS_BEGUN = f"({{0}} IS NULL OR {BEGINNING} <= :today)"
"""Whether a date as known has come on `:today`; one known to the month or the year counts from its beginning."""

IN_FORCE = (
    f"""NOT {{0}}.deleted AND {HAS_BEGUN.format("{0}.from_on")} AND ({{0}}.to_on IS NULL OR {{0}}.to_on >= :today)"""
)
"""Whether a record with a first and a last day is in force on `:today`."""

IS_GATHERING = "{0}.kind IN ('meeting', 'visit', 'conference', 'scrutiny')"
"""Whether an event of the table of meetings is one that people attend, not a publication, decision or appointment."""

PARAGRAPH_TITLE_CY = """coalesce(nullif({0}.title_cy, ''), (SELECT o.title_cy FROM objectives o
 WHERE o.title = {0}.title AND NOT o.deleted LIMIT 1))"""
"""Welsh title of a paragraph: its own, or that of the objective that it is named after."""

MEETING_TITLE_CY = """coalesce(nullif({0}.title_cy, ''), (SELECT p.name_cy FROM parties p WHERE p.id = {0}."group"
 AND p.name = {0}.title AND p.name_cy <> ''))"""
"""Welsh title of a meeting: its own, or the Welsh name of its group where it is named after it."""

CURRENT_HOLDER = f"""(SELECT q.{{field}} FROM holdings h JOIN named_parties q ON q.id = h.person WHERE h.post = {{post}}
 AND {IN_FORCE.format("h")} ORDER BY h.from_on DESC, h.ordinal DESC LIMIT 1)"""
"""A field of the holder of a post on `:today`; of several holders, the latest."""

IS_VACANT = f"""(EXISTS (SELECT 1 FROM holdings h WHERE h.post = {{post}} AND NOT h.deleted)
 AND NOT EXISTS (SELECT 1 FROM holdings h WHERE h.post = {{post}} AND {IN_FORCE.format("h")})
 AND NOT EXISTS (SELECT 1 FROM posts t WHERE t.id = {{post}} AND t.collective))"""
"""Whether a post whose holders are recorded has none on `:today`."""

PARTY_ADDRESS = (
    f"coalesce(nullif(trim({{party}}.email), ''), {CURRENT_HOLDER.format(field='email', post='{party}.id')})"
)
"""Email address of a party: its own, else that of the current holder of the post."""

SEATED_PERSON = f"""(SELECT o.person FROM occupancies o JOIN seats s ON s.id = o.seat WHERE s.party = {{party}}
 AND s."group" = {{group}} AND o.deputy = {{deputy}} AND {IN_FORCE.format("s")} AND {IN_FORCE.format("o")}
 ORDER BY o.from_on DESC, o.n DESC LIMIT 1)"""
"""Key of the person on the seat of a party in a group on `:today`: its named representative, or its deputy."""

REPRESENTATIVE = f"""CASE WHEN {{party}}.kind = 'organisation' THEN (SELECT o.person FROM occupancies o
 JOIN seats s ON s.id = o.seat WHERE s.party = {{party}}.id AND NOT o.deputy AND {IN_FORCE.format("s")}
 AND {IN_FORCE.format("o")} ORDER BY s."group" IS {{group}} DESC, o.from_on DESC, o.n DESC LIMIT 1) END"""
"""Key of the named representative of an organisation on `:today`, if possible in a group."""

GROUP_CHAIR = f"""coalesce((SELECT s.party FROM seats s WHERE s."group" = {{group}}.id AND s.role = 'chair'
 AND s.party IS NOT NULL AND {IN_FORCE.format("s")} ORDER BY s.from_on DESC, s.n LIMIT 1),
 CASE WHEN NOT EXISTS (SELECT 1 FROM seats s WHERE s."group" = {{group}}.id AND s.role = 'chair'
 AND s.party = {{group}}.chair AND NOT s.deleted) THEN {{group}}.chair END)"""
"""Key of the chair of a group on `:today`: by the dates of the chair's seat, else the chair without a seat."""

SHOWN_TITLE = "CASE WHEN shows_welsh_names() AND {0}.title_cy <> '' THEN {0}.title_cy ELSE {0}.title END"
"""Title of a record in the language in which a list shows it."""

SHOWN_MEETING_TITLE = f"""CASE WHEN shows_welsh_names() THEN coalesce({MEETING_TITLE_CY}, {{0}}.title)
 ELSE {{0}}.title END"""
"""Title of a meeting in the language in which a list shows it."""

NAME_ON_DAY = f"""coalesce((SELECT l.name FROM aliases l WHERE l.party = {{party}}.id AND NOT l.deleted
 AND l.from_on IS NOT NULL AND {BEGINNING.format("l.from_on")} <= {{day}}
 AND (l.to_on IS NULL OR l.to_on >= {{day}}) ORDER BY {BEGINNING.format("l.from_on")} DESC LIMIT 1),
 (SELECT l.name FROM aliases l WHERE l.party = {{party}}.id AND NOT l.deleted AND l.from_on IS NULL
 AND l.to_on >= {{day}} ORDER BY l.to_on LIMIT 1), {{party}}.name)"""
"""Name of a party on a day: a former or later name that was valid then, else the present one. The view `named_parties`
(`engine.party_names`) has it for the day of the workspace."""

NEXT_TERM = """EXISTS (SELECT 1 FROM seats x WHERE x."group" = s."group" AND x.id <> s.id AND NOT x.deleted
 AND x.party IS s.party AND x.org_class IS s.org_class AND (x.to_on IS NULL OR x.to_on > s.to_on))"""
"""Whether the seat `s` has a later term."""


def build_columns(row_type: type[Any], alias: str) -> str:
    """Return the columns that a row class states, each after a comma, for the end of a SELECT."""
    return "".join(f", {alias}.{name}" for name in list_columns(row_type))


def build_sort_keys(row_type: type[Any], alias: str) -> dict[str, str]:
    """Return what a list is sorted by for each column that a row class states."""
    return {
        name: SORT_KEYS.get(stated.kind, "{0}").format(f"{alias}.{name}")
        for name, stated in list_columns(row_type).items()
    }


def build_search_text(alias: str, *row_types: type[Any]) -> str:
    """Return the texts of the columns that row classes state, each after "||", for the body of a search document."""
    names = (name for name, stated in list_columns(*row_types).items() if Place.SEARCH not in stated.not_in)
    return "".join(f" || ' ' || coalesce({alias}.{name}, '')" for name in names)


SORT_KEYS = {
    Kind.LINE: "sort_key({0})",
    Kind.PROSE: "sort_key({0})",
    Kind.DATE: "substr({0}, 1, 10)",
    Kind.PAST_DATE: "substr({0}, 1, 10)",
    Kind.DATE_OR_WORDS: "substr({0}, 1, 10)",
}
"""What a column is sorted by; others by their value."""


class AliasColumns(NamedTuple):
    """Other name of a party, with the days on which it was valid."""

    name: str
    from_on: DateAsKnown | None
    to_on: DateAsKnown | None


OTHER_NAMES = f"""WITH shown(name) AS (SELECT {NAME_ON_DAY.format(party="p", day=":today")} FROM parties p
 WHERE p.id = :key), current(from_on) AS (SELECT max(l.from_on) FROM aliases l, shown s WHERE l.party = :key
 AND l.name = s.name AND l.from_on <= :today AND NOT l.deleted)
 SELECT p.name, NULL AS from_on, date(substr(c.from_on, 1, 10), '-1 day') AS to_on FROM parties p, shown s, current c
 WHERE p.id = :key AND p.name <> s.name AND c.from_on IS NOT NULL
 UNION ALL SELECT * FROM (SELECT l.name, l.from_on, l.to_on FROM aliases l, shown s WHERE l.party = :key
 AND l.name <> s.name AND NOT l.deleted ORDER BY l.n)"""
"""Names of a party other than the one shown on `:today`, with the name that a later one has replaced."""


def read_aliases(cursor: Cursor, key: RowKey, today: date) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the names of a party other than its name on a day; those with a date as "Name (until 1 May 2013)"."""
    aliases = select_rows(cursor, AliasColumns, OTHER_NAMES, {"key": key, "today": today.isoformat()})
    dated = []
    for alias in aliases:
        parts = [_("from {day}").format(day=soften_date(alias.from_on))] if alias.from_on else []
        parts += [_("until {day}").format(day=soften_date(alias.to_on))] if alias.to_on else []
        if parts:
            dated.append(f"{alias.name} ({' '.join(parts)})")
    return tuple(alias.name for alias in aliases), tuple(dated)
