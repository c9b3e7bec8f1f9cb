"""The field of each column of a table: from mappings, from its heading and values, or from the answer to a question."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from ahtc_tui.domain.case_data.detector import find_case_data_heading
from ahtc_tui.domain.errors import BadInput
from ahtc_tui.domain.i18n import _, ngettext
from ahtc_tui.domain.imports.report import ColumnMapping, FileWarning, Question
from ahtc_tui.domain.imports.sheets import format_cell_value
from ahtc_tui.domain.record_names import format_field
from ahtc_tui.domain.returns.column_fields import (
    MAPPED,
    SIMILAR,
    USUAL,
    WEIGHED,
    ColumnReading,
    is_owner_of_text,
    is_plain_date,
    list_text_columns,
    weigh_columns,
)
from ahtc_tui.domain.returns.column_profiles import ColumnProfile
from ahtc_tui.domain.returns.heading_vocabulary import FIELD_HEADINGS, HEADS, normalize_heading
from ahtc_tui.domain.returns.headings import resolve_heading, resolve_headings
from ahtc_tui.domain.returns.model import ROW_IDS, ROW_SENT, SENT_BATCH, SENT_KEY, STATED_FIELDS
from ahtc_tui.domain.returns.table_evidence import MARK_FIELDS
from ahtc_tui.domain.text.normalization import normalize_text
from ahtc_tui.services.imports.actions.model import LogTable
from ahtc_tui.services.imports.actions.reading_context import SAMPLED_LINES, ReadingContext
from ahtc_tui.services.imports.file_plan import build_choice_error, build_question_id

if TYPE_CHECKING:
    from ahtc_tui.domain.imports.sheets import CellValue, Table

_HIDDEN_FIELDS = ("row_id", "row_hash", "row_sent", "row_ids")
_REPEATABLE_FIELDS = ("update", "comment", "support")
"""Fields that several columns may have; all of them are read."""
_SAMPLE_COUNT, _SAMPLE_LENGTH = 3, 60
_MAX_ALTERNATIVES = 3
_MIN_SHARE = 0.6
"""Share of the values of an unknown column that must suit a field for the hint to name it."""


def check_mappings(columns: Mapping[str, str]) -> dict[str, str]:
    """Return column mappings by normalized heading; an empty field omits the column. Raises BadInput."""
    for heading, field in columns.items():
        _check_field(heading, field)
    return {normalize_text(heading): field for heading, field in columns.items()}


def list_mappable_fields() -> list[str]:
    """Return the fields that a column may have."""
    return [*(field for field in FIELD_HEADINGS if not field.startswith("row_")), *STATED_FIELDS]


def _check_field(heading: str, field: str) -> None:
    known_fields = list_mappable_fields()
    if field and field not in known_fields:
        sentence = _('"{heading}" cannot mean "{field}". Choose one of {fields}.')
        raise BadInput(sentence.format(heading=heading, field=field, fields=", ".join(known_fields)))


def resolve_column(heading: str, mappings: Mapping[str, str]) -> str | None:
    """Return the field of a heading: from the mappings, a hidden heading of a return, or a usual heading."""
    key = normalize_text(heading)
    if key in mappings:
        return mappings[key] or None
    for hidden_heading in (ROW_SENT, ROW_IDS, SENT_KEY, SENT_BATCH):
        if key == normalize_text(hidden_heading):
            return hidden_heading
    return resolve_heading(heading)


def read_columns(context: ReadingContext, table: Table) -> LogTable:
    """Return a table with the field of each column, weighed from its heading and its first lines."""
    fields = _resolve_fields(table.headers, context.mappings)
    mapped = [
        field in _HIDDEN_FIELDS or normalize_text(heading) in context.mappings
        for heading, field in zip(table.headers, fields, strict=True)
    ]
    profiles = context.profiles.build_profiles(table, context.records.register)
    readings = tuple(weigh_columns(table.headers, fields, profiles, mapped))
    return LogTable(table.sheet, table.headers, readings, profiles, table.hidden)


def _resolve_fields(headings: tuple[str, ...], mappings: Mapping[str, str]) -> tuple[str | None, ...]:
    """Return the field of each heading; a field occurs once, except for mapped, hidden and repeatable ones."""
    default_fields = resolve_headings(["" if normalize_text(heading) in mappings else heading for heading in headings])
    mapped_fields = {field for heading in headings if (field := mappings.get(normalize_text(heading)))}
    fields: list[str | None] = []
    for heading, default_field in zip(headings, default_fields, strict=True):
        field = resolve_column(heading, mappings)
        is_repeated = field in _REPEATABLE_FIELDS and default_field != "title"
        if normalize_text(heading) in mappings or field in _HIDDEN_FIELDS or is_repeated:
            fields.append(field)
        else:
            fields.append(None if default_field in mapped_fields else default_field)
    return tuple(fields)


def ask_text_column(context: ReadingContext, table: Table, log_table: LogTable) -> LogTable:
    """Ask which column has the text of the actions; return the table with that column, or unchanged while it is open.

    Raises BadInput for an answer that is not a heading of the table.
    """
    positions = list_text_columns(log_table.headings, log_table.fields, log_table.profiles)
    if not positions:
        return log_table
    best, *others = positions
    sentence = _('which column is the text of the actions? The best guess is "{best}" ({n} words a row){others}')
    names = ", ".join(f'"{log_table.headings[position]}"' for position in others[:_MAX_ALTERNATIVES])
    reason = sentence.format(
        best=log_table.headings[best],
        n=round(log_table.profiles[best].words),
        others=_("; otherwise {names}").format(names=names) if names else "",
    )
    identifier = build_question_id(context.file.path.name, "column", *map(normalize_text, log_table.headings))
    answer = context.resolve_once(_build_question(identifier, log_table.headings[best], reason, table, "title"))
    if answer in ("", "ours"):
        return log_table
    keys = [normalize_text(heading) for heading in log_table.headings]
    if answer != "theirs" and normalize_text(answer) not in keys:
        sentence = _('Question {id}: the file has no column "{heading}".')
        raise BadInput(sentence.format(id=identifier, heading=answer))
    position = best if answer == "theirs" else keys.index(normalize_text(answer))
    return _set_field(context, log_table, position, "title")


def ask_guessed_columns(context: ReadingContext, table: Table, log_table: LogTable) -> LogTable:
    """Ask about each column whose values alone suggest a field. Raises BadInput for an answer that is not a field."""
    for position, reading in enumerate(log_table.readings):
        heading = log_table.headings[position]
        if not reading.guess:
            continue
        sentence = _('is the column "{heading}" the {field}? Only the values suggest it')
        reason = sentence.format(heading=heading, field=format_field(reading.guess))
        identifier = build_question_id(context.file.path.name, "column", normalize_text(heading), reading.guess)
        answer = context.resolve_once(_build_question(identifier, heading, reason, table, reading.guess))
        if answer not in ("", "ours"):
            field = reading.guess if answer == "theirs" else answer
            _check_field(heading, field)
            log_table = _set_field(context, log_table, position, field)
    return log_table


def ask_rival_columns(context: ReadingContext, table: Table, log_table: LogTable) -> LogTable:
    """Ask about each left-out column that has the heading of a column that was taken, and other values than it.

    Raises BadInput for an answer that is none.
    """
    for position in range(len(log_table.headings)):
        field = _find_rival_field(context, log_table, position)
        if field is None:
            continue
        taken = log_table.positions[field][0]
        count = sum(_differs(values[position], values[taken]) for values in table.values)
        if not count:
            continue
        names = [f"{log_table.headings[index]} ({_name_column(table, index)})" for index in (taken, position)]
        reason = ngettext(
            'two columns may be the {field}, and differ in {n} row. "{other}" is taken. Is it "{heading}" instead?',
            'two columns may be the {field}, and differ in {n} rows. "{other}" is taken. Is it "{heading}" instead?',
            count,
            field=format_field(field),
            other=names[0],
            heading=names[1],
        )
        identifier = build_question_id(context.file.path.name, "column", field, *names)
        answer = context.resolve_once(_build_question(identifier, names[1], reason, table, field))
        if answer not in ("", "ours", "theirs"):
            raise build_choice_error(identifier, answer)
        if answer == "theirs":
            readings = list(log_table.readings)
            readings[taken], readings[position] = ColumnReading(None, 0), ColumnReading(field, MAPPED)
            log_table = replace(log_table, readings=tuple(readings))
    return log_table


def _find_rival_field(context: ReadingContext, log_table: LogTable, position: int) -> str | None:
    """Return the field that a left-out column may have in place of another one; None where it has none."""
    heading, reading = log_table.headings[position], log_table.readings[position]
    profile = log_table.profiles[position]
    if reading.field or reading.guess or not profile.filled or normalize_text(heading) in context.mappings:
        return None
    if is_plain_date(heading):
        return None  # the day of what was noted
    has_states = profile.states >= _MIN_SHARE and set(normalize_heading(heading).split()) & set(HEADS["status"])
    field = resolve_heading(heading) or ("status" if has_states else None)
    if field not in MARK_FIELDS or field not in log_table.positions:
        return None
    taken = log_table.positions[field][0]
    is_certain = log_table.readings[taken].confidence == MAPPED or (
        field == "lead" and is_owner_of_text(log_table.headings, log_table.fields, taken)
    )
    return None if is_certain else field


def _differs(value: CellValue, taken: CellValue) -> bool:
    text = normalize_text(format_cell_value(value))
    return bool(text) and text != normalize_text(format_cell_value(taken))


def _name_column(table: Table, position: int) -> str:
    return table.columns[position] if table.columns else str(position + 1)


def _build_question(identifier: str, heading: str, reason: str, table: Table, field: str) -> Question:
    return Question(
        identifier, None, "column", None, None, heading, reason, table.header_address or table.sheet, proposed=field
    )


def _set_field(context: ReadingContext, log_table: LogTable, position: int, field: str) -> LogTable:
    """Return the table with the field of one column, which is remembered."""
    readings = list(log_table.readings)
    readings[position] = ColumnReading(field, MAPPED)
    heading = log_table.headings[position]
    context.file.learnt_columns[normalize_text(heading)] = field
    return replace(log_table, readings=tuple(readings))


def describe_columns(context: ReadingContext, log_table: LogTable, table: Table) -> Iterator[ColumnMapping]:
    """Yield the mapping of each column that has a heading or a value, except for hidden fields."""
    for position, (heading, reading) in enumerate(zip(log_table.headings, log_table.readings, strict=True)):
        if reading.field in _HIDDEN_FIELDS:
            continue
        samples: list[str] = []
        for line in table.lines[:SAMPLED_LINES]:
            text = line.cells[position].text[:_SAMPLE_LENGTH] if position < len(line.cells) else ""
            if text and text not in samples:
                samples.append(text)
            if len(samples) == _SAMPLE_COUNT:
                break
        if heading or samples:
            why = _explain_reading(context, heading, reading)
            letters = table.columns[position] if table.columns else ""
            yield ColumnMapping(
                log_table.sheet, heading, reading.field, reading.confidence, tuple(samples), letters, why
            )


def _explain_reading(context: ReadingContext, heading: str, reading: ColumnReading) -> str:
    """Return why a column has its field, or none."""
    if normalize_text(heading) in context.mappings or reading.confidence == MAPPED:
        return _("it is mapped: by you, by an earlier answer or in headings.toml")
    if reading.guess:
        return _("only its values suggest the field {field}, so it is a question").format(
            field=format_field(reading.guess)
        )
    if reading.field is None and resolve_heading(heading):
        return _("its values do not suit the field of its heading, or another column has that field")
    reasons = {
        USUAL: _("it is a usual heading of this field"),
        SIMILAR: _("its heading is similar to a usual one"),
        WEIGHED: _("its heading and its values together suggest this field"),
    }
    return reasons.get(reading.confidence, _("no field has such a heading"))


def warn_about_columns(context: ReadingContext, table: Table, log_table: LogTable) -> Iterator[FileWarning]:
    """Name the headings that look like case data, and the columns with values that have no field."""
    address, fields = table.header_address or log_table.sheet, log_table.fields
    for heading in log_table.headings:
        if reason := find_case_data_heading(heading):
            sentence = _('the column "{heading}" looks like {reason}. Case data must not be kept')
            yield FileWarning(address, sentence.format(heading=heading, reason=reason))
    unknown = {
        heading: profile
        for heading, reading, profile in zip(log_table.headings, log_table.readings, log_table.profiles, strict=True)
        if heading
        and reading.field is None
        and not reading.guess
        and normalize_text(heading) not in context.mappings
        and profile.filled
        and (profile.numbers < 1 or profile.dates or "percent" in normalize_heading(heading).split())
        and (
            resolve_heading(heading) in (None, "title")
            or profile.prose
            or profile.dates
            or (resolve_heading(heading) not in fields)
        )
    }
    if unknown:
        names = '", "'.join(unknown)
        proposals = {heading: _propose_field(profile, log_table.fields) for heading, profile in unknown.items()}
        first = next((heading for heading, field in proposals.items() if field != "update"), next(iter(unknown)))
        sentence = ngettext(
            'unknown column, left out: "{names}". Map it with m, or with --map "{first}={field}"',
            'unknown columns, left out: "{names}". Map one with m, or with --map "{first}={field}"',
            len(unknown),
            names=names,
            first=first,
            field=proposals[first],
        )
        yield FileWarning(address, sentence, field="column")


def _propose_field(profile: ColumnProfile, fields: Sequence[str | None]) -> str:
    """Return the field that the values of an unknown column suit best, of those that no other column has."""
    shares = {"lead": profile.names, "due": profile.dates, "status": profile.states}
    field = max(shares, key=lambda name: shares[name])
    if shares[field] < _MIN_SHARE:
        return "update"
    return {"lead": "support", "due": "proposed_due", "status": "update"}[field] if field in fields else field
