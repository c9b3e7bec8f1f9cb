"""What the headings and values of a table say for and against a list of actions."""

from __future__ import annotations

import pytest

from ahtc_tui.domain.returns.column_fields import ColumnReading
from ahtc_tui.domain.returns.column_profiles import ColumnProfile
from ahtc_tui.domain.returns.table_evidence import weigh_table


def weigh_kind(*columns: tuple[str, str | None]) -> str:
    """Return the kind of another list that a table of headings with their fields is."""
    headings = [heading for heading, _field in columns]
    readings = [ColumnReading(field) for _heading, field in columns]
    return weigh_table(("Sheet1",), headings, readings, [ColumnProfile(filled=3)] * len(columns), 3).other_kind


@pytest.mark.parametrize(
    ("columns", "kind"),
    [
        ((("Attended", None), ("Owner", "lead")), "attendance"),
        ((("Link", None), ("Owner", "lead")), ""),
        ((("Link", None), ("Website", None), ("Owner", "lead")), "links"),
        ((("Location", None), ("Action", "title"), ("Owner", "lead")), ""),
        ((("Region", None), ("Count of action", None), ("Sum of days", None)), "summary"),
        ((("Region", None), ("Count of action", None)), ""),
        ((("Count of action", None), ("Region", None)), "summary"),
    ],
)
def test_headings_name_another_kind_of_list(columns: tuple[tuple[str, str | None], ...], kind: str) -> None:
    assert weigh_kind(*columns) == kind
