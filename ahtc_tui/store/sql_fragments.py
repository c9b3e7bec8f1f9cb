"""SQL that queries of several nouns share: periods of validity, post holders, addresses and names."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ahtc_tui.domain.fields.model import Column, Kind, Place, list_columns, list_columns_in
from ahtc_tui.domain.i18n import Language

LANGUAGES = ", ".join(f"'{language.value}'" for language in Language.BOTH.languages)
"""Languages that a person may prefer; other text of older records counts as not known."""

FIRST_DAY = """coalesce(CASE substr({0}, 12, 4) WHEN 'mont' THEN substr({0}, 1, 8) || '01' WHEN 'year' THEN
 substr({0}, 1, 4) || '-01-01' WHEN 'seas' THEN first_day_of_season({0}) ELSE substr({0}, 1, 10) END, '0000')"""
"""First day of a date as known, as in `Period.first`; it sorts before every day where the date is not known."""

HAS_BEGUN = f"{FIRST_DAY} <= :today"
"""Whether a date as known has come on `:today`; one known to the month or the year counts from its beginning."""

IN_FORCE = (
    f"""NOT {{0}}.deleted AND {HAS_BEGUN.format("{0}.from_on")} AND ({{0}}.to_on IS NULL OR {{0}}.to_on >= :today)"""
)
"""Whether the period of a record includes `:today`, as in `Period.includes`."""


def _build_valid(table: str, alias: str, same_subject: str) -> str:
    """Return the rule of `domain.dates.periods` in SQL: no fact of the subject that began later is in force as well."""
    later_start, own_start = FIRST_DAY.format("later.from_on"), FIRST_DAY.format(f"{alias}.from_on")
    return f"""({IN_FORCE.format(alias)} AND NOT EXISTS (SELECT 1 FROM {table} later WHERE {same_subject}
 AND {IN_FORCE.format("later")} AND {later_start} > {own_start}))"""


_HELD = _build_valid(
    "holdings",
    "h",
    """later.post = h.post AND (later.vacant OR ((h.acting OR NOT later.acting)
 AND NOT EXISTS (SELECT 1 FROM posts t WHERE t.id = h.post AND t.collective)))""",
)
HOLDS = f"(NOT h.vacant AND {_HELD})"
"""Whether the holding `h` is valid on `:today`; a person who acts does not replace the holder."""

SITS = _build_valid(
    "seats",
    "s",
    """later."group" = s."group" AND later.role = s.role
 AND (s.role = 'chair' OR (later.party IS s.party AND later.org_class IS s.org_class))""",
)
"""Whether the term `s` of a seat is valid on `:today`: of the terms of one member, the one that began last.

