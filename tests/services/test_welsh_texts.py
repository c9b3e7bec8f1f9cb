"""Welsh texts of records are journalled, merged, searched and undone like all fields, and go with their English."""

from __future__ import annotations

from pathlib import Path

import pytest

from ahtc_tui.domain.drafts.actions import build_action_draft
from ahtc_tui.domain.drafts.meetings import build_item_edit
from ahtc_tui.domain.drafts.plan import build_aim_draft, build_objective_draft
from ahtc_tui.domain.i18n import Language, use_language
from ahtc_tui.services import history
from ahtc_tui.services.actions import service as actions
from ahtc_tui.services.meetings import service as meetings
from ahtc_tui.services.meetings.agenda import edit_item
from ahtc_tui.services.meetings.decisions import show_decision
from ahtc_tui.services.minutes import service as minutes
from ahtc_tui.services.plan import objectives
from ahtc_tui.services.plan import service as plan
from ahtc_tui.services.search import search_records
from ahtc_tui.services.workspace import Workspace
from tests.builders import make_action, make_minuted_meeting
from tests.services.replication.merging import leave_office, merge_and_check, merge_both_ways


def write_title(workspace: Workspace, ref: str, **values: str) -> None:
    actions.edit_action(workspace, ref, build_action_draft(values))


def test_the_title_is_shown_in_the_language_of_the_reader(workspace: Workspace) -> None:
    ref = make_action(workspace, "Agree the protocol").ref
    with use_language(Language.CY):
        assert actions.show_action(workspace, ref).row.shown_title == "Agree the protocol"
    write_title(workspace, ref, title_cy="Cytuno ar y protocol")
    assert actions.show_action(workspace, ref).row.shown_title == "Agree the protocol"
    with use_language(Language.CY):
        assert actions.show_action(workspace, ref).row.shown_title == "Cytuno ar y protocol"
    with use_language(Language.BOTH):
        assert actions.show_action(workspace, ref).row.shown_title == "Cytuno ar y protocol | Agree the protocol"


def test_welsh_texts_are_found_by_a_search(wales: Workspace) -> None:
    write_title(wales, "DP-01", title_cy="Cytuno ar y protocol")
    write_title(wales, "DP-02", detail_cy="Manylion hyfforddi")
    objectives.edit_objective(wales, "1", build_objective_draft({"title_cy": "Tystiolaeth gadarn"}))
    for words, ref in (("protocol cytuno", "DP-01"), ("hyfforddi", "DP-02"), ("gadarn", "obj-evidence")):
        assert ref in {match.ref for match in search_records(wales, words)}, words


def test_an_undo_restores_the_former_welsh(workspace: Workspace) -> None:
    ref = make_action(workspace, "Agree the protocol").ref
    write_title(workspace, ref, title_cy="Cytuno ar y protocol")
    write_title(workspace, ref, title_cy="Cytuno'r protocol")
    history.undo_step(workspace)
    assert actions.show_action(workspace, ref).row.title_cy == "Cytuno ar y protocol"
    history.undo_step(workspace)
    assert actions.show_action(workspace, ref).row.title_cy is None


def test_a_new_english_title_clears_its_translation_and_an_undo_restores_both(workspace: Workspace) -> None:
    ref = make_action(workspace, "Agree the protocol").ref
    write_title(workspace, ref, title_cy="Cytuno ar y protocol", detail="Text", detail_cy="Testun")
    write_title(workspace, ref, title="Agree the new protocol")
    card = actions.show_action(workspace, ref)
    assert (card.row.title_cy, card.detail_cy) == (None, "Testun")
    history.undo_step(workspace)
    row = actions.show_action(workspace, ref).row
    assert (row.title, row.title_cy) == ("Agree the protocol", "Cytuno ar y protocol")


def test_both_titles_written_together_are_kept(workspace: Workspace) -> None:
    ref = make_action(workspace, "Agree the protocol").ref
    write_title(workspace, ref, title="Sign it", title_cy="Ei lofnodi")
    write_title(workspace, ref, title="Sign it")
    assert actions.show_action(workspace, ref).row.title_cy == "Ei lofnodi"


