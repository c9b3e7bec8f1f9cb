"""The form of every kind of record: what somebody else wrote while it was open stays, or is asked about."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from textual.widgets import Input, TextArea

from ahtc_tui.domain.drafts.commissions import build_commission_draft
from ahtc_tui.domain.drafts.groups import build_group_draft
from ahtc_tui.domain.drafts.plan import build_milestone_draft
from ahtc_tui.services.actions.service import show_action
from ahtc_tui.services.commissions.service import add_commission
from ahtc_tui.services.groups.service import edit_group, show_group
from ahtc_tui.services.plan.versions_and_milestones import add_milestone
from ahtc_tui.services.workspace import Workspace
from ahtc_tui.store.records.cursor import Table
from ahtc_tui.store.records.fields import read_field
from ahtc_tui.store.records.references import find_by_ref
from ahtc_tui.tui.widgets.form import FormScreen
from ahtc_tui.tui.widgets.overwrite_question import OverwriteQuestion
from tests.builders import TODAY, make_minuted_meeting
from tests.journeys.hands import Hands
from tests.tui.conftest import OpenDesk


@dataclass(frozen=True)
class FormCase:
    """A form that edits a record."""

    keys: tuple[str, ...]
    """Keys that open it from Today."""
    table: Table
    field: str
    """Field that both change."""
    other_column: str
    """Column that only somebody else changes."""
    record: Callable[[Any], Any]
    """Key or reference of the record of the form."""


CASES = {
    "meeting": FormCase(("4", "e"), "meetings", "title", "venue", lambda form: form._row.key),
    "group": FormCase(("5", "e"), "parties", "name", "short", lambda form: form._card.row.key),
    "seat": FormCase(("5", ".", "s", "e"), "seats", "basis", "note", lambda form: form._seat.ref),
    "contact": FormCase(("6", "e"), "parties", "name", "phone", lambda form: form._card.row.key),
    "figure": FormCase(("7", "e"), "figures", "title", "caveat", lambda form: form._line.ref),
    "data set": FormCase(("7", "v", "v", "e"), "data_sets", "title", "frequency", lambda form: form._line.ref),
    "practice": FormCase(("7", "v", "v", "v", "e"), "practices", "title", "venue", lambda form: form._line.ref),
    "adoption": FormCase(("7", ".", "m", "e"), "adoptions", "evidence", "since", lambda form: form._adoption.ref),
    "answer": FormCase(("7", *"vvvv", ".", "r"), "recommendations", "response", "evidence", lambda form: form._row.ref),
    "document": FormCase(("7", *"vvvvv", "e"), "documents", "title", "reference", lambda form: form._line.ref),
    "plan": FormCase(("3", "e"), "plans", "version", "note", lambda form: form._version.key),
    "objective": FormCase(("3", ".", "E"), "objectives", "title", "note", lambda form: form._card.row.key),
    "milestone": FormCase(("3", ".", "m", "e"), "milestones", "title", "due", lambda form: form._milestone.ref),
    "decision": FormCase(("4", ".", "D", "e"), "decisions", "reason", "note", lambda form: form._row.key),
    "commission": FormCase(("8", ".", "o", "e"), "commissions", "title", "reference", lambda form: form._card.row.key),
}
VALUES = {"since": "2014-02-01", "due": "2014-02-01"}


@pytest.mark.long
@pytest.mark.parametrize("case", CASES.values(), ids=list(CASES))
@pytest.mark.parametrize("key", ["2", pytest.param("1", marks=pytest.mark.long)])
async def test_a_form_asks_about_its_field_and_leaves_the_others(
    wales: Workspace, colleague: Workspace, wide: OpenDesk, case: FormCase, key: str
) -> None:
    make_minuted_meeting(wales)
    add_milestone(wales, build_milestone_draft({"objective": "1", "title": "First course"}, TODAY))
    add_commission(wales, build_commission_draft({"title": "Six months on"}, TODAY), ["What was done?"])
    async with wide(wales) as desk:
        await desk.press_keys(*case.keys)
        form = desk.screen
        assert isinstance(form, FormScreen)
        record = write_as_colleague(colleague, case, case.record(form))
        change_field(desk, case.field)
        await desk.press_keys("ctrl+s")
        assert isinstance(desk.screen, OverwriteQuestion)
        assert ": Theirs" in desk.text
        await desk.press_keys(key)
        assert not isinstance(desk.screen, FormScreen | OverwriteQuestion)
    with wales.database.read() as cursor:
        assert read_field(cursor, case.table, record, case.field) == {"2": "Theirs", "1": "Ours"}[key]
        assert read_field(cursor, case.table, record, case.other_column) == VALUES.get(case.other_column, "Theirs")


def write_as_colleague(colleague: Workspace, case: FormCase, record: Any) -> Any:
    """Write both fields of the record; return its key."""
    with colleague.database.write("theirs") as ledger:
        if isinstance(record, str):
            match = find_by_ref(ledger.cursor, case.table, record)
            assert match
            record = match[0]
        values = {case.field: "Theirs", case.other_column: VALUES.get(case.other_column, "Theirs")}
        ledger.update(case.table, record, values)
    return record


def change_field(desk: Hands, name: str) -> None:
    """Type "Ours" into a field of the open form."""
    control = desk.screen.query_one(f"#form-row-{name}").query("Input, TextArea").first()
    if isinstance(control, TextArea):
        control.text = "Ours"
    else:
        assert isinstance(control, Input)
        control.value = "Ours"


async def test_a_rename_keeps_the_name_that_another_window_gave(
    wales: Workspace, colleague: Workspace, wide: OpenDesk
) -> None:
    async with wide(wales) as desk:
        await desk.press_keys("5", ".", "r")
        form: Any = desk.screen
        ref = form._row.ref
        edit_group(colleague, ref, build_group_draft({"name": "Theirs"}, TODAY))
        change_field(desk, "name")
        await desk.press_keys("ctrl+s")
        assert desk.screen is not form
    card = show_group(wales, ref)
    assert card.row.name == "Ours"
    assert any("Theirs" in alias for alias in card.aliases), "the name until the day before"


async def test_a_lead_is_taken_where_one_fits_and_asked_for_where_several_do(wales: Workspace, wide: OpenDesk) -> None:
    async with wide(wales) as desk:
        await desk.press_keys("2", "n")
        await desk.type_text("Ring the force")
        await desk.press_keys("tab")
        await desk.type_text("gwent pol")
        await desk.press_keys("ctrl+s")
        assert '"gwent pol" fits several: Gwent Police;' in desk.text, "the drop-down covers no error"
        desk.screen.query_one("#form-row-lead Input", Input).value = ""
        await desk.type_text("strategic lead gwent")
        await desk.press_keys("ctrl+s")
        assert not isinstance(desk.screen, FormScreen)
    assert show_action(wales, "DP-45").row.lead == "Strategic Lead, Gwent Police"
