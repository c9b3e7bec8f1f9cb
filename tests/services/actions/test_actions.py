"""Tests of the use cases of actions: add, edit, update, close, reopen."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest

from ahtc_tui.domain.actions.model import Brag, PartyRole, Status
from ahtc_tui.domain.dates.date_as_known import DateAsKnown
from ahtc_tui.domain.dates.parser import read_date
from ahtc_tui.domain.drafts.actions import UpdateDraft
from ahtc_tui.domain.errors import AhtcError, BadInput, NotFound, Refused
from ahtc_tui.services.actions.service import (
    add_action,
    close_action,
    edit_action,
    edit_actions,
    explain_urgency,
    preview_edit,
    reopen_action,
    show_action,
    update_action,
)
from ahtc_tui.services.doctor import find_faults
from ahtc_tui.services.history import undo_step
from ahtc_tui.services.workspace import Workspace
from tests.builders import (
    TODAY,
    make_action,
    make_action_draft,
    make_holding,
    make_party,
    make_update,
    query_rows,
    read_live_rows,
)


def test_a_new_action_gets_the_next_reference_and_the_day_it_was_raised(wales: Workspace) -> None:
    row = make_action(wales, title="Brief the SPOCs", lead="AHTC", due="end of january 2014", objective="2.")
    assert (row.ref, row.status, row.lead_short, row.lead_holder) == (
        "DP-45",
        Status.PLANNED,
        "AHTC",
        "Stephen Chapman",
    )
    assert (str(row.due), row.original_due, row.objective) == ("end of january 2014", row.due, "2")
    assert row.raised_on == DateAsKnown(TODAY)


def test_an_action_of_a_meeting_is_numbered_under_it(wales: Workspace) -> None:
    [(meeting,)] = query_rows(wales, "SELECT ref FROM meetings ORDER BY n LIMIT 1")
    refs = [make_action(wales, meeting=meeting).ref for _n in range(2)]
    assert refs == [f"{meeting}/01", f"{meeting}/02"]
    assert show_action(wales, refs[0]).row.meeting == meeting


def test_references_continue_after_those_of_an_imported_log(workspace: Workspace) -> None:
    with workspace.database.write("import") as ledger:
        ledger.add_all("actions", [{"ref": ref, "title": "x"} for ref in ("DP-7", "DP-012", "DP-12a", "XDP-99")])
    assert make_action(workspace).ref == "DP-13"
    with workspace.database.write("import") as ledger:
        ledger.add("actions", {"ref": "DP-14", "title": "typed by hand"})
    assert make_action(workspace).ref == "DP-15"


def test_an_action_needs_a_title(workspace: Workspace) -> None:
    with pytest.raises(BadInput, match="needs a title"):
        add_action(workspace, make_action_draft(due="2014-01-31"))


def test_moving_the_due_date_records_a_slip_and_keeps_the_original(workspace: Workspace) -> None:
    ref = make_action(workspace, due="2013-11-30").ref
    edit_action(workspace, ref, make_action_draft(due="2014-01-31", reason="Waiting for the Home Office"))
    edit_action(workspace, ref, make_action_draft(due="2014-01-31"))
    edit_action(workspace, ref, make_action_draft(due=""))
    card = show_action(workspace, ref)
    assert [(str(slip.from_due), str(slip.to_due), slip.reason) for slip in card.slips] == [
        ("30 November 2013", "31 January 2014", "Waiting for the Home Office"),
        ("31 January 2014", "None", None),
    ]
    assert (card.row.due, str(card.row.original_due), card.row.slips) == (None, "30 November 2013", 2)
    assert card.slips[0].slipped_on == TODAY
    edit_action(workspace, ref, make_action_draft(due="2014-03-31"))
    assert str(show_action(workspace, ref).row.original_due) == "30 November 2013"


def test_the_first_due_date_is_not_a_slip(workspace: Workspace) -> None:
    ref = make_action(workspace).ref
    assert edit_action(workspace, ref, make_action_draft(due="")).original_due is None
    row = edit_action(workspace, ref, make_action_draft(due="2014-01-31"))
    assert (row.slips, row.original_due) == (0, row.due)


def test_done_actions_are_blue_and_keep_the_holder_of_the_post(wales: Workspace) -> None:
    ref = make_action(wales, lead="AHTC", brag="A").ref
    row = close_action(wales, ref, read_date("17 December 2013", TODAY))
    assert (row.status, row.brag, str(row.closed_on)) == (Status.DONE, Brag.BLUE, "17 December 2013")
    post = query_rows(wales, "SELECT id FROM parties WHERE ref = 'ahtc'")[0][0]
    successor = make_party(wales, "Siân Llŷn", "sian-llyn", kind="person")
    with wales.database.write("appoint") as ledger:
        for (holding,) in query_rows(wales, "SELECT id FROM holdings WHERE post = ? AND to_on IS NULL", post):
            ledger.update("holdings", holding, {"to_on": "2013-12-20"})
    make_holding(wales, post, successor, from_on="2013-12-21")
    assert show_action(wales, ref).row.lead_holder == "Stephen Chapman", "closed actions keep the person"
    second = close_action(wales, make_action(wales, lead="AHTC").ref)
    assert second.lead_holder == "Siân Llŷn"
    reopened = reopen_action(wales, ref)
    assert (reopened.status, reopened.brag, reopened.closed_on) == (Status.IN_PROGRESS, None, None)
    assert reopened.lead_holder == "Siân Llŷn", "open actions follow the post"


def test_closing_and_reopening_twice_are_refused(workspace: Workspace) -> None:
    ref = make_action(workspace).ref
    with pytest.raises(Refused, match="DP-01 is open already"):
        reopen_action(workspace, "dp1")
    assert close_action(workspace, ref).closed_on == DateAsKnown(TODAY)
    with pytest.raises(Refused, match="DP-01 is closed already"):
        close_action(workspace, "dp1")


def test_editing_the_status_closes_and_reopens_like_the_commands(workspace: Workspace) -> None:
    ref = make_action(workspace, brag="G").ref
    row = edit_action(workspace, ref, make_action_draft(status="done", closed_on="1 December 2013"))
    assert (row.brag, str(row.closed_on)) == (Brag.BLUE, "1 December 2013")
    row = edit_action(workspace, ref, make_action_draft(status="cancelled"))
    assert (row.brag, str(row.closed_on)) == (None, "1 December 2013")
    row = edit_action(workspace, ref, make_action_draft(status="done", brag="A"))
    assert row.brag is Brag.AMBER, "an explicit rating wins"
    row = edit_action(workspace, ref, make_action_draft(status="planned"))
    assert (row.brag, row.closed_on) == (Brag.AMBER, None)
    row = edit_action(workspace, ref, make_action_draft(status="on_hold"))
    assert row.status is Status.ON_HOLD


def test_a_closed_action_can_be_added(wales: Workspace) -> None:
    row = make_action(wales, lead="AHTC", status="done", closed_on="2013-12-01")
    assert (row.brag, row.closed_on, row.lead_holder) == (
        Brag.BLUE,
        DateAsKnown(read_date("2013-12-01", TODAY).latest),
        "Stephen Chapman",
    )
    assert make_action(wales, status="cancelled").brag is None


def test_only_closed_actions_have_a_closing_day(workspace: Workspace) -> None:
    with pytest.raises(BadInput, match="Only a closed action"):
        make_action(workspace, closed_on="2013-12-01")
    ref = make_action(workspace).ref
    with pytest.raises(BadInput, match="Only a closed action"):
        edit_action(workspace, ref, make_action_draft(closed_on="2013-12-01"))
    close_action(workspace, ref)
    assert str(edit_action(workspace, ref, make_action_draft(closed_on="2013-12-01")).closed_on) == "1 December 2013"


def test_an_update_sets_rating_and_status_of_the_action(workspace: Workspace) -> None:
    ref = make_action(workspace).ref
    make_update(workspace, ref, "Two of four briefed.", brag="amber", status="in progress")
    row = make_update(workspace, ref, "Nothing new.")
    assert (row.brag, row.status, row.latest_update, row.latest_update_on) == (
        Brag.AMBER,
        Status.IN_PROGRESS,
        "Nothing new.",
        TODAY,
    )
    assert make_update(workspace, ref, "All briefed.", status="done").brag is Brag.BLUE
    card = show_action(workspace, ref)
    assert [line.text for line in card.updates] == ["All briefed.", "Nothing new.", "Two of four briefed."]
    earlier = UpdateDraft(text="Asked for names.", said_on=read_date("1 dec 2013", TODAY).latest)
    assert update_action(workspace, ref, earlier).latest_update == "All briefed."


def test_editing_the_supporters_replaces_them(wales: Workspace) -> None:
    ref = make_action(wales, support="Bawso; New Pathways; bawso;").ref
    assert show_action(wales, ref).row.support == ("Bawso", "New Pathways")
    edit_action(wales, ref, make_action_draft(support="New Pathways; AHTC"))
    card = show_action(wales, ref)
    assert [name for role, name in card.parties if role is PartyRole.SUPPORT] == list(card.row.support)
    assert card.row.support == ("New Pathways", "Anti Human Trafficking Co-ordinator")
    edit_action(wales, ref, make_action_draft(support=""))
    assert show_action(wales, ref).row.support == ()
    assert find_faults(wales) == []


def test_blocked_actions_name_their_blockers_and_cycles_are_refused(workspace: Workspace) -> None:
    for title in ("Plan", "Agree", "Print"):
        make_action(workspace, title=title)
    edit_action(workspace, "DP-02", make_action_draft(blocked_by="DP-01, dp1"))
    edit_action(workspace, "DP-03", make_action_draft(blocked_by="DP-02 DP-01"))
    card = show_action(workspace, "DP-02")
    assert (card.blocked_by, card.blocks) == (("DP-01 Plan",), ("DP-03 Print",))
    assert (card.row.blocked, card.row.blocking) == (True, True)
    assert ("blocked", -5.0) in explain_urgency(workspace, "DP-02")
    before = read_live_rows(workspace)
    with pytest.raises(Refused, match="DP-01 → DP-03 → DP-0"):
        edit_action(workspace, "DP-01", make_action_draft(blocked_by="DP-03"))
    with pytest.raises(Refused, match="DP-01 → DP-01"):
        edit_action(workspace, "DP-01", make_action_draft(blocked_by="DP-01"))
    assert read_live_rows(workspace) == before
    edit_action(workspace, "DP-03", make_action_draft(blocked_by="DP-01"))
    close_action(workspace, "DP-01")
    assert not show_action(workspace, "DP-02").row.blocked
    edit_action(workspace, "DP-02", make_action_draft(blocked_by=""))
    assert show_action(workspace, "DP-02").blocked_by == ()


def test_a_worse_rating_needs_a_reason(workspace: Workspace) -> None:
    ref = make_action(workspace, brag="G").ref
    with pytest.raises(Refused, match=r"falls from Green to Red\. Give a reason"):
        edit_action(workspace, ref, make_action_draft(brag="R"))
    assert edit_action(workspace, ref, make_action_draft(brag="R", reason="The trainer left")).brag is Brag.RED
    assert show_action(workspace, ref).brag_reason == "The trainer left"
    edit_action(workspace, ref, make_action_draft(brag="A"))
    assert show_action(workspace, ref).brag_reason is None, "the reason is removed with its rating"
    make_update(workspace, ref, "Two forces dropped out.", brag="R")
    assert show_action(workspace, ref).brag_reason == "Two forces dropped out."


@pytest.mark.parametrize("words", ["no change", "N/A", "Dim newid"])
def test_words_that_nothing_changed_explain_no_worse_rating(workspace: Workspace, words: str) -> None:
    ref = make_action(workspace, brag="G").ref
    with pytest.raises(Refused, match=f'"{words}" does not explain it'):
        make_update(workspace, ref, words, brag="R")
    edit_action(workspace, ref, make_action_draft(brag="R", reason="The trainer left"))
    edit_action(workspace, ref, make_action_draft(brag="R", reason=words))
    assert show_action(workspace, ref).brag_reason == "The trainer left"


def test_the_reason_of_a_rating_stays_until_the_rating_changes(workspace: Workspace) -> None:
    ref = make_action(workspace, brag="G", due="2014-01-31").ref
    edit_action(workspace, ref, make_action_draft(brag="R", reason="The trainer left"))
    edit_action(workspace, ref, make_action_draft(brag="R", confidence="low"))
    edit_action(workspace, ref, make_action_draft(brag="R", due="2014-02-28", reason="Snow"))
    make_update(workspace, ref, "Still looking.", brag="R")
    card = show_action(workspace, ref)
    assert (card.brag_reason, card.slips[0].reason) == ("The trainer left", "Snow")
    edit_action(workspace, ref, make_action_draft(brag="R", reason="Nobody can train"))
    assert show_action(workspace, ref).brag_reason == "Nobody can train"
    close_action(workspace, ref)
    assert show_action(workspace, ref).brag_reason is None, "a completed action is blue, whatever its rating"
    undo_step(workspace)
    assert show_action(workspace, ref).brag_reason == "Nobody can train"


def test_editing_several_actions_is_atomic(workspace: Workspace) -> None:
    refs = [make_action(workspace).ref for _n in range(6)]
    before = read_live_rows(workspace)
    with pytest.raises(NotFound, match='no action "DP-99"'):
        edit_actions(workspace, [*refs, "DP-99"], make_action_draft(brag="R"))
    assert read_live_rows(workspace) == before
    assert {row.brag for row in edit_actions(workspace, refs, make_action_draft(brag="R"))} == {Brag.RED}
    assert query_rows(workspace, "SELECT label FROM step ORDER BY seq DESC LIMIT 1") == [
        ("edit DP-01, DP-02, DP-03, DP-04 and 2 more",)
    ]
    with pytest.raises(BadInput, match="Give at least one field"):
        edit_actions(workspace, refs, make_action_draft())


def test_a_preview_shows_the_edits_and_writes_nothing(wales: Workspace) -> None:
    edit_action(wales, "DP-05", make_action_draft(brag="G", due="2014-01-31"))
    before = (
        read_live_rows(wales),
        query_rows(wales, "SELECT count(*) FROM change"),
        query_rows(wales, "SELECT * FROM counter"),
    )
    first, second = preview_edit(
        wales, ["DP-05", "dp 25"], make_action_draft(due="2014-03-31", status="continuing", lead="Bawso")
    )
    assert first.summary == (
        "DP-05  lead Anti Human Trafficking Co-ordinator → Bawso; due 31 January 2014 → 31 March 2014;"
        " status in progress → continuing; review on – → 31 March 2014"
    )
    assert [str(change) for change in second.changes] == [
        "lead Anti Human Trafficking Co-ordinator → Bawso",
        "due – → 31 March 2014",
    ]
    [same] = preview_edit(wales, ["DP-05"], make_action_draft(brag="G"))
    assert same.summary == "DP-05  as it is"
    for refs, draft in (
        (["DP-05", "DP-99"], make_action_draft(brag="G")),
        (["DP-05"], make_action_draft(brag="R")),
        (["DP-05"], make_action_draft()),
    ):
        with pytest.raises(AhtcError):
            preview_edit(wales, refs, draft)
    assert (
        read_live_rows(wales),
        query_rows(wales, "SELECT count(*) FROM change"),
        query_rows(wales, "SELECT * FROM counter"),
    ) == before


def test_an_action_named_twice_is_edited_once(workspace: Workspace) -> None:
    ref = make_action(workspace, due="2014-01-31").ref
    assert len(edit_actions(workspace, [ref, "dp 1"], make_action_draft(due="2014-02-28"))) == 1
    assert len(show_action(workspace, ref).slips) == 1


def test_empty_text_clears_a_field(wales: Workspace) -> None:
    ref = make_action(wales, lead="AHTC", group="leadership-group", objective="3", detail="By post").ref
    row = edit_action(wales, ref, make_action_draft(lead="", group=" ", objective="", detail="", meeting=""))
    assert (row.lead, row.objective, show_action(wales, ref).group, show_action(wales, ref).detail) == (None,) * 4
    with pytest.raises(NotFound, match='no objective "99"'):
        edit_action(wales, ref, make_action_draft(objective="99"))


@pytest.mark.parametrize("character", ["\x1b", "\x00", "\x9b", "\u202e", "\u2066"])
def test_hidden_characters_are_refused(workspace: Workspace, character: str) -> None:
    ref = make_action(workspace).ref
    for field in ("title", "detail", "note", "reason", "outcome"):
        with pytest.raises(BadInput, match=f"U.{ord(character):04X}"):
            edit_action(workspace, ref, make_action_draft(**{field: f"Si{character}ân"}))
    with pytest.raises(BadInput, match="invisible character"):
        make_update(workspace, ref, f"Si{character}ân")


def test_control_characters_of_dates_are_not_stored(workspace: Workspace) -> None:
    ref = make_action(workspace, title="Si[31mânx", due="ASAP \x1b[2J").ref
    edit_action(workspace, ref, make_action_draft(due="when \x07 ready"))
    with closing(sqlite3.connect(workspace.database.path)) as connection:
        stored = "\n".join(connection.iterdump())  # keys and digests, which may have any bytes, are hexadecimal in it
    assert "Si[31mânx" in stored
    for control in ("\x1b", "\x07", "\x9b", "\\u001b", "\\u0007", "\\u009b"):
        assert control not in stored
    assert show_action(workspace, ref).row.title == "Si[31mânx"


def test_an_erased_action_cannot_be_edited(workspace: Workspace) -> None:
    row = make_action(workspace)
    query_rows(workspace, "INSERT INTO erasure (row_id, erased_on, ground) VALUES (?, '2013-12-31', 'asked')", row.key)
    with pytest.raises(Refused, match="erased"):
        edit_action(workspace, row.ref, make_action_draft(title="Again"))
    with pytest.raises(Refused, match="erased"):
        close_action(workspace, row.ref)
