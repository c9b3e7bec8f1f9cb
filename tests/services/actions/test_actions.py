"""The everyday use cases of actions: add, edit, update, close, reopen, and what each leaves behind."""

from __future__ import annotations

import pytest

from ahtc_tui.domain.actions.model import Brag, PartRole, Status
from ahtc_tui.domain.dates.date_as_known import DateAsKnown
from ahtc_tui.domain.dates.parser import read_date
from ahtc_tui.domain.drafts.actions import UpdateDraft
from ahtc_tui.domain.errors import AhtcError, BadInput, NotFound, Refused
from ahtc_tui.services.actions.service import (
    add_action,
    close_action,
    edit_action,
    edit_actions,
    preview_edit,
    reopen_action,
    show_action,
    update_action,
    why,
)
from ahtc_tui.services.doctor import faults
from ahtc_tui.services.history import undo
from ahtc_tui.services.workspace import Workspace
from tests.builders import TODAY, a_draft, a_holding, a_party, an_action, an_update, ask, live_rows


def test_a_new_action_gets_the_next_reference_and_the_day_it_was_raised(wales: Workspace) -> None:
    row = an_action(wales, title="Brief the SPOCs", lead="AHTC", due="end of january 2014", objective="2.")
    assert (row.ref, row.status, row.lead_short, row.lead_holder) == (
        "DP-45",
        Status.PLANNED,
        "AHTC",
        "Stephen Chapman",
    )
    assert (str(row.due), row.original_due, row.objective) == ("end of january 2014", row.due, "2")
    assert row.raised_on == DateAsKnown(TODAY)


def test_an_action_of_a_meeting_is_numbered_under_it(wales: Workspace) -> None:
    [(meeting,)] = ask(wales, "SELECT ref FROM meetings ORDER BY n LIMIT 1")
    refs = [an_action(wales, meeting=meeting).ref for _n in range(2)]
    assert refs == [f"{meeting}/01", f"{meeting}/02"]
    assert show_action(wales, refs[0]).row.meeting == meeting


def test_references_go_on_where_a_log_from_elsewhere_ended(workspace: Workspace) -> None:
    with workspace.database.write("import") as ledger:
        ledger.add_all("actions", [{"ref": ref, "title": "x"} for ref in ("DP-7", "DP-012", "DP-12a", "XDP-99")])
    assert an_action(workspace).ref == "DP-13"
    with workspace.database.write("import") as ledger:
        ledger.add("actions", {"ref": "DP-14", "title": "typed by hand"})
    assert an_action(workspace).ref == "DP-15"


def test_an_action_needs_a_title(workspace: Workspace) -> None:
    with pytest.raises(BadInput, match="needs a title"):
        add_action(workspace, a_draft(due="2014-01-31"))


def test_a_due_date_that_moves_leaves_a_slip_with_its_reason_and_the_first_stays_known(workspace: Workspace) -> None:
    ref = an_action(workspace, due="2013-11-30").ref
    edit_action(workspace, ref, a_draft(due="2014-01-31", reason="Waiting for the Home Office"))
    edit_action(workspace, ref, a_draft(due="2014-01-31"))
    edit_action(workspace, ref, a_draft(due=""))
    card = show_action(workspace, ref)
    assert [(str(slip.from_due), str(slip.to_due), slip.reason) for slip in card.slips] == [
        ("30 November 2013", "31 January 2014", "Waiting for the Home Office"),
        ("31 January 2014", "None", None),
    ]
    assert (card.row.due, str(card.row.original_due), card.row.slips) == (None, "30 November 2013", 2)
    assert card.slips[0].slipped_on == TODAY
    edit_action(workspace, ref, a_draft(due="2014-03-31"))
    assert str(show_action(workspace, ref).row.original_due) == "30 November 2013"


def test_the_first_due_date_of_undated_work_is_no_slip(workspace: Workspace) -> None:
    ref = an_action(workspace).ref
    assert edit_action(workspace, ref, a_draft(due="")).original_due is None
    row = edit_action(workspace, ref, a_draft(due="2014-01-31"))
    assert (row.slips, row.original_due) == (0, row.due)


