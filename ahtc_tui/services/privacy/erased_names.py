"""Names of erased persons in what is written, and in what is stored."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING

from ahtc_tui.domain.case_data.reporter import GENERATED_FIELDS, is_case_data_reported, report_text
from ahtc_tui.domain.dates.date_as_known import format_long_date
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.record_names import format_field_name, format_record_noun
from ahtc_tui.store.privacy.erasure_register import ErasedMarks

if TYPE_CHECKING:
    from ahtc_tui.domain.keys import RowKey
    from ahtc_tui.services.workspace import Workspace
    from ahtc_tui.store.records.cursor import Cursor, Table


def warn_of_erased_names(cursor: Cursor, table: str, values: Mapping[str, object]) -> None:
    """Report the texts of a record that name an erased person in full. The caller writes the record in any case."""
    if not is_case_data_reported():
        return
    marks = ErasedMarks(cursor)
    for name, value in values.items():
        if isinstance(value, str) and name not in GENERATED_FIELDS and (day := marks.find_in_text(value)):
            sentence = _(
                "This text ({record}, {field}) names a person erased on {day}. Remove the name, unless it is another "
                "person."
            )
            names = {"record": format_record_noun(table, 1), "field": format_field_name(name)}
            report_text(sentence.format(day=format_long_date(date.fromisoformat(day)), **names), value)


def find_erased_names(workspace: Workspace) -> list[str]:
    """Return a sentence for each stored text that names an erased person in full."""
    from ahtc_tui.store.privacy.erasure_scope import list_text_places

    with workspace.database.read() as cursor:
        marks = ErasedMarks(cursor)
        if not marks.has_names:
            return []
        sentence = _("{record}, {field}: it names a person erased on {day}. Check it.")
        return [
            sentence.format(
                record=_name_record(cursor, place.table, place.key),
                field=format_field_name(place.field),
                day=format_long_date(date.fromisoformat(day)),
            )
            for place in list_text_places(cursor)
            if (day := marks.find_in_text(place.text))
        ]


def _name_record(cursor: Cursor, table: Table, key: RowKey) -> str:
    """Return the noun of a record with its reference, or that of the record that it is a part of."""
    from ahtc_tui.store.records.relations import read_owner_ref

    return f"{format_record_noun(table, 1)} {read_owner_ref(cursor, table, key) or ''}".rstrip()
