"""Figures and data sets out of the database, and the test on words that lists of one kind share. Reads only."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from ahtc_tui.domain.dates.date_as_known import from_stored
from ahtc_tui.domain.evidence.model import DataSetRow, FigureCard, FigureRow, Tier
from ahtc_tui.store.search.entries import DOCS, KINDS
from ahtc_tui.store.search.index import match_words

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


def word_test(kind: str, words: str) -> tuple[str, tuple[str, ...]]:
    """The condition that narrows rows `r` of a kind to those that hold the words; empty where there are no words."""
    query = match_words(words)
    if query is None:
        return "", ()
    hits = f"SELECT rowid / {KINDS} FROM search WHERE search MATCH ? AND rowid % {KINDS} = {DOCS[kind].code}"
    return f" AND r.n IN ({hits})", (query,)


def _figure(line: Sequence[Any]) -> FigureRow:
    key, ref, title, value, at_least, out_of, unit, period, *rest = line
    area, data_set, part_of, caveat, source, later, superseded, sources, used = rest
    said = int(value) if value == int(value) else value
    known = from_stored(period)
    assert known is not None
    return FigureRow(
        key,
        ref,
        title,
        said,
        bool(at_least),
        out_of,
        unit,
        known,
        area,
        data_set,
        part_of,
        caveat,
        source,
        bool(later),
        bool(superseded),
        sources,
        bool(used),
    )


def figures(cursor: Cursor, words: str = "") -> list[FigureRow]:
    """The figures that hold the words: what two sources say of the same side by side, parts behind their whole."""
    test, parameters = word_test("figure", words)
    lines = cursor.execute(
        f"SELECT {FIGURE} FROM {FIGURE_FROM} WHERE NOT r.deleted{test} ORDER BY coalesce(w.n, r.n), r.n", parameters
    )
    return beside_each_other(_figure(line) for line in lines)


def beside_each_other(rows: Iterable[FigureRow]) -> list[FigureRow]:
    """The rows in their order, but the same figure out of another source next to the first, behind the one used."""
    sources: dict[tuple[str, str | None, str, str], list[FigureRow]] = {}
    for row in rows:
        sources.setdefault((*row.series, row.period.stored), []).append(row)
    return [row for same in sources.values() for row in sorted(same, key=lambda row: not row.used)]


def figures_beside(cursor: Cursor, key: bytes) -> list[FigureRow]:
    """What other sources say of the same: title, unit, area and period."""
    lines = cursor.execute(
        f"SELECT {FIGURE} FROM {FIGURE_FROM} JOIN figures s ON s.id = ? WHERE NOT r.deleted AND r.id != s.id"
        f" AND r.title = s.title AND r.unit = s.unit AND r.area IS s.area AND r.period = s.period AND r.id NOT IN"
        f" ({SUPERSEDED}) AND s.id NOT IN ({SUPERSEDED}) ORDER BY r.n",
        (key,),
    )
    return [_figure(line) for line in lines]


def series_of(cursor: Cursor, key: bytes) -> list[FigureRow]:
    """The same figure period by period, of each the one that is used: what was superseded is left out."""
    lines = cursor.execute(
        f"SELECT {FIGURE} FROM {FIGURE_FROM} JOIN figures s ON s.id = ? WHERE NOT r.deleted AND r.title = s.title"
        " AND r.unit = s.unit AND r.area IS s.area ORDER BY r.period, r.n",
        (key,),
    )
    return [row for row in map(_figure, lines) if row.used]


def parts_of(cursor: Cursor, key: bytes) -> list[FigureRow]:
    """The figures that are a part of one."""
    lines = cursor.execute(
        f"SELECT {FIGURE} FROM {FIGURE_FROM} WHERE NOT r.deleted AND r.part_of = ? ORDER BY r.n", (key,)
    )
    return [_figure(line) for line in lines]


def figures_of(cursor: Cursor, data_set: bytes) -> list[FigureRow]:
    """The figures out of one data set."""
    lines = cursor.execute(
        f"SELECT {FIGURE} FROM {FIGURE_FROM} WHERE NOT r.deleted AND r.data_set = ? ORDER BY coalesce(w.n, r.n), r.n",
        (data_set,),
    )
    return [_figure(line) for line in lines]


def figure(cursor: Cursor, key: bytes) -> FigureRow:
    """One figure."""
    return _figure(cursor.execute(f"SELECT {FIGURE} FROM {FIGURE_FROM} WHERE r.id = ?", (key,)).fetchone())


def figure_card(cursor: Cursor, key: bytes) -> FigureCard:
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
        figure(cursor, key),
        data_set,
        part_of,
        tuple(part for (part,) in parts),
        supersedes,
        superseded_by,
        from_stored(published),
        note,
    )


def data_sets(cursor: Cursor, words: str = "") -> list[DataSetRow]:
    """The data sets that hold the words, primary ones first, each with its number of figures."""
    test, parameters = word_test("data_set", words)
    return _data_sets(cursor, f"NOT r.deleted{test}", parameters)


def data_set(cursor: Cursor, key: bytes) -> DataSetRow:
    """One data set."""
    return _data_sets(cursor, "r.id = ?", (key,))[0]


def _data_sets(cursor: Cursor, where: str, parameters: tuple[object, ...]) -> list[DataSetRow]:
    lines = cursor.execute(
        "SELECT r.ref, r.title, r.tier, p.name, r.source, (SELECT count(*) FROM figures f WHERE f.data_set = r.id AND"
        " NOT f.deleted), r.frequency, r.last_received, r.next_due, r.note FROM data_sets r LEFT JOIN parties p ON p.id"
        f" = r.holder WHERE {where} ORDER BY r.tier, r.n",
        parameters,
    )
    return [
        DataSetRow(
            ref, title, Tier(tier), holder, source, count, frequency, from_stored(received), from_stored(due), note
        )
        for ref, title, tier, holder, source, count, frequency, received, due, note in lines
    ]


def copied(cursor: Cursor, key: bytes) -> dict[str, object]:
    """What a revision keeps of the figure that it supersedes, unless it says otherwise. When it came out is its own."""
    names = ("title", "data_set", "value", "unit", "period", "area", "part_of", "caveat", "source", "note")
    line = cursor.execute(f"SELECT {', '.join(names)} FROM figures WHERE id = ?", (key,)).fetchone()
    return dict(zip(names, line, strict=True))
