"""Rows that are held compressed are the rows of the query."""

from __future__ import annotations

from typing import NamedTuple

import pytest

from ahtc_tui.domain.actions.filters import ActionFilter, ActionScope, Sort
from ahtc_tui.domain.actions.model import SlipRow, Status
from ahtc_tui.services.workspace import Workspace
from ahtc_tui.store.actions.queries import read_actions, read_all_actions


class RefAndStatus(NamedTuple):
    """Two columns of an action."""

    status: Status
    ref: str


def test_packed_actions_are_those_of_the_list_each_time_that_they_are_read(wales: Workspace) -> None:
    every_action = ActionFilter(which=ActionScope.ALL)
    with wales.database.read() as cursor:
        listed = [row for _place, row in read_actions(cursor, every_action, Sort.DUE, wales.today())]
        packed = read_all_actions(cursor, every_action, Sort.DUE, wales.today())
    assert len(packed) == len(listed) > 40
    assert [*packed] == [*packed] == listed
    assert listed[3] in packed


def test_a_field_that_is_no_column_is_refused(wales: Workspace) -> None:
    with wales.database.read() as cursor:
        packed = read_all_actions(cursor, ActionFilter(), Sort.REF, wales.today())
    with pytest.raises(TypeError, match="SlipRow has the fields"):
        next(packed.iterate_as(SlipRow))


def test_a_part_of_packed_rows_has_the_converted_values_of_its_columns(wales: Workspace) -> None:
    with wales.database.read() as cursor:
        packed = read_all_actions(cursor, ActionFilter(which=ActionScope.ALL), Sort.REF, wales.today())
    assert [*packed.iterate_as(RefAndStatus)] == [(row.status, row.ref) for row in packed]