def test_a_title_in_welsh_alone_is_kept_when_its_english_follows(workspace: Workspace) -> None:
    ref = make_action(workspace, "Cytuno ar y protocol").ref
    write_title(workspace, ref, title_cy="Cytuno ar y protocol")
    write_title(workspace, ref, title="Agree the protocol")
    assert actions.show_action(workspace, ref).row.title_cy == "Cytuno ar y protocol"


def test_objectives_aims_and_agenda_items_have_welsh_texts(wales: Workspace) -> None:
    objectives.edit_objective(wales, "1", build_objective_draft({"title_cy": "Tystiolaeth"}))
    aim = plan.list_aims(wales)[0].ref
    objectives.edit_aim(wales, aim, build_aim_draft({"text_cy": "Nod"}))
    meeting = make_minuted_meeting(wales)
    edit_item(wales, meeting, 1, build_item_edit({"title_cy": "Hyfforddiant"}))
    with use_language(Language.CY):
        assert plan.show_objective(wales, "1").row.shown_title == "Tystiolaeth"
        assert plan.list_aims(wales)[0].shown_text == "Nod"
        assert meetings.show_meeting(wales, meeting).agenda[0].shown_title == "Hyfforddiant"
    edit_item(wales, meeting, 1, build_item_edit({"title": "Courses"}))
    assert meetings.show_meeting(wales, meeting).agenda[0].title_cy is None


def test_the_welsh_of_a_line_goes_to_its_action(wales: Workspace) -> None:
    meeting = make_minuted_meeting(wales)
    action = meetings.show_meeting(wales, meeting).lines[2].action or ""
    minutes.translate_line(wales, meeting, "1.3", "cytuno ar ddyddiadau")
    assert actions.show_action(wales, action).row.title_cy == "cytuno ar ddyddiadau"
    minutes.edit_paragraph(wales, meeting, "1.3", "agree other dates")
    assert actions.show_action(wales, action).row.title_cy is None


def test_an_action_with_a_title_of_its_own_keeps_its_welsh(wales: Workspace) -> None:
    meeting = make_minuted_meeting(wales)
    action = meetings.show_meeting(wales, meeting).lines[2].action or ""
    write_title(wales, action, title="Agree all dates", title_cy="Cytuno ar bob dyddiad")
    minutes.translate_line(wales, meeting, "1.3", "cytuno ar ddyddiadau")
    assert actions.show_action(wales, action).row.title_cy == "Cytuno ar bob dyddiad"


def test_a_recurring_action_keeps_its_welsh_title(workspace: Workspace) -> None:
    ref = make_action(workspace, "Report", repeat="3 months after done").ref
    write_title(workspace, ref, title_cy="Adrodd")
    actions.close_action(workspace, ref)
    assert actions.show_action(workspace, f"{ref}/2").row.title_cy == "Adrodd"


@pytest.mark.sample(2)
@pytest.mark.parametrize("same", [True, False])
def test_welsh_texts_are_merged_field_by_field(wales: Workspace, same: bool, tmp_path: Path) -> None:
    peer = leave_office(wales, "peer")
    write_title(wales, "DP-01", title_cy="Teitl")
    write_title(peer, "DP-01", **({"title_cy": "Teitl arall"} if same else {"detail_cy": "Manylion"}))
    first, second = merge_both_ways(wales, peer, tmp_path)
    for workspace in (first, second):
        card = actions.show_action(workspace, "DP-01")
        assert card.detail_cy == (None if same else "Manylion")
        assert same or card.row.title_cy == "Teitl"
    report = merge_and_check(wales, peer)
    assert [question.field for question in report.questions] == (["Welsh title"] if same else [])


def test_a_decision_is_shown_in_the_language_of_the_reader(wales: Workspace) -> None:
    meeting = make_minuted_meeting(wales)
    minutes.translate_line(wales, meeting, "1.2", "mabwysiadwyd y cwrs")
    (ref,) = [decision.ref for decision in meetings.show_meeting(wales, meeting).decisions]
    with use_language(Language.CY):
        assert show_decision(wales, ref).shown_text == "mabwysiadwyd y cwrs"
        assert meetings.show_meeting(wales, meeting).lines[1].shown_text == "mabwysiadwyd y cwrs"
    assert show_decision(wales, ref).shown_text == "the course is adopted"
