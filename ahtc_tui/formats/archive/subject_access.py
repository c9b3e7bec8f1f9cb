"""Writer of the answer to a request for information: a readable page, a CSV file per kind of record, JSON, and
redactions.

The marking is on every file.
"""

from __future__ import annotations

import csv
import json
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from html import escape
from io import StringIO
from pathlib import Path

from ahtc_tui.domain.dates.date_as_known import format_long_date
from ahtc_tui.domain.documents.office_paper import list_filled_columns
from ahtc_tui.domain.i18n import _, get_current_language, gettext_noop
from ahtc_tui.domain.privacy.archive_headings import format_table_heading
from ahtc_tui.domain.privacy.data_protection import Held, Redaction
from ahtc_tui.domain.record_names import PROGRAM_FIELDS, format_field_name
from ahtc_tui.formats.text_table import escape_formula


@dataclass(frozen=True, slots=True)
class SubjectAccessArchive:
    """Content of the archive without the records."""

    title: str
    marking: str
    summary: Sequence[tuple[str, str]]
    """Labelled lines at the beginning of the page."""
    redactions: Sequence[Redaction]
    redactions_note: str
    """Text above the names of other people."""
    no_redactions_note: str
    """Text if there are no other people."""
    headings: Mapping[str, str]
    """Message of the heading of a kind of record; other kinds have the heading of their table."""


KIND_LABELS = {
    "parties": gettext_noop("Register entry"),
    "people": gettext_noop("Register entry, as a person"),
    "aliases": gettext_noop("Other names"),
    "addresses": gettext_noop("Addresses"),
    "contact_points": gettext_noop("Phones and emails"),
    "holdings": gettext_noop("Posts held"),
    "seats": gettext_noop("Seats"),
    "occupancies": gettext_noop("Seats filled for an organisation or post, or as a deputy"),
    "attendances": gettext_noop("Attendance at meetings"),
    "invitations": gettext_noop("Invitations"),
    "engagement_parties": gettext_noop("Calls, visits and other contact"),
    "interests": gettext_noop("Declared interests"),
    "promises": gettext_noop("Promises made or received"),
    "actions": gettext_noop("Actions led or closed"),
    "action_parties": gettext_noop("Actions supported"),
    "updates": gettext_noop("Progress reported"),
    "agenda_items": gettext_noop("Agenda items presented"),
    "papers": gettext_noop("Papers saved"),
    "chases": gettext_noop("Reminders sent"),
    "dispatches": gettext_noop("Returns sent"),
    "circulation_answers": gettext_noop("Answers by correspondence"),
    "poll_answers": gettext_noop("Answers to date polls"),
    "circulation_members": gettext_noop("Circulation lists"),
    "not_duplicates": gettext_noop("Checked as a possible duplicate"),
    "accounts": gettext_noop("Account in the history"),
    "journal": gettext_noop("History: who changed what, and when"),
    "mention: minute_lines": gettext_noop("Named in minutes"),
    "mention: updates": gettext_noop("Named in progress on actions"),
    "mention: actions": gettext_noop("Named in actions"),
    "mention: meetings": gettext_noop("Named in notes of meetings"),
    "mention: issues": gettext_noop("Named in minutes as they were issued"),
    "mention: paper_files": gettext_noop("Named in files of papers"),
    "mention: circulation_files": gettext_noop("Named in edited files of members"),
}
"""Kinds of records about a person with their headings, in page order."""

HISTORY_LABELS = {"was": gettext_noop("Before"), "is": gettext_noop("After")}
"""Fields of a change in the history whose label is another one than in a record."""

STYLE = """body{font:16px/1.5 sans-serif;max-width:62em;margin:2em auto;padding:0 1em;color:#111}
h1,h2{line-height:1.2}h2{margin-top:2em;border-bottom:2px solid #111}.mark{font-weight:bold;letter-spacing:.05em}
table{border-collapse:collapse;width:100%}td,th{text-align:left;vertical-align:top;padding:.3em .6em .3em 0;
border-bottom:1px solid #bbb}td.day{white-space:nowrap}dl{margin:0;display:grid;grid-template-columns:max-content 1fr;
gap:0 .8em}dt{color:#555}dd{margin:0;overflow-wrap:anywhere;white-space:pre-line}.gone{color:#555}"""


def list_fields(record: Held) -> list[tuple[str, str]]:
    """Return the fields of a record for people; the JSON has those of programs as well."""
    return [(name, text) for name, text in record.fields if name not in PROGRAM_FIELDS]


def format_label(kind: str, name: str) -> str:
    """Return the label of a field of a kind of record, with a capital."""
    if kind == "journal" and name in HISTORY_LABELS:
        return _(HISTORY_LABELS[name])
    return format_field_name(name) if name else ""


def format_heading(kind: str, headings: Mapping[str, str]) -> str:
    """Return the heading of a kind of record."""
    if kind in headings:
        return _(headings[kind])
    heading = format_table_heading(kind.removeprefix("mention: "))
    return _("Named in: {kind}").format(kind=heading) if kind.startswith("mention: ") else heading


def group_by_kind(held: Iterable[Held]) -> dict[str, list[Held]]:
    """Return the records by kind in page order, each kind sorted by day."""
    kinds: dict[str, list[Held]] = {kind: [] for kind in KIND_LABELS}
    for record in held:
        kinds.setdefault(record.kind, []).append(record)
    history = kinds.pop("journal")
    ordered = {kind: sorted(records, key=lambda record: record.day or "") for kind, records in kinds.items() if records}
    return ordered | ({"journal": history} if history else {})


