"""The whole office as one archive: a page that says what is in it, a CSV and a JSON of every table, and a manifest.

The same office makes the same bytes. Rows are written as they come: the archive is never held in memory.
"""

from __future__ import annotations

import csv
import hashlib
import json
import zipfile
from collections.abc import Callable, Iterator, Sequence
from html import escape
from io import TextIOWrapper
from pathlib import Path
from typing import Any

from ahtc_tui.domain.backup.full_export import FORMAT, VERSION, About, Row, TableShape
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.record_names import record_words
from ahtc_tui.formats.csv.cells import harmless

MANIFEST = "manifest.json"
WORDS = {
    "step": "history: what was done, when, by whom",
    "change": "history: every field that was written",
    "counter": "the last number given out",
    "erasure": "records that were erased, without names",
    "setting": "settings of the office",
}
"""What is no record, in words."""
STYLE = """body{font:16px/1.5 sans-serif;max-width:52em;margin:2em auto;padding:0 1em;color:#111}
.mark{font-weight:bold;letter-spacing:.05em}table{border-collapse:collapse}
td,th{text-align:left;padding:.2em 1.2em .2em 0;border-bottom:1px solid #bbb}td.n{text-align:right}"""

Rows = Callable[[TableShape], Iterator[Row]]


def write_everything(path: Path, about: About, shapes: Sequence[TableShape], rows: Rows) -> None:
    """Write the archive; `rows` gives those of a table anew each time it is asked."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        _put(archive, "index.html", _page(about, shapes))
        for shape in shapes:
            raw = archive.open(_member(f"csv/{shape.name}.csv"), "w", force_zip64=True)
            with TextIOWrapper(raw, encoding="utf-8-sig", newline="") as text:
                writer = csv.writer(text)
                writer.writerow(shape.headings)
                writer.writerows([_cell(row[name]) for name in shape.headings] for row in rows(shape))
        sums = {shape.name: _json(archive, shape, rows(shape)) for shape in shapes}
        _put(archive, MANIFEST, _manifest(about, shapes, sums))


def _member(name: str) -> zipfile.ZipInfo:
    """A member without a clock, packed, readable by its owner."""
    member = zipfile.ZipInfo(name)
    member.compress_type, member.create_system, member.external_attr = zipfile.ZIP_DEFLATED, 3, 0o600 << 16
    return member


def _put(archive: zipfile.ZipFile, name: str, text: str) -> None:
    archive.writestr(_member(name), text)


def _cell(value: Any) -> str:
    return "" if value is None else harmless(value) if isinstance(value, str) else str(value)


def _json(archive: zipfile.ZipFile, shape: TableShape, rows: Iterator[Row]) -> str:
    """Write the rows as a list, one a line; returns the SHA-256 of the file."""
    found = hashlib.sha256()
    with archive.open(_member(f"json/{shape.name}.json"), "w", force_zip64=True) as raw:

        def put(text: str) -> None:
            data = text.encode()
            found.update(data)
            raw.write(data)

        put("[")
        for number, row in enumerate(rows):
            put((",\n" if number else "\n") + json.dumps(row, ensure_ascii=False))
        put("\n]\n")
    return found.hexdigest()


def _manifest(about: About, shapes: Sequence[TableShape], sums: dict[str, str]) -> str:
    tables = {
        shape.name: {"rows": shape.rows, "columns": list(shape.columns), "sha256": sums[shape.name]} for shape in shapes
    }
    head = {
        "format": FORMAT,
        "version": VERSION,
        "schema": about.schema,
        "as_at": about.as_at,
        "marking": about.marking,
        "devices": about.devices,
    }
    return json.dumps({**head, "tables": tables}, ensure_ascii=False, indent=1) + "\n"


def _page(about: About, shapes: Sequence[TableShape]) -> str:
    title = _("Everything that the desk of the Anti Human Trafficking Co-ordinator holds")
    said = _(
        "A table of each kind of record, as CSV for a spreadsheet and as JSON for programs. Keys are letters and"
        " figures; beside each stands the reference that people use, in the column that ends in _ref. An apostrophe"
        " before a cell of the CSV keeps a spreadsheet from running it. The command “ahtc import everything” makes the"
        " desk anew from the JSON, history included."
    )
    mark = f'<p class="mark">{escape(about.marking.upper())}</p>'
    return (
        f'<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8"><title>{escape(title)}</title>'
        f"<style>{STYLE}</style></head><body>{mark}<h1>{escape(title)}</h1>"
        f"<p>{escape(_('As at {day}.').format(day=about.as_at))} {escape(said)}</p>"
        f"<table><tr><th>{escape(_('Table'))}</th><th>{escape(_('Rows'))}</th><th></th><th></th></tr>"
        f"{''.join(map(_line, shapes))}</table>{mark}</body></html>\n"
    )


def _line(shape: TableShape) -> str:
    words = _(WORDS[shape.name]) if shape.name in WORDS else record_words(shape.name)
    links = "".join(f'<td><a href="{kind}/{shape.name}.{kind}">{kind.upper()}</a></td>' for kind in ("csv", "json"))
    return f'<tr><td>{escape(words)}</td><td class="n">{shape.rows}</td>{links}</tr>'