def test_done_is_blue_and_names_who_held_the_post(wales: Workspace) -> None:
    ref = an_action(wales, lead="AHTC", brag="A").ref
    row = close_action(wales, ref, read_date("17 December 2013", TODAY))
    assert (row.status, row.brag, str(row.closed_on)) == (Status.DONE, Brag.BLUE, "17 December 2013")
    post = ask(wales, "SELECT id FROM parties WHERE ref = 'ahtc'")[0][0]
    successor = a_party(wales, "Siân Llŷn", "sian-llyn", kind="person")
    with wales.database.write("appoint") as ledger:
        for (holding,) in ask(wales, "SELECT id FROM holdings WHERE post = ? AND to_on IS NULL", post):
            ledger.change("holdings", holding, {"to_on": "2013-12-20"})
    a_holding(wales, post, successor, from_on="2013-12-21")
    assert show_action(wales, ref).row.lead_holder == "Stephen Chapman", "closed work keeps the person"
    other = close_action(wales, an_action(wales, lead="AHTC").ref)
    assert other.lead_holder == "Siân Llŷn"
    reopened = reopen_action(wales, ref)
    assert (reopened.status, reopened.brag, reopened.closed_on) == (Status.IN_PROGRESS, None, None)
    assert reopened.lead_holder == "Siân Llŷn", "open work follows the post"


def test_closing_and_opening_twice_are_refused(workspace: Workspace) -> None:
    ref = an_action(workspace).ref
    with pytest.raises(Refused, match="DP-01 is open already"):
        reopen_action(workspace, "dp1")
    assert close_action(workspace, ref).closed_on == DateAsKnown(TODAY)
    with pytest.raises(Refused, match="DP-01 is closed already"):
        close_action(workspace, "dp1")


def test_a_status_brings_with_it_what_closing_brings(workspace: Workspace) -> None:
    ref = an_action(workspace, brag="G").ref
    row = edit_action(workspace, ref, a_draft(status="done", closed_on="1 December 2013"))
    assert (row.brag, str(row.closed_on)) == (Brag.BLUE, "1 December 2013")
    row = edit_action(workspace, ref, a_draft(status="cancelled"))
    assert (row.brag, str(row.closed_on)) == (None, "1 December 2013")
    row = edit_action(workspace, ref, a_draft(status="done", brag="A"))
    assert row.brag is Brag.AMBER, "a rating that is said wins"
    row = edit_action(workspace, ref, a_draft(status="planned"))
    assert (row.brag, row.closed_on) == (Brag.AMBER, None)
    row = edit_action(workspace, ref, a_draft(status="on_hold"))
    assert row.status is Status.ON_HOLD


def test_an_action_may_be_added_when_it_is_over(wales: Workspace) -> None:
    row = an_action(wales, lead="AHTC", status="done", closed_on="2013-12-01")
    assert (row.brag, row.closed_on, row.lead_holder) == (
        Brag.BLUE,
        DateAsKnown(read_date("2013-12-01", TODAY).latest),
        "Stephen Chapman",
    )
    assert an_action(wales, status="cancelled").brag is None


def test_only_closed_work_has_a_day_of_closing(workspace: Workspace) -> None:
    with pytest.raises(BadInput, match="Only a closed action"):
        an_action(workspace, closed_on="2013-12-01")
    ref = an_action(workspace).ref
    with pytest.raises(BadInput, match="Only a closed action"):
        edit_action(workspace, ref, a_draft(closed_on="2013-12-01"))
    close_action(workspace, ref)
    assert str(edit_action(workspace, ref, a_draft(closed_on="2013-12-01")).closed_on) == "1 December 2013"


def test_a_line_of_progress_carries_its_rating_and_status_to_the_action(workspace: Workspace) -> None:
    ref = an_action(workspace).ref
    an_update(workspace, ref, "Two of four briefed.", brag="amber", status="in progress")
    row = an_update(workspace, ref, "Nothing new.")
    assert (row.brag, row.status, row.latest_update, row.latest_update_on) == (
        Brag.AMBER,
        Status.IN_PROGRESS,
        "Nothing new.",
        TODAY,
    )
    assert an_update(workspace, ref, "All briefed.", status="done").brag is Brag.BLUE
    card = show_action(workspace, ref)
    assert [line.text for line in card.updates] == ["All briefed.", "Nothing new.", "Two of four briefed."]
    earlier = UpdateDraft(text="Asked for names.", said_on=read_date("1 dec 2013", TODAY).latest)
    assert update_action(workspace, ref, earlier).latest_update == "All briefed."


