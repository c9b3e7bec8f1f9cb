"""What is held on a person or a subject as one archive: a readable page, a table of each kind, all as data, redactions.

Never decides what belongs in it. Its marking stands on everything in it.
"""

from __future__ import annotations

import csv
import json
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from io import StringIO
from pathlib import Path

from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.privacy.data_protection import Held, Redaction
from ahtc_tui.formats.csv.cells import harmless


@dataclass(frozen=True, slots=True)
class Archive:
    """What the archive says, but for the records themselves."""

    title: str
    marking: str
    told: Sequence[tuple[str, str]]
    """The lines at its head, labelled."""
    redactions: Sequence[Redaction]
    to_look_at: str
    """What is said above the names to be looked at."""
    nobody: str
    """What is said where there are none."""
    headings: Mapping[str, str]
    """What a kind of record is called on the page; others by the name of their table."""


KINDS = {
    "parties": "Register entry",
    "people": "Register entry, as a person",
    "aliases": "Other names",
    "holdings": "Posts held",
    "seats": "Seats",
    "occupancies": "Seats filled for an organisation or post, or as a deputy",
    "attendances": "Attendance at meetings",
    "invitations": "Invitations",
    "engagement_parties": "Calls, visits and other contact",
    "actions": "Actions led or closed",
    "action_parties": "Actions supported",
    "updates": "Progress reported",
    "agenda_items": "Agenda items presented",
    "papers": "Papers written",
    "chases": "Reminders sent",
    "dispatches": "Returns sent",
    "circulation_members": "Circulation lists",
    "not_duplicates": "Looked at as a duplicate of somebody else",
    "journal": "History: who wrote what, and when",
    "mention: minute_lines": "Named in minutes",
    "mention: updates": "Named in progress on actions",
    "mention: actions": "Named in actions",
    "mention: meetings": "Named in notes of meetings",
    "mention: issues": "Named in minutes as they were issued",
}
"""The kinds of record held on a person, in the words of the reader and in the order of the page."""

STYLE = """body{font:16px/1.5 sans-serif;max-width:62em;margin:2em auto;padding:0 1em;color:#111}
h1,h2{line-height:1.2}h2{margin-top:2em;border-bottom:2px solid #111}.mark{font-weight:bold;letter-spacing:.05em}
table{border-collapse:collapse;width:100%}td,th{text-align:left;vertical-align:top;padding:.3em .6em .3em 0;
border-bottom:1px solid #bbb}td.day{white-space:nowrap}dl{margin:0;display:grid;grid-template-columns:max-content 1fr;
gap:0 .8em}dt{color:#555}dd{margin:0;overflow-wrap:anywhere;white-space:pre-line}.gone{color:#555}"""


def heading(kind: str, headings: Mapping[str, str]) -> str:
    """What a kind of record is called on the page."""
    if kind in headings:
        return _(headings[kind])
    words = kind.removeprefix("mention: ").replace("_", " ")
    return _("Named in {kind}").format(kind=words) if kind.startswith("mention: ") else words.capitalize()


def in_order(held: Iterable[Held]) -> dict[str, list[Held]]:
    """What is held by kind, in the order of the page, each kind by day."""
    kinds: dict[str, list[Held]] = {kind: [] for kind in KINDS}
    for one in held:
        kinds.setdefault(one.kind, []).append(one)
    history = kinds.pop("journal")
    ordered = {kind: sorted(some, key=lambda one: one.day or "") for kind, some in kinds.items() if some}
    return ordered | ({"journal": history} if history else {})


def write_subject_zip(path: Path, archive: Archive, held: Sequence[Held]) -> None:
    """Write the archive."""
    kinds = in_order(held)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as whole:
        whole.writestr("index.html", _page(archive, kinds))
        for kind, some in kinds.items():
            whole.writestr(f"{file_name(kind)}.csv", _table(some, archive.marking))
        lines = [(one.name, one.file, one.source, one.field) for one in archive.redactions]
        whole.writestr("redactions.csv", _csv([("name", "file", "record", "field"), *lines], archive.marking))
        whole.writestr("everything.json", _data(archive, kinds))


