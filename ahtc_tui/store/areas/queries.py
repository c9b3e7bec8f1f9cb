"""Reads areas under their names on a day, and finds the area that a text names."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any, NamedTuple

from ahtc_tui.domain.areas.model import KINDS, AreaKind, AreaName, AreaRow, StoredAreaKind
from ahtc_tui.domain.dates.date_as_known import DateAsKnown
from ahtc_tui.domain.dates.periods import Period, Timeline, find_day_after
from ahtc_tui.domain.keys import RowKey
from ahtc_tui.domain.text.normalization import fold_text
from ahtc_tui.store.records.cursor import Cursor
from ahtc_tui.store.records.rows import select_column, select_rows

_CASES = " ".join(f"WHEN '{stored}' THEN '{kind}'" for stored, kind in KINDS.items())
KIND = f"CASE {{0}} {_CASES} END"
"""A stored kind of area as `AreaKind`."""
AREAS = f"""SELECT x.id AS key, x.ref, x.name, x.name_en, x.name_cy, {KIND.format("x.kind")} AS kind,
 u.ref AS part_of, u.name AS part_of_name, x.from_on, x.to_on, a.note FROM named_areas x JOIN areas a ON a.id = x.id
 LEFT JOIN named_areas u ON u.id = x.parent
 WHERE NOT x.deleted ORDER BY x.n"""
NAMES = """SELECT n.area, n.name, n.name_cy, n.from_on, n.to_on, a.name AS last_name, a.name_cy AS last_name_cy
 FROM area_names n JOIN areas a ON a.id = n.area WHERE NOT n.deleted ORDER BY n.n"""
SPELLINGS = """SELECT a.id AS key, a.ref, a.name, a.name_cy, a.kind FROM areas a WHERE NOT a.deleted
 UNION ALL SELECT a.id, a.ref, n.name, n.name_cy, a.kind FROM areas a JOIN area_names n ON n.area = a.id
 WHERE NOT a.deleted AND NOT n.deleted"""


class NameColumns(NamedTuple):
    """A dated name of an area, with the name of its record."""

    area: RowKey
    name: str
    name_cy: str | None
    from_on: DateAsKnown | None
    to_on: DateAsKnown | None
    last_name: str
    last_name_cy: str | None


class Spelling(NamedTuple):
    """An area under one of its names."""

    key: RowKey
    ref: str
    name: str
    name_cy: str | None
    kind: StoredAreaKind


def find_existing_areas(cursor: Cursor, areas: Iterable[Mapping[str, Any]]) -> dict[str, RowKey]:
    """Return the keys of the shipped areas that exist, removed or not: by reference, or by name and kind."""
    query = "SELECT id AS key, ref, name, name_cy, kind FROM areas"
    rows = select_rows(cursor, Spelling, query)
    keys = {row.ref: row.key for row in rows}
    by_name = {(row.kind, fold_text(row.name)): row.key for row in rows}
    existing: dict[str, RowKey] = {}
    for area in areas:
        names = (area["name"], *(former["name"] for former in area.get("former", ())))
        matches = [keys.get(area["id"]), *(by_name.get((area["kind"], fold_text(name))) for name in names)]
        if match := next(filter(None, matches), None):
            existing[area["id"]] = match
    return existing


def read_areas(cursor: Cursor) -> list[AreaRow]:
    """Return all areas, each with its names over time, by kind and in order of entry."""
    names: dict[RowKey, list[NameColumns]] = {}
    for row in select_rows(cursor, NameColumns, NAMES):
        names.setdefault(row.area, []).append(row)
    order = list(AreaKind)
    areas = sorted(select_rows(cursor, AreaRow, AREAS), key=lambda area: order.index(area.kind))
    return [replace(area, names=_build_names(names.get(area.key, []))) for area in areas]


def _build_names(rows: list[NameColumns]) -> tuple[AreaName, ...]:
    """Return the names of an area over time; the present name began when the last former one ended."""
    if not rows:
        return ()
    ends = [row.to_on for row in rows if row.from_on is None and row.to_on]
    begins = find_day_after(max(ends)) if ends else None
    facts = [AreaName(row.name, row.name_cy, row.from_on, row.to_on) for row in rows]
    facts.append(AreaName(rows[0].last_name, rows[0].last_name_cy, begins, None))
    facts.sort(key=lambda fact: (Period(fact.from_on, fact.to_on).first, Period(fact.from_on, fact.to_on).last))
    timeline = Timeline(facts, lambda fact: Period(fact.from_on, fact.to_on))
    return tuple(replace(fact, to_on=timeline.find_end(fact)) for fact in facts)


def read_spellings(cursor: Cursor) -> list[Spelling]:
    """Return the areas under each of their names."""
    return select_rows(cursor, Spelling, SPELLINGS)


def find_area(cursor: Cursor, words: str) -> Spelling | None:
    """Return the area with this reference or name, former and Welsh names included; None for none.

    Of several with one name the reference decides, then the order of kinds: a region before an authority.
    """
    typed = fold_text(words)
    slug = "-".join(typed.split())
    order = list(StoredAreaKind)
    matches = [
        area
        for area in read_spellings(cursor)
        if area.ref == slug or typed in (fold_text(area.name), fold_text(area.name_cy or ""))
    ]
    matches.sort(key=lambda area: (area.ref != slug, order.index(area.kind)))
    return matches[0] if matches and typed else None


def list_names(cursor: Cursor) -> list[str]:
    """Return the names of the areas."""
    return select_column(cursor, "SELECT name FROM named_areas WHERE NOT deleted ORDER BY n")