def write_subject_archive(path: Path, archive: SubjectAccessArchive, held: Sequence[Held]) -> None:
    """Write the archive to `path`, replacing any file."""
    kinds = group_by_kind(held)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as zip_file:
        zip_file.writestr("index.html", _build_page(archive, kinds))
        for kind, records in kinds.items():
            zip_file.writestr(f"{format_file_name(kind)}.csv", _build_table(records, archive.marking))
        headings = tuple(map(format_field_name, ("name", "file", "record", "field")))
        lines = [
            (redaction.name, redaction.file, redaction.source, format_label("", redaction.field))
            for redaction in archive.redactions
        ]
        zip_file.writestr("redactions.csv", _format_csv([headings, *lines], archive.marking))
        zip_file.writestr("everything.json", _build_json(archive, kinds))


def name_files(held: Iterable[Held]) -> dict[str, str]:
    """Return the name of the CSV file of each kind of record."""
    return {record.kind: f"{format_file_name(record.kind)}.csv" for record in held}


def format_file_name(kind: str) -> str:
    """Return the name of the CSV file of a kind, without its suffix."""
    return kind.replace("mention: ", "named-in-").replace("_", "-")


def _build_json(archive: SubjectAccessArchive, kinds: dict[str, list[Held]]) -> str:
    listed = {
        kind: [
            {
                "record": record.source,
                "day": record.day,
                "through": record.through,
                "removed": record.removed,
                **dict(record.fields),
            }
            for record in records
        ]
        for kind, records in kinds.items()
    }
    about = {"marking": archive.marking, "about": dict(archive.summary), "held": listed}
    return json.dumps(about, ensure_ascii=False, indent=1)


def _build_table(records: Sequence[Held], marking: str) -> str:
    """Return the records as CSV, without the columns that have no value in any row."""
    kind = records[0].kind
    names = list(dict.fromkeys(name for record in records for name, _value in list_fields(record)))
    through = _("Time") if kind == "journal" else _("Field with the name")
    headings = (_("Record"), _("Date"), through, _("Removed"), *(format_label(kind, name) for name in names))
    rows = []
    for record in records:
        values = dict(record.fields)
        removed = _("removed") if record.removed else ""
        related = record.through if kind == "journal" else format_label("", record.through)
        rows.append((record.source, record.day or "", related, removed, *(values.get(name, "") for name in names)))
    filled = list_filled_columns(rows)
    return _format_csv([[row[n] for n in filled] for row in (headings, *rows)], marking)


def _format_csv(lines: Iterable[Sequence[str]], marking: str) -> str:
    buffer = StringIO(newline="")
    writer = csv.writer(buffer)
    writer.writerow((marking,))
    writer.writerows(map(escape_formula, line) for line in lines)
    return "\ufeff" + buffer.getvalue()


def _build_page(archive: SubjectAccessArchive, kinds: dict[str, list[Held]]) -> str:
    title, marking = escape(archive.title), f'<p class="mark">{escape(archive.marking)}</p>'
    head = "".join(f"<dt>{escape(label)}</dt><dd>{escape(text)}</dd>" for label, text in archive.summary)
    contents_heading = _("Contents")
    contents = "".join(
        f'<li><a href="#{format_file_name(kind)}">{escape(format_heading(kind, archive.headings))}</a>, {len(records)}:'
        f' <a href="{format_file_name(kind)}.csv">{format_file_name(kind)}.csv</a></li>'
        for kind, records in kinds.items()
    )
    body = "".join(_build_section(kind, records, archive.headings) for kind, records in kinds.items())
    return (
        f'<!DOCTYPE html>\n<html lang="{get_current_language().languages[0]}">'
        f'<head><meta charset="utf-8"><title>{title}</title>'
        f"<style>{STYLE}</style></head><body>{marking}<h1>{title}</h1>"
        f"<dl>{head}</dl><h2>{escape(contents_heading)}</h2><ul>{contents}</ul>{_build_redactions(archive)}{body}"
        f"{marking}</body></html>\n"
    )


def _build_redactions(archive: SubjectAccessArchive) -> str:
    names: dict[str, list[str]] = {}
    for redaction in archive.redactions:
        names.setdefault(redaction.name, []).append(f"{redaction.file}: {redaction.source}")
    heading = _("Other people")
    if not names:
        return f"<h2>{escape(heading)}</h2><p>{escape(archive.no_redactions_note)}</p>"
    rows = "".join(
        f"<tr><td>{escape(name)}</td><td>{len(places)}</td><td>{escape('; '.join(dict.fromkeys(places)))}</td></tr>"
        for name, places in names.items()
    )
    head = f'<h2 id="redactions">{escape(heading)}</h2>'
    return f"{head}<p>{escape(archive.redactions_note)}</p><table>{rows}</table>"


def _build_section(kind: str, records: Sequence[Held], headings: Mapping[str, str]) -> str:
    rows = "".join(_build_row(record) for record in records)
    return f'<h2 id="{format_file_name(kind)}">{escape(format_heading(kind, headings))}</h2><table>{rows}</table>'


def _build_row(record: Held) -> str:
    fields = "".join(
        f"<dt>{escape(format_label(record.kind, name))}</dt><dd>{escape(text)}</dd>"
        for name, text in list_fields(record)
    )
    removed = escape(_("removed"))
    source = escape(record.source) + (f' <span class="gone">({removed})</span>' if record.removed else "")
    return f'<tr><td class="day">{escape(_format_day(record.day))}</td><td>{source}</td><td><dl>{fields}</dl></td></tr>'


def _format_day(day: str | None) -> str:
    """Return a day in words; what is known less exactly, as it is stored."""
    with suppress(ValueError):
        return format_long_date(date.fromisoformat(day or ""))
    return day or ""