def test_the_supporters_named_are_the_supporters(wales: Workspace) -> None:
    ref = an_action(wales, support="Bawso; New Pathways; bawso;").ref
    assert show_action(wales, ref).row.support == ("Bawso", "New Pathways")
    edit_action(wales, ref, a_draft(support="New Pathways; AHTC"))
    card = show_action(wales, ref)
    assert [name for role, name in card.parties if role is PartRole.SUPPORT] == list(card.row.support)
    assert card.row.support == ("New Pathways", "Anti Human Trafficking Co-ordinator")
    edit_action(wales, ref, a_draft(support=""))
    assert show_action(wales, ref).row.support == ()
    assert faults(wales) == []


def test_work_that_waits_says_for_what_and_a_loop_is_shown(workspace: Workspace) -> None:
    for title in ("Plan", "Agree", "Print"):
        an_action(workspace, title=title)
    edit_action(workspace, "DP-02", a_draft(blocked_by="DP-01, dp1"))
    edit_action(workspace, "DP-03", a_draft(blocked_by="DP-02 DP-01"))
    card = show_action(workspace, "DP-02")
    assert (card.blocked_by, card.blocks) == (("DP-01 Plan",), ("DP-03 Print",))
    assert (card.row.blocked, card.row.blocking) == (True, True)
    assert ("blocked", -5.0) in why(workspace, "DP-02")
    before = live_rows(workspace)
    with pytest.raises(Refused, match="DP-01 → DP-03 → DP-0"):
        edit_action(workspace, "DP-01", a_draft(blocked_by="DP-03"))
    with pytest.raises(Refused, match="DP-01 → DP-01"):
        edit_action(workspace, "DP-01", a_draft(blocked_by="DP-01"))
    assert live_rows(workspace) == before
    edit_action(workspace, "DP-03", a_draft(blocked_by="DP-01"))
    close_action(workspace, "DP-01")
    assert not show_action(workspace, "DP-02").row.blocked
    edit_action(workspace, "DP-02", a_draft(blocked_by=""))
    assert show_action(workspace, "DP-02").blocked_by == ()


def test_a_rating_that_gets_worse_says_why(workspace: Workspace) -> None:
    ref = an_action(workspace, brag="G").ref
    with pytest.raises(Refused, match="gets worse, from Green to Red: say why"):
        edit_action(workspace, ref, a_draft(brag="R"))
    assert edit_action(workspace, ref, a_draft(brag="R", reason="The trainer left")).brag is Brag.RED
    assert show_action(workspace, ref).brag_reason == "The trainer left"
    edit_action(workspace, ref, a_draft(brag="A"))
    assert show_action(workspace, ref).brag_reason is None, "the reason went with the rating it was for"
    an_update(workspace, ref, "Two forces dropped out.", brag="R")
    assert show_action(workspace, ref).brag_reason == "Two forces dropped out."


def test_the_reason_of_a_rating_stays_until_the_rating_moves(workspace: Workspace) -> None:
    ref = an_action(workspace, brag="G", due="2014-01-31").ref
    edit_action(workspace, ref, a_draft(brag="R", reason="The trainer left"))
    edit_action(workspace, ref, a_draft(brag="R", confidence="low"))
    edit_action(workspace, ref, a_draft(brag="R", due="2014-02-28", reason="Snow"))
    an_update(workspace, ref, "Still looking.", brag="R")
    card = show_action(workspace, ref)
    assert (card.brag_reason, card.slips[0].reason) == ("The trainer left", "Snow")
    edit_action(workspace, ref, a_draft(brag="R", reason="Nobody can train"))
    assert show_action(workspace, ref).brag_reason == "Nobody can train"
    close_action(workspace, ref)
    assert show_action(workspace, ref).brag_reason is None, "what is done is blue for a reason of its own"
    undo(workspace)
    assert show_action(workspace, ref).brag_reason == "Nobody can train"