A group has one chair, so that a chair replaces whoever chaired before.
"""

WAS_CHAIR = f"""(NOT s.deleted AND s.role = 'chair' AND s.to_on IS NULL AND {HAS_BEGUN.format("s.from_on")}
 AND NOT {SITS})"""
"""Whether the seat `s` is that of a chair whom a later one replaced by `:today`."""

FILLS = _build_valid("occupancies", "o", "later.seat = o.seat AND NOT later.deputy AND NOT o.deputy")
"""Whether the occupancy `o` is valid on `:today`: one person fills a seat, several may deputise."""


def _build_last_day(table: str, alias: str, subject: str, valid: str) -> str:
    """Return the last day until `:today` on which a fact was valid; NULL if there was none."""
    return f"""(SELECT max(c.day) FROM (SELECT :today AS day UNION SELECT substr({alias}.to_on, 1, 10)
 UNION SELECT date({FIRST_DAY.format("x.from_on")}, '-1 day') FROM {table} x WHERE x.{subject} = {alias}.{subject}
 AND NOT x.deleted AND x.from_on IS NOT NULL) c WHERE c.day <= :today AND {valid.replace(":today", "c.day")})"""


_COUNTED = f"""(SELECT count(*) FROM holdings x WHERE x.post = h.post AND NOT x.deleted AND NOT x.acting
 AND NOT x.vacant AND {FIRST_DAY.format("x.from_on")} <= {FIRST_DAY.format("{0}.from_on")})"""
HOLDER_NUMBER = f"""CASE WHEN NOT h.acting AND NOT h.vacant THEN (SELECT a.ordinal - {_COUNTED.format("a")}
 FROM holdings a WHERE a.post = h.post AND a.ordinal IS NOT NULL AND NOT a.deleted
 ORDER BY {FIRST_DAY.format("a.from_on")}, a.n LIMIT 1) + {_COUNTED.format("h")} END"""
"""Number of the holding `h` where holders of the post are numbered: the first recorded number counts the others."""

LAST_HELD = _build_last_day("holdings", "h", "post", HOLDS)
"""Last day until `:today` on which the holding `h` was valid."""

LAST_FILLED = _build_last_day("occupancies", "o", "seat", FILLS)
"""Last day until `:today` on which the occupancy `o` was valid."""

IS_GATHERING = "{0}.kind IN ('meeting', 'visit', 'conference', 'scrutiny')"
"""Whether an event of the table of meetings is one that people attend, not a publication, decision or appointment."""

HAS_MINUTES = "EXISTS (SELECT 1 FROM minute_lines l WHERE l.meeting = {0}.id AND NOT l.deleted)"
"""Whether a meeting has minutes, and so was held whatever its state is."""

PARAGRAPH_TITLE_CY = """coalesce(nullif({0}.title_cy, ''), (SELECT o.title_cy FROM objectives o
 WHERE o.title = {0}.title AND NOT o.deleted LIMIT 1))"""
"""Welsh title of a paragraph: its own, or that of the objective that it is named after."""

CURRENT_HOLDER = f"""(SELECT q.{{field}} FROM holdings h JOIN named_parties q ON q.id = h.person WHERE h.post = {{post}}
 AND {HOLDS} ORDER BY h.from_on DESC, h.acting DESC, h.n DESC LIMIT 1)"""
"""A field of the holder of a post on `:today`; of several holders, the latest."""

IS_VACANT = f"""(EXISTS (SELECT 1 FROM holdings h WHERE h.post = {{post}} AND NOT h.deleted)
 AND NOT EXISTS (SELECT 1 FROM holdings h WHERE h.post = {{post}} AND {HOLDS})
 AND NOT EXISTS (SELECT 1 FROM posts t WHERE t.id = {{post}} AND t.collective))"""
"""Whether a post whose holders are recorded has none on `:today`."""

PARTY_ADDRESS = (
    f"coalesce(nullif(trim({{party}}.email), ''), {CURRENT_HOLDER.format(field='email', post='{party}.id')})"
)
"""Email address of a party: its own, else that of the current holder of the post."""

SEATED_PERSON = f"""(SELECT o.person FROM occupancies o JOIN seats s ON s.id = o.seat WHERE s.party = {{party}}
 AND s."group" = {{group}} AND o.deputy = {{deputy}} AND {SITS} AND {FILLS}
 ORDER BY o.from_on DESC, o.n DESC LIMIT 1)"""
"""Key of the person on the seat of a party in a group on `:today`: its named representative, or its deputy."""

REPRESENTATIVE = f"""CASE WHEN {{party}}.kind = 'organisation' THEN (SELECT o.person FROM occupancies o
 JOIN seats s ON s.id = o.seat WHERE s.party = {{party}}.id AND NOT o.deputy AND {SITS}
 AND {FILLS} ORDER BY s."group" IS {{group}} DESC, o.from_on DESC, o.n DESC LIMIT 1) END"""
"""Key of the named representative of an organisation on `:today`, if possible in a group."""

VOTE_COUNTS = "substr({0}.votes, 1, instr({0}.votes || ' ', ' ') - 1)"
"""The counts of a stored vote, without the roll call after them."""

SEAT_MEMBER = "coalesce(p.name, shown_class(s.org_class))"
"""Name of the party `p` with the seat `s`, or of its class of organisations in the language of the list."""

SEAT_NAME = f"""(SELECT {SEAT_MEMBER} FROM seats s LEFT JOIN named_parties p ON p.id = s.party WHERE s.id = {{seat}})"""
"""Name of the member of a seat, or of its class of organisations."""

GROUP_CHAIR = f"""coalesce((SELECT s.party FROM seats s WHERE s."group" = {{group}}.id AND s.role = 'chair'
 AND s.party IS NOT NULL AND {SITS} ORDER BY s.from_on DESC, s.n LIMIT 1),
 CASE WHEN NOT EXISTS (SELECT 1 FROM seats s WHERE s."group" = {{group}}.id AND s.role = 'chair'
 AND s.party = {{group}}.chair AND NOT s.deleted) THEN {{group}}.chair END)"""
"""Key of the chair of a group on `:today`: by the dates of the chair's seat, else the chair without a seat."""