def file_name(kind: str) -> str:
    """The name of the table of a kind, without its ending."""
    return kind.replace("mention: ", "named-in-").replace("_", "-")


def _data(archive: Archive, kinds: dict[str, list[Held]]) -> str:
    listed = {
        kind: [
            {"record": one.source, "day": one.day, "through": one.through, "removed": one.removed, **dict(one.fields)}
            for one in some
        ]
        for kind, some in kinds.items()
    }
    about = {"marking": archive.marking, "about": dict(archive.told), "held": listed}
    return json.dumps(about, ensure_ascii=False, indent=1)


def _table(some: Sequence[Held], marking: str) -> str:
    names = list(dict.fromkeys(name for one in some for name, _value in one.fields))
    lines: list[tuple[str, ...]] = [("record", "day", "through", "removed", *names)]
    for one in some:
        said = dict(one.fields)
        gone = "yes" if one.removed else ""
        lines.append((one.source, one.day or "", one.through, gone, *(said.get(name, "") for name in names)))
    return _csv(lines, marking)


def _csv(lines: Iterable[Sequence[str]], marking: str) -> str:
    made = StringIO(newline="")
    writer = csv.writer(made)
    writer.writerow((marking,))
    writer.writerows(map(harmless, line) for line in lines)
    return "\ufeff" + made.getvalue()


def _page(archive: Archive, kinds: dict[str, list[Held]]) -> str:
    title, mark = escape(archive.title), f'<p class="mark">{escape(archive.marking)}</p>'
    head = "".join(f"<dt>{escape(label)}</dt><dd>{escape(text)}</dd>" for label, text in archive.told)
    contents = "".join(
        f'<li><a href="#{file_name(kind)}">{escape(heading(kind, archive.headings))}</a>, {len(some)}:'
        f' <a href="{file_name(kind)}.csv">{file_name(kind)}.csv</a></li>'
        for kind, some in kinds.items()
    )
    body = "".join(_section(kind, some, archive.headings) for kind, some in kinds.items())
    return (
        f'<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8"><title>{title}</title>'
        f"<style>{STYLE}</style></head><body>{mark}<h1>{title}</h1>"
        f"<dl>{head}</dl><h2>{escape(_('Contents'))}</h2><ul>{contents}</ul>{_redacted(archive)}{body}"
        f"{mark}</body></html>\n"
    )


def _redacted(archive: Archive) -> str:
    names: dict[str, list[str]] = {}
    for one in archive.redactions:
        names.setdefault(one.name, []).append(f"{one.file}: {one.source}")
    if not names:
        return f"<h2>{escape(_('Other people'))}</h2><p>{escape(archive.nobody)}</p>"
    rows = "".join(
        f"<tr><td>{escape(name)}</td><td>{len(places)}</td><td>{escape('; '.join(dict.fromkeys(places)))}</td></tr>"
        for name, places in names.items()
    )
    head = f'<h2 id="redactions">{escape(_("Other people"))}</h2>'
    return f"{head}<p>{escape(archive.to_look_at)}</p><table>{rows}</table>"


def _section(kind: str, some: Sequence[Held], headings: Mapping[str, str]) -> str:
    rows = "".join(_row(one) for one in some)
    return f'<h2 id="{file_name(kind)}">{escape(heading(kind, headings))}</h2><table>{rows}</table>'


def _row(one: Held) -> str:
    fields = "".join(f"<dt>{escape(name.replace('_', ' '))}</dt><dd>{escape(text)}</dd>" for name, text in one.fields)
    source = escape(one.source) + (f' <span class="gone">({escape(_("removed"))})</span>' if one.removed else "")
    return f'<tr><td class="day">{escape(one.day or "")}</td><td>{source}</td><td><dl>{fields}</dl></td></tr>'
