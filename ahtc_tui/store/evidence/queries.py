"""Reads figures, data sets and web pages; builds the word filter that the lists of one kind of record share."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date

from ahtc_tui.domain.evidence.model import DataSetRow, FigureCard, FigureRow, WebPageRow
from ahtc_tui.domain.filters.model import FilterNoun, TermKind
from ahtc_tui.domain.keys import RowKey
from ahtc_tui.store.contacts.filter_terms import build_area_translator
from ahtc_tui.store.records.cursor import KEYS, Cursor, Table, encode_keys
from ahtc_tui.store.records.fields import read_fields
from ahtc_tui.store.records.rows import select_column, select_mapping, select_one, select_rows
from ahtc_tui.store.search.filters import Condition, Translator, read_condition
from ahtc_tui.store.sql_fragments import FIRST_DAY, SHOWN_TITLE

Parameters = Mapping[str, object] | Sequence[object]
"""Parameters of a query, by name or by position."""

REVISIONS = f"""WITH RECURSIVE chain(id, root, depth) AS (SELECT id, id, 0 FROM figures WHERE NOT deleted
 AND (supersedes IS NULL OR supersedes IN (SELECT id FROM figures WHERE deleted))
 UNION ALL SELECT f.id, c.root, c.depth + 1 FROM figures f JOIN chain c ON f.supersedes = c.id WHERE NOT f.deleted),
 dated AS (SELECT c.id, c.root, c.depth, f.n, {FIRST_DAY.format("f.published_on")} AS first,
 {FIRST_DAY.format("f.published_on")} <= coalesce(day_of_names(), '9999-12-31') AS begun
 FROM chain c JOIN figures f ON f.id = c.id),
 placed AS (SELECT id, root, row_number() OVER (PARTITION BY root ORDER BY begun DESC,
 CASE WHEN begun THEN first END DESC, CASE WHEN begun THEN depth ELSE -depth END DESC, n DESC) AS place FROM dated)"""
"""A figure with its revisions, which may be entered in any order: on a day the one that was published last is valid."""
SUPERSEDED = f"{REVISIONS} SELECT id FROM placed WHERE place > 1"
CURRENT_REVISIONS = f"""{REVISIONS} SELECT p.id AS key, v.id AS value FROM placed p
 JOIN placed v ON v.root = p.root AND v.place = 1"""
IS_PUBLISHED = (
    f"({{0}}.published_on IS NULL OR {FIRST_DAY.format('{0}.published_on')} <= coalesce(day_of_names(), '9999-12-31'))"
)
"""Whether a figure is known on the day: one without a date of publication is."""
WHOLES = "SELECT part_of FROM figures WHERE part_of IS NOT NULL AND NOT deleted"
SOURCES = f"""SELECT s.id, count(*) OVER same AS sources, first_value(s.id) OVER (same ORDER BY s.id NOT IN ({WHOLES}),
 s.id) AS used FROM figures s WHERE NOT s.deleted AND s.id NOT IN ({SUPERSEDED})
 AND {IS_PUBLISHED.format("s")} WINDOW same AS (PARTITION BY s.title, s.unit, s.area, s.period)"""
"""Number of sources for the same figure, and the one that is used: the one whose parts are stored, else the first."""
FIGURE = f"""r.id AS key, r.ref, r.title,
 CASE r.value WHEN CAST(r.value AS INTEGER) THEN CAST(r.value AS INTEGER) ELSE r.value END AS value, r.at_least,
 r.out_of, r.unit, r.period, x.name AS area, {SHOWN_TITLE.format("d")} AS data_set,
 {SHOWN_TITLE.format("w")} AS part_of, w.id AS part_of_key,
 r.caveat, r.source,
 r.after_seed AS later, r.id IN ({SUPERSEDED}) AS superseded, coalesce(u.sources, 1) AS sources,
 u.used IS r.id AS used, r.title_cy, {IS_PUBLISHED.format("r")} AS is_published"""
FIGURE_FROM = f"""figures r LEFT JOIN named_areas x ON x.id = r.area LEFT JOIN data_sets d ON d.id = r.data_set
 LEFT JOIN figures w ON w.id = r.part_of LEFT JOIN ({SOURCES}) u ON u.id = r.id"""

CARD = f"""SELECT d.ref AS data_set_ref, w.ref AS part_of_ref, s.ref || ' ' || {SHOWN_TITLE.format("s")} AS supersedes,
 (SELECT f.ref || ' ' || {SHOWN_TITLE.format("f")} FROM figures f WHERE f.supersedes = r.id AND NOT f.deleted
 ORDER BY f.n DESC LIMIT 1) AS superseded_by, r.published_on, r.note
 FROM {FIGURE_FROM} LEFT JOIN figures s ON s.id = r.supersedes WHERE r.id = ?"""

PARTS = f"""SELECT ref || ' ' || {SHOWN_TITLE.format("figures")} FROM figures WHERE part_of = ? AND NOT deleted
 ORDER BY n"""


def build_word_test(
    kind: str,
    words: str,
    noun: FilterNoun = FilterNoun.RECORDS,
    translators: Mapping[TermKind, Translator] | None = None,
    today: date = date.min,
) -> Condition:
    """Return the condition on rows `r` of a kind that match a filter, and its parameters. Raises BadInput."""
    test, parameters = read_condition(words, (kind,), "r.id", noun, translators, today)
    return f" AND {test}", parameters


def _read_figures(cursor: Cursor, condition: str, parameters: Parameters = ()) -> list[FigureRow]:
    return select_rows(cursor, FigureRow, f"SELECT {FIGURE} FROM {FIGURE_FROM} {condition}", parameters)


def read_figures(cursor: Cursor, words: str = "") -> list[FigureRow]:
    """Return the figures that match the words: sources of the same figure together, parts after their whole."""
    translators = {TermKind.AREA: build_area_translator(cursor, "r.area")}
    test, parameters = build_word_test("figure", words, FilterNoun.FIGURES, translators)
    figures = _read_figures(cursor, f"WHERE NOT r.deleted{test} ORDER BY coalesce(w.n, r.n), r.n", parameters)
    return group_by_series(figures)


def group_by_series(rows: Iterable[FigureRow]) -> list[FigureRow]:
    """Return the rows in their order, but sources of the same figure together, the used one first."""
    sources: dict[tuple[str, str | None, str, str], list[FigureRow]] = {}
    for row in rows:
        sources.setdefault((*row.series_key, row.period.stored_text), []).append(row)
    return [row for group in sources.values() for row in sorted(group, key=lambda row: not row.used)]


def read_other_sources(cursor: Cursor, key: RowKey) -> list[FigureRow]:
    """Return the figures of other sources with the same title, unit, area and period."""
    return _read_figures(
        cursor,
        "JOIN figures s ON s.id = ? WHERE NOT r.deleted AND r.id != s.id AND r.title = s.title AND r.unit = s.unit"
        f" AND r.area IS s.area AND r.period = s.period AND r.id NOT IN ({SUPERSEDED}) AND s.id NOT IN ({SUPERSEDED})"
        " ORDER BY r.n",
        (key,),
    )


def read_series(cursor: Cursor, key: RowKey) -> list[FigureRow]:
    """Return the used figure of each period of a series; superseded figures are left out."""
    figures = _read_figures(
        cursor,
        "JOIN figures s ON s.id = ? WHERE NOT r.deleted AND r.title = s.title AND r.unit = s.unit AND r.area IS s.area"
        " ORDER BY r.period, r.n",
        (key,),
    )
    return [figure for figure in figures if figure.used]


def read_parts(cursor: Cursor, key: RowKey) -> list[FigureRow]:
    """Return the figures that are a part of one."""
    return _read_figures(cursor, "WHERE NOT r.deleted AND r.part_of = ? ORDER BY r.n", (key,))


def read_data_set_figures(cursor: Cursor, data_set: RowKey) -> list[FigureRow]:
    """Return the figures that name a data set as their source."""
    condition = "WHERE NOT r.deleted AND r.data_set = ? ORDER BY coalesce(w.n, r.n), r.n"
    return _read_figures(cursor, condition, (data_set,))


def read_figure(cursor: Cursor, key: RowKey) -> FigureRow:
    """Return the figure with this key."""
    return _read_figures(cursor, "WHERE r.id = ?", (key,))[0]


def read_figure_card(cursor: Cursor, key: RowKey) -> FigureCard:
    """Return everything about one figure."""
    parts = tuple(select_column(cursor, PARTS, (key,)))
    return select_one(cursor, FigureCard, CARD, (key,), row=read_figure(cursor, key), parts=parts)


def read_data_sets(cursor: Cursor, words: str) -> list[DataSetRow]:
    """Return the data sets that match the words, primary ones first, each with its number of figures."""
    test, parameters = build_word_test("data_set", words)
    return _read_data_sets(cursor, f"NOT r.deleted{test}", parameters)


def read_data_set(cursor: Cursor, key: RowKey) -> DataSetRow:
    """Return the data set with this key."""
    return _read_data_sets(cursor, "r.id = ?", (key,))[0]


def _read_data_sets(cursor: Cursor, condition: str, parameters: Parameters) -> list[DataSetRow]:
    query = f"""SELECT r.ref, r.title, r.tier, p.name AS holder, r.source, (SELECT count(*) FROM figures f
 WHERE f.data_set = r.id AND NOT f.deleted) AS figures, r.frequency, r.last_received, r.next_due, r.note, r.title_cy
 FROM data_sets r LEFT JOIN named_parties p ON p.id = r.holder WHERE {condition} ORDER BY r.tier, r.n"""
    return select_rows(cursor, DataSetRow, query, parameters)


def read_copied_fields(cursor: Cursor, key: RowKey) -> dict[str, object]:
    """Return the fields that a revision copies from the figure that it supersedes; not the publication date."""
    names = ("title", "title_cy", "data_set", "value", "unit", "period", "area", "part_of", "caveat", "source", "note")
    return read_fields(cursor, "figures", key, names)


def read_pages(cursor: Cursor, words: str = "") -> list[WebPageRow]:
    """Return the pages that match the words, by day of review; those without a review cycle come last."""
    test, parameters = build_word_test("web_page", words)
    rows = _read_pages(cursor, f"NOT r.deleted{test}", parameters)
    return sorted(rows, key=lambda row: (row.due_on is None, row.due_on))


def read_page(cursor: Cursor, key: RowKey) -> WebPageRow:
    """Return the page with this key."""
    return _read_pages(cursor, "r.id = ?", (key,))[0]


def _read_pages(cursor: Cursor, condition: str, parameters: Parameters) -> list[WebPageRow]:
    query = f"""SELECT r.ref, r.subject, r.link, p.name AS owner, r.last_reviewed, r.cycle_days, r.languages, r.source,
 r.note FROM web_pages r LEFT JOIN named_parties p ON p.id = r.owner WHERE {condition} ORDER BY r.n"""
    return select_rows(cursor, WebPageRow, query, parameters)


def read_current_figures(cursor: Cursor, keys: Collection[RowKey]) -> dict[RowKey, FigureRow]:
    """Return, for each of these figures, the revision that is valid on the day of the workspace."""
    current: dict[RowKey, RowKey] = select_mapping(cursor, CURRENT_REVISIONS)
    rows = {row.key: row for row in read_figures(cursor)}
    return {key: rows[current[key]] for key in keys if current.get(key) in rows}


def read_last_writes(
    cursor: Cursor, table: Table, keys: Collection[RowKey], fields: Collection[str]
) -> dict[RowKey, int]:
    """Return the place in the journal of the last change of some fields of each record; a new one has them all."""
    marks = ", ".join(f":f{n}" for n in range(len(fields) + 1))
    query = f"""SELECT row_id AS key, max(seq) AS value FROM change WHERE "table" = :table
 AND row_id IN {KEYS.format(":keys")} AND field IN ({marks}) GROUP BY row_id"""
    named = {f"f{n}": field for n, field in enumerate(("_row", *fields))}
    return select_mapping(cursor, query, {"table": table, "keys": encode_keys(keys), **named})