SHOWN_TITLE = "CASE WHEN shows_welsh_names() AND {0}.title_cy <> '' THEN {0}.title_cy ELSE {0}.title END"
"""Title of a record in the language in which a list shows it."""

OTHER_NAMES = """(SELECT n, party, name, from_on, to_on FROM aliases WHERE NOT deleted
 UNION ALL SELECT n, party, name_cy, from_on, to_on FROM aliases WHERE name_cy <> '' AND NOT deleted)"""
"""Further names of parties, English and Welsh, with their period."""


def _build_name_on_day(table: str, subject: str, value: str, default: str, condition: str = "1") -> str:
    """Return a field of the name that is valid on `{day}`, of those that a table holds of a record `{party}`.

    Only the names that meet a condition, which is about a column of the table, are considered.
    """
    last_former = f"""(SELECT max(u.to_on) FROM {table} u WHERE u.{subject} = {{party}}.id AND NOT u.deleted
 AND u.from_on IS NULL AND {condition})"""
    begun = FIRST_DAY.format("l.from_on")
    return f"""coalesce((SELECT {value} FROM {table} l WHERE l.{subject} = {{party}}.id AND NOT l.deleted
 AND l.from_on IS NOT NULL AND {condition} AND {begun} <= {{day}} AND (l.to_on IS NULL OR l.to_on >= {{day}})
 AND {begun} > CASE WHEN {last_former} < {{day}} THEN {last_former} ELSE '' END ORDER BY {begun} DESC LIMIT 1),
 (SELECT {value} FROM {table} l WHERE l.{subject} = {{party}}.id AND NOT l.deleted AND l.from_on IS NULL
 AND {condition} AND l.to_on >= {{day}} ORDER BY l.to_on LIMIT 1), {default})"""


NAME_ON_DAY = _build_name_on_day("aliases", "party", "l.name", "{party}.name")
"""Name of a party on a day: the one that began last, else a former name until its last day, else the name of the
record, which began when the last former name ended. `contacts.names` states the same rule as a timeline, and the
view `named_parties` (`engine.party_names`) has the name on the day of the workspace."""

NAME_CY_ON_DAY = (
    f"""nullif({_build_name_on_day("aliases", "party", "l.name_cy", "{party}.name_cy", "name_cy IS NOT NULL")}, '')"""
)
"""Welsh name of a party on a day, by the same rule among the names that state one: a name without a Welsh name leaves
the one before it valid. An empty one says that there is none."""

_MEETING_DAY = "substr({0}.day, 1, 10)"
MEETING_TITLE_CY = f"""coalesce(nullif({{0}}.title_cy, ''), (SELECT CASE {{0}}.title
 WHEN {NAME_ON_DAY.format(party="p", day=_MEETING_DAY)} THEN {NAME_CY_ON_DAY.format(party="p", day=_MEETING_DAY)}
 WHEN p.name THEN nullif(p.name_cy, '') END FROM parties p WHERE p.id = {{0}}."group"))"""
"""Welsh title of a meeting: its own, or the Welsh name of its group on its day where it is named after it."""

SHOWN_MEETING_TITLE = f"""CASE WHEN shows_welsh_names() THEN coalesce({MEETING_TITLE_CY}, {{0}}.title)
 ELSE {{0}}.title END"""
"""Title of a meeting in the language in which a list shows it."""

AREA_NAME_ON_DAY = _build_name_on_day("area_names", "area", "l.n", "0").replace("{party}", "{area}")
"""Number of the name of an area that is valid on a day, by the same rule; 0 where that of the record is."""

EXISTS_ON_DAY = f"""({FIRST_DAY.format("{0}.from_on")} <= day_of_names()
 AND ({{0}}.to_on IS NULL OR {{0}}.to_on >= day_of_names()))"""
"""Whether an area exists on the day of names."""