def test_an_edit_of_several_is_all_or_none(workspace: Workspace) -> None:
    refs = [an_action(workspace).ref for _n in range(6)]
    before = live_rows(workspace)
    with pytest.raises(NotFound, match='no action "DP-99"'):
        edit_actions(workspace, [*refs, "DP-99"], a_draft(brag="R"))
    assert live_rows(workspace) == before
    assert {row.brag for row in edit_actions(workspace, refs, a_draft(brag="R"))} == {Brag.RED}
    assert ask(workspace, "SELECT label FROM step ORDER BY seq DESC LIMIT 1") == [
        ("edit DP-01, DP-02, DP-03, DP-04 and 2 more",)
    ]
    with pytest.raises(BadInput, match="Say what to change"):
        edit_actions(workspace, refs, a_draft())


def test_an_edit_is_shown_before_it_is_written_and_leaves_no_trace(wales: Workspace) -> None:
    edit_action(wales, "DP-05", a_draft(brag="G", due="2014-01-31"))
    before = live_rows(wales), ask(wales, "SELECT count(*) FROM change"), ask(wales, "SELECT * FROM counter")
    first, second = preview_edit(
        wales, ["DP-05", "dp 25"], a_draft(due="2014-03-31", status="continuing", lead="Bawso")
    )
    assert first.line == (
        "DP-05  lead Anti Human Trafficking Co-ordinator → Bawso; due 31 January 2014 → 31 March 2014;"
        " review on – → 31 March 2014; status in progress → continuing"
    )
    assert [str(change) for change in second.changes] == [
        "lead Anti Human Trafficking Co-ordinator → Bawso",
        "due – → 31 March 2014",
    ]
    [same] = preview_edit(wales, ["DP-05"], a_draft(brag="G"))
    assert same.line == "DP-05  as it is"
    for refs, draft in (
        (["DP-05", "DP-99"], a_draft(brag="G")),
        (["DP-05"], a_draft(brag="R")),
        (["DP-05"], a_draft()),
    ):
        with pytest.raises(AhtcError):
            preview_edit(wales, refs, draft)
    assert (live_rows(wales), ask(wales, "SELECT count(*) FROM change"), ask(wales, "SELECT * FROM counter")) == before


def test_an_action_that_is_named_twice_is_edited_once(workspace: Workspace) -> None:
    ref = an_action(workspace, due="2014-01-31").ref
    assert len(edit_actions(workspace, [ref, "dp 1"], a_draft(due="2014-02-28"))) == 1
    assert len(show_action(workspace, ref).slips) == 1


def test_empty_words_clear_a_field(wales: Workspace) -> None:
    ref = an_action(wales, lead="AHTC", group="leadership-group", objective="3", detail="By post").ref
    row = edit_action(wales, ref, a_draft(lead="", group=" ", objective="", detail="", meeting=""))
    assert (row.lead, row.objective, show_action(wales, ref).group, show_action(wales, ref).detail) == (None,) * 4
    with pytest.raises(NotFound, match='no objective "99"'):
        edit_action(wales, ref, a_draft(objective="99"))


def test_no_control_character_comes_into_the_file(workspace: Workspace) -> None:
    naughty = "Si\x1b[31mân\x00\x9bx"
    ref = an_action(workspace, title=naughty, detail=naughty, due="ASAP \x1b[2J", note=naughty).ref
    an_update(workspace, ref, naughty)
    edit_action(workspace, ref, a_draft(due="when \x07 ready", reason=naughty, outcome=naughty))
    stored = workspace.database.path.read_bytes()
    for control in (b"\x1b[31m", b"\x1b[2J", b"\xc2\x9b"):
        assert control not in stored
    assert show_action(workspace, ref).row.title == "Si[31mânx"


def test_an_erased_action_refuses_every_edit(workspace: Workspace) -> None:
    row = an_action(workspace)
    ask(workspace, "INSERT INTO erasure (row_id, erased_on, ground) VALUES (?, '2013-12-31', 'asked')", row.key)
    with pytest.raises(Refused, match="erased"):
        edit_action(workspace, row.ref, a_draft(title="Again"))
    with pytest.raises(Refused, match="erased"):
        close_action(workspace, row.ref)
