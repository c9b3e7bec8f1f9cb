"""Lines of another journal: what the schema accepts."""

from __future__ import annotations

import json
import re
from unittest.mock import patch

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ahtc_tui.domain.drafts.actions import build_action_draft
from ahtc_tui.domain.errors import BadInput
from ahtc_tui.domain.keys import RowKey
from ahtc_tui.services.workspace import Workspace
from ahtc_tui.store.journal.chain import StoredChange
from ahtc_tui.store.records.cursor import Table
from ahtc_tui.store.replication import line_checks, line_screening, peer_database
from ahtc_tui.store.replication.line_screening import Screening


def screen(office: Workspace, *more: StoredChange) -> Screening:
    """Screen every line of an office, and more, as if they came from another copy."""
    with office.database.read() as cursor:
        changes = peer_database.read_stored_changes(cursor, peer_database.list_change_ids(cursor))
        return line_screening.screen_lines(cursor, cursor, [*changes, *more], {})


def test_every_line_that_ahtc_writes_is_valid(busy: Workspace) -> None:
    screening = screen(busy)
    assert len({change.table for change in screening.valid}) > 30
    assert screening.refused == []


def test_a_refused_line_is_named_with_its_device(wales: Workspace) -> None:
    change = screen(wales).valid[0]
    invalid = change._replace(table="actions", field="title", value="true", seq=41, device="forum\x1b[2J-laptop")
    (refused,) = screen(wales, invalid).refused
    assert (refused.table, refused.field, refused.line) == ("actions", "title", change.position)
    assert refused.device.startswith("forum")
    assert "\x1b" not in refused.device


OWN_KEY = RowKey(b"\x01" * 16)
KEYS = st.binary(min_size=15, max_size=16).map(bytes.hex) | st.just(OWN_KEY.hex())
PARENTS = st.lists(KEYS, max_size=3).map(json.dumps) | st.text('[]", 0af', max_size=40) | st.just("[]")
HIDDEN = "The text holds an invisible character (U+{}). Type the text again without it."
ANY_TEXT = line_checks.FieldCheck(lambda value: isinstance(value, str), lambda label, _value: label)
CHECKS = line_checks.TableChecks({"title": ANY_TEXT}, frozenset(), {})


def build_line(value: str = '"x"', parents: str = "[]") -> StoredChange:
    step, record = RowKey(b"\x02" * 16), RowKey(b"\x03" * 16)
    return StoredChange(OWN_KEY, 1, 1, "a", "b", step, "actions", record, "title", value, parents, 1)


@given(PARENTS)
def test_parents_in_the_usual_form_are_judged_as_by_the_parser(parents: str) -> None:
    line = build_line(parents=parents)
    fault = line_checks.find_line_fault(line, CHECKS)
    with patch.object(line_checks, "PARENT_LIST", re.compile("(?!)")):
        assert line_checks.find_line_fault(line, CHECKS) == fault


@given(st.text(st.characters(codec=None, exclude_categories=()), max_size=5), st.booleans())
def test_a_text_is_refused_where_it_cannot_be_stored(text: str, is_escaped: bool) -> None:
    line = build_line(value=json.dumps(text, ensure_ascii=is_escaped))
    assert (line_checks.find_line_fault(line, CHECKS) is None) == line_checks.is_valid_text(text)


@pytest.mark.parametrize(
    ("table", "field", "value", "reason"),
    [
        ("actions", "title", "Two\nlines", "Title has a line break. It must be on one line."),
        ("actions", "title", "Turned \u202eround", HIDDEN.format("202E")),
        ("actions", "title", "x" * 1_001, "Title is too long. Use at most 1000 characters."),
        ("actions", "title", None, "Title cannot be empty."),
        ("actions", "title", 7, "Title must be text."),
        ("actions", "title_cy", "Dwy\nlinell", "Welsh title has a line break. It must be on one line."),
        ("actions", "detail", "escape \x1b[2J", HIDDEN.format("001B")),
        ("actions", "ref", "", "Reference cannot be empty."),
        ("actions", "ref", "R" * 100_000, "Reference is too long. Use at most 200 characters."),
        ("actions", "ref", "../../etc/x", 'Reference cannot be "../../etc/x".'),
        ("actions", "ref", "/etc/x", 'Reference cannot be "/etc/x".'),
        ("actions", "ref", "C:\\x", 'Reference cannot be "C:\\x".'),
        ("actions", "due", "some day", 'Due must be a date, not "some day".'),
        ("actions", "in_plan", "often", 'In plan must be yes or no, not "often".'),
        ("meetings", "number", "much", 'Number needs a number, not "much".'),
        ("actions", "lead", "00", "Lead must be another record."),
        ("actions", "colour", "red", 'There is no field "colour".'),
        ("parties", "name", "Si\u202ean", HIDDEN.format("202E")),
        ("parties", "ref", "a\nb", "Reference has a line break. It must be on one line."),
    ],
)
def test_a_line_with_what_no_command_writes_is_refused_with_the_reason(
    busy: Workspace, table: Table, field: str, value: object, reason: str
) -> None:
    change = next(change for change in screen(busy).valid if change.table == table)
    bad = change._replace(field=field, value=json.dumps(value, ensure_ascii=False))
    with busy.database.read() as cursor:
        checks = line_checks.LineChecks(cursor)
        assert checks.find_fault(bad) == reason
        good = change._replace(field="ref", value=json.dumps("LG-2013-03/07"))
        assert checks.find_fault(good) is None


@pytest.mark.parametrize("title", ["x" * 1_001, "Turned \u202eround"])
def test_a_line_is_refused_with_the_sentence_of_the_command(wales: Workspace, title: str) -> None:
    change = next(change for change in screen(wales).valid if change.table == "actions")
    with pytest.raises(BadInput) as refusal:
        build_action_draft({"title": title})
    value = json.dumps(title, ensure_ascii=False)
    (refused,) = screen(wales, change._replace(id=OWN_KEY, field="title", value=value)).refused
    assert refused.reason == str(refusal.value)


def test_contacts_that_are_merged_into_each_other_are_refused(wales: Workspace) -> None:
    first, second, third = [change for change in screen(wales).valid if change.table == "parties"][:3]
    pairs = ((first, second), (second, third), (third, first))
    lines = [
        change._replace(id=RowKey(bytes([number]) * 16), field="merged_into", value=json.dumps(target.row_id.hex()))
        for number, (change, target) in enumerate(pairs, 1)
    ]
    assert len(screen(wales, *lines[:2]).refused) == 0
    refused = screen(wales, *lines).refused
    assert {line.reason for line in refused} == {"It merges two contacts into each other."}
    itself = first._replace(id=RowKey(b"s" * 16), field="merged_into", value=json.dumps(first.row_id.hex()))
    assert len(screen(wales, itself).refused) == 1