ADDRESS_ON_DAY = f"""nullif(coalesce((SELECT l.postal_address FROM addresses l WHERE l.party = {{party}}.id
 AND NOT l.deleted AND {FIRST_DAY.format("l.from_on")} <= {{day}} AND (l.to_on IS NULL OR l.to_on >= {{day}})
 ORDER BY {FIRST_DAY.format("l.from_on")} DESC LIMIT 1), {{party}}.postal_address), '')"""
"""Postal address of a party on a day: the one that began last, else that of the record, whose dates are not known."""

NEXT_TERM = """EXISTS (SELECT 1 FROM seats x WHERE x."group" = s."group" AND x.id <> s.id AND NOT x.deleted
 AND x.party IS s.party AND x.org_class IS s.org_class AND (x.to_on IS NULL OR x.to_on > s.to_on))"""
"""Whether the seat `s` has a later term."""

ENDS_BY = f"(s.to_on >= :today AND s.to_on < {{0}} AND NOT {NEXT_TERM})"
"""Whether the last term of the seat `s` ends before a day."""

EXPIRED = f"""((NOT s.deleted AND s.to_on < :today AND NOT {NEXT_TERM}) OR {WAS_CHAIR})"""
"""Whether the last term of the seat `s` is over."""


def build_columns(row_type: type[Any], alias: str | Mapping[str, str]) -> str:
    """Return the columns that a row class states, each after a comma, for the end of a SELECT.

    `alias` is the alias of the table, or a mapping of table to alias.
    """
    return "".join(f", {_find_alias(alias, stated)}.{name}" for name, stated in list_columns(row_type).items())


def build_stated_json(row_type: type[Any], alias: str | Mapping[str, str], place: Place) -> str:
    """Return the texts of the columns that a place has, by name, as one JSON object; NULL where it has none."""
    columns = list_columns_in(place, row_type).items()
    pairs = ", ".join(f"'{name}', coalesce({_find_alias(alias, stated)}.{name}, '')" for name, stated in columns)
    return f"json_object({pairs})" if pairs else "NULL"


def _find_alias(alias: str | Mapping[str, str], stated: Column) -> str:
    return alias if isinstance(alias, str) else alias[stated.table]


def build_sort_keys(row_type: type[Any], alias: str) -> dict[str, str]:
    """Return what a list is sorted by for each column that a row class states."""
    columns = list_columns(row_type).items()
    return {name: SORT_KEYS.get(stated.kind, "{0}").format(f"{alias}.{name}") for name, stated in columns}


def build_search_text(alias: str, *row_types: type[Any], table: str = "") -> str:
    """Return the texts of the columns that row classes state, each after "||", for the body of a search document."""
    columns = list_columns(*row_types, table=table).items()
    names = (name for name, stated in columns if Place.SEARCH not in stated.not_in)
    return "".join(f" || ' ' || coalesce({alias}.{name}, '')" for name in names)


SORT_KEYS = {
    Kind.LINE: "sort_key({0})",
    Kind.PROSE: "sort_key({0})",
    Kind.DATE: "substr({0}, 1, 10)",
    Kind.PAST_DATE: "substr({0}, 1, 10)",
    Kind.DATE_OR_WORDS: "substr({0}, 1, 10)",
}
"""SQL by which a column is sorted; other columns are sorted by value."""

CARRIED_OUT = """(SELECT coalesce(min(coalesce(a.status = 'done', d.status = 'implemented', p.published, 0)), 0)
 FROM promise_links l LEFT JOIN actions a ON a.id = l.action LEFT JOIN decisions d ON d.id = l.decision
 LEFT JOIN papers p ON p.id = l.paper WHERE l.promise = r.id AND NOT l.deleted
 AND NOT coalesce(a.deleted, d.deleted, p.deleted))"""
"""Whether all that followed from a promise `r` is done; 0 where nothing has."""

DECISION_IS_OPEN = """(s.id IS NULL AND (d.status = 'proposed' OR coalesce(d.status, 'agreed') = 'agreed'
 AND EXISTS (SELECT 1 FROM decision_actions l JOIN actions a ON a.id = l.action AND NOT a.deleted
 WHERE l.decision = d.id AND NOT l.deleted AND a.status <> 'done')))"""
"""Whether a decision `d`, not superseded by an `s`, is proposed, or agreed with actions that are not all done."""
