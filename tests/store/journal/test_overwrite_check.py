"""Writes that would replace values which the person had not seen."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from ahtc_tui.domain.actions.model import Brag
from ahtc_tui.domain.drafts.actions import build_update_draft
from ahtc_tui.domain.drafts.meetings import build_meeting_draft
from ahtc_tui.domain.replication.overwrites import ChangedMeanwhile
from ahtc_tui.services import history
from ahtc_tui.services.actions.service import close_action, edit_action, show_action, update_action
from ahtc_tui.services.meetings.service import add_meeting, edit_meeting, show_meeting
from ahtc_tui.services.opening import open_workspace
from ahtc_tui.services.privacy.erasure import erase_person
from ahtc_tui.services.workspace import Workspace
from tests.builders import TODAY, make_action, make_action_draft, make_party


@pytest.fixture
def colleague(workspace: Workspace) -> Iterator[Workspace]:
    """The same workspace, opened by a second program."""
    second = open_workspace(workspace.root, TODAY)
    yield second
    second.close()


def list_values(error: ChangedMeanwhile) -> list[tuple[str, str | None, str | None]]:
    """Return field, their value and our value of each overwrite."""
    return [(overwrite.field, overwrite.theirs, overwrite.ours) for overwrite in error.overwrites]


def test_a_value_written_since_is_not_replaced(workspace: Workspace, colleague: Workspace) -> None:
    ref = make_action(workspace, due="2013-11-30").ref
    seen = workspace.read_position()
    edit_action(colleague, ref, make_action_draft(due="2014-01-31"))
    with workspace.database.check_writes(seen), pytest.raises(ChangedMeanwhile) as caught:
        edit_action(workspace, ref, make_action_draft(due="2014-02-28", title="Write to the boards"))
    assert list_values(caught.value) == [("due", "31 January 2014", "28 February 2014")]
    assert caught.value.overwrites[0].ref == ref
    assert caught.value.overwrites[0].written_by == colleague.database.user
    assert caught.value.exit_code == 6
    row = show_action(workspace, ref).row
    assert (row.title, str(row.due)) == ("Write to the health boards", "31 January 2014")


def test_other_fields_are_written_beside_what_came_since(workspace: Workspace, colleague: Workspace) -> None:
    ref = make_action(workspace).ref
    seen = workspace.read_position()
    edit_action(colleague, ref, make_action_draft(title="Write to all boards", brag="R", reason="No reply"))
    with workspace.database.check_writes(seen):
        edit_action(workspace, ref, make_action_draft(due="2014-02-28"))
    card = show_action(workspace, ref)
    assert (card.row.title, card.row.brag, card.brag_reason) == ("Write to all boards", Brag.RED, "No reply")


def test_the_same_value_from_two_people_is_no_overwrite(workspace: Workspace, colleague: Workspace) -> None:
    ref = make_action(workspace).ref
    seen = workspace.read_position()
    edit_action(colleague, ref, make_action_draft(due="2014-02-28"))
    with workspace.database.check_writes(seen):
        row = edit_action(workspace, ref, make_action_draft(due="2014-02-28"))
    assert str(row.due) == "28 February 2014"


def test_what_was_shown_may_be_replaced(workspace: Workspace, colleague: Workspace) -> None:
    ref = make_action(workspace).ref
    seen = workspace.read_position()
    edit_action(colleague, ref, make_action_draft(title="Theirs"))
    with workspace.database.check_writes(seen):
        with pytest.raises(ChangedMeanwhile) as caught:
            edit_action(workspace, ref, make_action_draft(title="Ours"))
        seen.position = caught.value.position
        assert edit_action(workspace, ref, make_action_draft(title="Ours")).title == "Ours"


def test_a_second_change_after_the_question_is_asked_about_again(workspace: Workspace, colleague: Workspace) -> None:
    ref = make_action(workspace).ref
    seen = workspace.read_position()
    edit_action(colleague, ref, make_action_draft(title="Theirs"))
    with workspace.database.check_writes(seen):
        with pytest.raises(ChangedMeanwhile) as caught:
            edit_action(workspace, ref, make_action_draft(title="Ours"))
        seen.position = caught.value.position
        edit_action(colleague, ref, make_action_draft(title="Theirs again"))
        with pytest.raises(ChangedMeanwhile):
            edit_action(workspace, ref, make_action_draft(title="Ours"))


def test_a_value_that_follows_from_another_is_checked_too(workspace: Workspace, colleague: Workspace) -> None:
    """Closing makes the rating blue and clears its reason."""
    ref = make_action(workspace, brag="G").ref
    seen = workspace.read_position()
    edit_action(colleague, ref, make_action_draft(brag="R", reason="The grant ended"))
    with workspace.database.check_writes(seen), pytest.raises(ChangedMeanwhile) as caught:
        close_action(workspace, ref)
    assert ("brag_reason", "The grant ended", None) in list_values(caught.value)
    assert show_action(workspace, ref).brag_reason == "The grant ended"


def test_an_update_without_a_rating_leaves_the_rating_alone(workspace: Workspace, colleague: Workspace) -> None:
    ref = make_action(workspace, brag="G").ref
    seen = workspace.read_position()
    update_action(colleague, ref, build_update_draft("The grant ended.", brag="R"))
    with workspace.database.check_writes(seen):
        update_action(workspace, ref, build_update_draft("Letters were sent."))
    card = show_action(workspace, ref)
    assert (card.row.brag, card.brag_reason) == (Brag.RED, "The grant ended.")


def test_a_name_that_was_added_since_is_not_removed(wales: Workspace) -> None:
    ref = make_action(wales, support="Bawso").ref
    seen = wales.read_position()
    edit_action(wales, ref, make_action_draft(support="Bawso; South Wales Police"))
    with wales.database.check_writes(seen), pytest.raises(ChangedMeanwhile) as caught:
        edit_action(wales, ref, make_action_draft(support="Bawso; Gwent Police"))
    assert [overwrite.table for overwrite in caught.value.overwrites] == ["action_parties"]
    assert "South Wales" in (caught.value.overwrites[0].theirs or "")


def test_a_name_that_was_removed_since_is_not_added_again(wales: Workspace) -> None:
    ref = make_action(wales, support="Bawso; Gwent Police").ref
    seen = wales.read_position()
    edit_action(wales, ref, make_action_draft(support="Gwent Police"))
    with wales.database.check_writes(seen), pytest.raises(ChangedMeanwhile) as caught:
        edit_action(wales, ref, make_action_draft(support="Bawso; Gwent Police; South Wales Police"))
    assert [(overwrite.table, overwrite.theirs) for overwrite in caught.value.overwrites] == [("action_parties", None)]
    assert "Bawso" in (caught.value.overwrites[0].ours or "")


def test_an_undo_of_somebody_else_counts_as_a_write(workspace: Workspace, colleague: Workspace) -> None:
    ref = make_action(workspace).ref
    edit_action(colleague, ref, make_action_draft(title="Written first"))
    seen = workspace.read_position()
    history.undo_step(colleague)
    with workspace.database.check_writes(seen), pytest.raises(ChangedMeanwhile):
        edit_action(workspace, ref, make_action_draft(title="Ours"))


def test_the_sequence_of_an_invitation_is_no_question(workspace: Workspace, colleague: Workspace) -> None:
    make_party(workspace, "Gwent forum", "gwent-forum", kind="group")
    draft = build_meeting_draft({"group": "gwent-forum", "title": "Forum", "starts": "2014-02-04 10:00"}, TODAY)
    ref = add_meeting(workspace, draft).ref
    seen = workspace.read_position()
    edit_meeting(colleague, ref, build_meeting_draft({"venue": "City Hall"}, TODAY))
    with workspace.database.check_writes(seen):
        edit_meeting(workspace, ref, build_meeting_draft({"starts": "2014-02-04 14:00"}, TODAY))
    row = show_meeting(workspace, ref).row
    assert (row.venue, row.sequence) == ("City Hall", 2)


def test_writes_outside_a_form_are_not_checked(workspace: Workspace, colleague: Workspace) -> None:
    ref = make_action(workspace).ref
    with workspace.database.check_writes(workspace.read_position()):
        pass
    edit_action(colleague, ref, make_action_draft(title="Theirs"))
    assert edit_action(workspace, ref, make_action_draft(title="Ours")).title == "Ours"


def test_the_message_names_every_field(workspace: Workspace, colleague: Workspace) -> None:
    ref = make_action(workspace).ref
    seen = workspace.read_position()
    edit_action(colleague, ref, make_action_draft(title="Theirs", due="2014-02-01"))
    with workspace.database.check_writes(seen), pytest.raises(ChangedMeanwhile) as caught:
        edit_action(workspace, ref, make_action_draft(title="Ours", due="2014-02-02"))
    assert {f"{ref} title", f"{ref} due"} == set(str(caught.value).partition(": ")[2].partition(".")[0].split(", "))


def test_after_an_erasure_every_written_field_is_asked_about(workspace: Workspace, colleague: Workspace) -> None:
    """The position may then belong to a change that was written later."""
    ref = make_action(workspace).ref
    make_party(workspace, "First Holder", "first-holder", kind="person")
    seen = workspace.read_position()
    erase_person(colleague, "first-holder", reason="on request")
    edit_action(colleague, ref, make_action_draft(title="Theirs"))
    with workspace.database.check_writes(seen), pytest.raises(ChangedMeanwhile):
        edit_action(workspace, ref, make_action_draft(title="Ours"))
