"""Figures and data sets out of the database, and the test on words that lists of one kind share. Reads only."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from ahtc_tui.domain.dates.date_as_known import read_stored_date
from ahtc_tui.domain.evidence.model import DataSetRow, FigureCard, FigureRow, Tier
from ahtc_tui.domain.keys import RowKey
from ahtc_tui.store.search.entries import DOCUMENTS, KIND_SLOTS
from ahtc_tui.store.search.index import build_match_query

if TYPE_CHECKING:
    from ahtc_tui.store.records.cursor import Cursor

SUPERSEDED = "SELECT supersedes FROM figures WHERE supersedes IS NOT NULL AND NOT deleted"
WHOLES = "SELECT part_of FROM figures WHERE part_of IS NOT NULL AND NOT deleted"
SOURCES = f"""SELECT s.id, count(*) OVER same AS sources, first_value(s.id) OVER (same ORDER BY s.id NOT IN ({WHOLES}),
 s.id) AS used FROM figures s WHERE NOT s.deleted AND s.id NOT IN ({SUPERSEDED})
 WINDOW same AS (PARTITION BY s.title, s.unit, s.area, s.period)"""
"""How many sources say something of one figure, and which is used: that whose parts are kept, else the first."""
FIGURE = f"""r.id, r.ref, r.title, r.value, r.at_least, r.out_of, r.unit, r.period, x.name, d.title, w.title, r.caveat,
 r.source, r.after_seed, r.id IN ({SUPERSEDED}), coalesce(u.sources, 1), u.used IS r.id"""
FIGURE_FROM = f"""figures r LEFT JOIN areas x ON x.id = r.area LEFT JOIN data_sets d ON d.id = r.data_set
 LEFT JOIN figures w ON w.id = r.part_of LEFT JOIN ({SOURCES}) u ON u.id = r.id"""


def build_word_test(kind: str, words: str) -> tuple[str, tuple[str, ...]]:
    """The condition that narrows rows `r` of a kind to those that hold the words; empty where there are no words."""
    query = build_match_query(words)
    if query is None:
        return "", ()
    code = DOCUMENTS[kind].code
    hits = f"SELECT rowid / {KIND_SLOTS} FROM search WHERE search MATCH ? AND rowid % {KIND_SLOTS} = {code}"
    return f" AND r.n IN ({hits})", (query,)


def _build_figure(row: Sequence[Any]) -> FigureRow:
    key, ref, title, value, at_least, out_of, unit, period, *columns = row
    area, data_set, part_of, caveat, source, after_seed, superseded, sources, used = columns
    shown_value = int(value) if value == int(value) else value
    known_period = read_stored_date(period)
    assert known_period is not None
    return FigureRow(
        key,
        ref,
        title,
        shown_value,
        bool(at_least),
        out_of,
        unit,
        known_period,
        area,
        data_set,
        part_of,
        caveat,
        source,
        bool(after_seed),
        bool(superseded),
        sources,
        bool(used),
    )


def read_figures(cursor: Cursor, words: str = "") -> list[FigureRow]:
    """The figures that hold the words: what two sources say of the same side by side, parts behind their whole."""
    test, parameters = build_word_test("figure", words)
    rows = cursor.execute(
        f"SELECT {FIGURE} FROM {FIGURE_FROM} WHERE NOT r.deleted{test} ORDER BY coalesce(w.n, r.n), r.n", parameters
    )
    return group_by_series(_build_figure(row) for row in rows)


def group_by_series(rows: Iterable[FigureRow]) -> list[FigureRow]:
    """The rows in their order, but the same figure out of another source next to the first, behind the one used."""
    sources: dict[tuple[str, str | None, str, str], list[FigureRow]] = {}
    for row in rows:
        sources.setdefault((*row.series_key, row.period.stored_text), []).append(row)
    return [row for group in sources.values() for row in sorted(group, key=lambda row: not row.used)]


def read_other_sources(cursor: Cursor, key: RowKey) -> list[FigureRow]:
    """What other sources say of the same: title, unit, area and period."""
    rows = cursor.execute(
        f"SELECT {FIGURE} FROM {FIGURE_FROM} JOIN figures s ON s.id = ? WHERE NOT r.deleted AND r.id != s.id"
        f" AND r.title = s.title AND r.unit = s.unit AND r.area IS s.area AND r.period = s.period AND r.id NOT IN"
        f" ({SUPERSEDED}) AND s.id NOT IN ({SUPERSEDED}) ORDER BY r.n",
        (key,),
    )
    return [_build_figure(row) for row in rows]


def read_series(cursor: Cursor, key: RowKey) -> list[FigureRow]:
    """The same figure period by period, of each the one that is used: what was superseded is left out."""
    rows = cursor.execute(
        f"SELECT {FIGURE} FROM {FIGURE_FROM} JOIN figures s ON s.id = ? WHERE NOT r.deleted AND r.title = s.title"
        " AND r.unit = s.unit AND r.area IS s.area ORDER BY r.period, r.n",
        (key,),
    )
    return [row for row in map(_build_figure, rows) if row.used]


def read_parts(cursor: Cursor, key: RowKey) -> list[FigureRow]:
    """The figures that are a part of one."""
    rows = cursor.execute(
        f"SELECT {FIGURE} FROM {FIGURE_FROM} WHERE NOT r.deleted AND r.part_of = ? ORDER BY r.n", (key,)
    )
    return [_build_figure(row) for row in rows]


def read_data_set_figures(cursor: Cursor, data_set: RowKey) -> list[FigureRow]:
    """The figures out of one data set."""
    rows = cursor.execute(
        f"SELECT {FIGURE} FROM {FIGURE_FROM} WHERE NOT r.deleted AND r.data_set = ? ORDER BY coalesce(w.n, r.n), r.n",
        (data_set,),
    )
    return [_build_figure(row) for row in rows]


def read_figure(cursor: Cursor, key: RowKey) -> FigureRow:
    """One figure."""
    return _build_figure(cursor.execute(f"SELECT {FIGURE} FROM {FIGURE_FROM} WHERE r.id = ?", (key,)).fetchone())


def read_figure_card(cursor: Cursor, key: RowKey) -> FigureCard:
    """Everything about one figure."""
    data_set, part_of, supersedes, superseded_by, published, note = cursor.execute(
        "SELECT d.ref, w.ref, s.ref || ' ' || s.title, (SELECT f.ref || ' ' || f.title FROM figures f"
        " WHERE f.supersedes = r.id AND NOT f.deleted ORDER BY f.n DESC LIMIT 1), r.published_on, r.note"
        f" FROM {FIGURE_FROM} LEFT JOIN figures s ON s.id = r.supersedes WHERE r.id = ?",
        (key,),
    ).fetchone()
    parts = cursor.execute(
        "SELECT ref || ' ' || title FROM figures WHERE part_of = ? AND NOT deleted ORDER BY n", (key,)
    ).fetchall()
    return FigureCard(
        read_figure(cursor, key),
        data_set,
        part_of,
        tuple(part for (part,) in parts),
        supersedes,
        superseded_by,
        read_stored_date(published),
        note,
    )


def read_data_sets(cursor: Cursor, words: str = "") -> list[DataSetRow]:
    """The data sets that hold the words, primary ones first, each with its number of figures."""
    test, parameters = build_word_test("data_set", words)
    return _read_data_sets(cursor, f"NOT r.deleted{test}", parameters)


def read_data_set(cursor: Cursor, key: RowKey) -> DataSetRow:
    """One data set."""
    return _read_data_sets(cursor, "r.id = ?", (key,))[0]


def _read_data_sets(cursor: Cursor, condition: str, parameters: tuple[object, ...]) -> list[DataSetRow]:
    rows = cursor.execute(
        "SELECT r.ref, r.title, r.tier, p.name, r.source, (SELECT count(*) FROM figures f WHERE f.data_set = r.id AND"
        " NOT f.deleted), r.frequency, r.last_received, r.next_due, r.note FROM data_sets r LEFT JOIN parties p ON p.id"
        f" = r.holder WHERE {condition} ORDER BY r.tier, r.n",
        parameters,
    )
    return [
        DataSetRow(
            ref,
            title,
            Tier(tier),
            holder,
            source,
            count,
            frequency,
            read_stored_date(received),
            read_stored_date(due),
            note,
        )
        for ref, title, tier, holder, source, count, frequency, received, due, note in rows
    ]


def read_copied_fields(cursor: Cursor, key: RowKey) -> dict[str, object]:
    """What a revision keeps of the figure that it supersedes, unless it says otherwise. When it came out is its own."""
    names = ("title", "data_set", "value", "unit", "period", "area", "part_of", "caveat", "source", "note")
    row = cursor.execute(f"SELECT {', '.join(names)} FROM figures WHERE id = ?", (key,)).fetchone()
    return dict(zip(names, row, strict=True))
