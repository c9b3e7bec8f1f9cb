"""Tests of the state of minutes: gaps, agreement, issued copies and amendments."""

from __future__ import annotations

from pathlib import Path

import docx
import pytest

from ahtc_tui.domain.documents.meeting_document import Cut
from ahtc_tui.domain.drafts.groups import build_group_draft
from ahtc_tui.domain.drafts.meetings import build_item_edit, build_meeting_draft
from ahtc_tui.domain.drafts.minutes import build_agenda_draft, build_attendance_draft
from ahtc_tui.domain.errors import BadInput, NotFound, Refused
from ahtc_tui.domain.i18n import Language, use_language
from ahtc_tui.domain.meetings.kinds import LineKind
from ahtc_tui.domain.minutes.checks import GapKind
from ahtc_tui.domain.minutes.lifecycle import MinutesState
from ahtc_tui.services import doctor, history
from ahtc_tui.services.actions import service as actions
from ahtc_tui.services.desk_people import set_desk_person
from ahtc_tui.services.groups.service import edit_group
from ahtc_tui.services.meetings import service as meetings
from ahtc_tui.services.meetings.agenda import add_item, edit_item
from ahtc_tui.services.meetings.attendance import mark_remaining, set_attendance, show_quorum
from ahtc_tui.services.minutes import carry_forward, lifecycle
from ahtc_tui.services.minutes import service as minutes
from ahtc_tui.services.minutes.checks import list_gaps
from ahtc_tui.services.search import search_records
from ahtc_tui.services.workspace import Workspace
from tests.builders import make_action, make_line, make_minuted_meeting, make_party, set_clock


@pytest.fixture
def ref(wales: Workspace) -> str:
    return make_minuted_meeting(wales)


def agree_minutes(workspace: Workspace, ref: str) -> None:
    lifecycle.set_state(workspace, ref, MinutesState.AGREED)


def test_an_empty_standing_item_is_not_a_gap(wales: Workspace, ref: str) -> None:
    add_item(wales, ref, build_agenda_draft({"title": "Welcome", "standing": True}))
    missing = [gap.text for gap in list_gaps(wales, ref) if gap.kind is GapKind.NOTHING_RECORDED]
    assert missing == ["Data sets"]


def test_gaps_and_carried_items_have_the_welsh_titles_of_their_items(wales: Workspace, ref: str) -> None:
    edit_item(wales, ref, 2, build_item_edit({"title_cy": "Setiau data"}))
    add_item(wales, ref, build_agenda_draft({"title": "Any other business"}))
    gaps = [gap for gap in list_gaps(wales, ref) if gap.kind is GapKind.NOTHING_RECORDED]
    carried = carry_forward.list_carried_items(wales, ref)
    with use_language(Language.CY):
        assert [gap.shown_text for gap in gaps] == ["Setiau data", "Unrhyw fater arall"]
        assert [verdict.shown_item for verdict in carried[1:3]] == ["Setiau data", "Unrhyw fater arall"]
    assert [gap.text for gap in gaps] == ["Data sets", "Any other business"]


def test_every_gap_is_named_in_the_order_of_the_paper(wales: Workspace, ref: str) -> None:
    make_line(wales, ref, "a: share the pack", 2)
    make_line(wales, ref, "d: Agreed.", 2)
    make_action(wales, title="Find a room", meeting=ref, lead="Jeff Farrar")
    waiting = [gap for gap in list_gaps(wales, ref) if gap.kind is GapKind.NO_ATTENDANCE]
    assert waiting
    mark_remaining(wales, ref, build_attendance_draft({"state": "present"}))
    gap_tuples = [(gap.kind.value, gap.line, gap.ref) for gap in list_gaps(wales, ref)]
    assert gap_tuples == [
        ("no_owner", "2.1", f"{ref}/02"),
        ("no_date", "2.1", f"{ref}/02"),
        ("no_words", "2.2", "D-2013-01/2"),
        ("no_date", None, f"{ref}/03"),
    ]


def test_an_empty_item_is_a_gap_until_it_is_ticked(wales: Workspace, ref: str) -> None:
    nothing = [gap for gap in list_gaps(wales, ref) if gap.kind is GapKind.NOTHING_RECORDED]
    assert [str(gap) for gap in nothing] == ["2  nothing is recorded  Data sets"]
    minutes.tick_item(wales, ref, 2)
    assert GapKind.NOTHING_RECORDED not in [gap.kind for gap in list_gaps(wales, ref)]


def test_missing_attendance_is_a_gap_without_invitations(wales: Workspace) -> None:
    make_party(wales, "A talk", "a-talk", kind="group")
    draft = build_meeting_draft({"group": "a-talk", "starts": "2013-12-10"}, wales.today())
    ref = meetings.add_meeting(wales, draft).ref
    assert [gap.kind for gap in list_gaps(wales, ref)] == [GapKind.NO_ATTENDANCE]
    set_attendance(wales, ref, "A Walker", build_attendance_draft({"state": "present"}))
    assert list_gaps(wales, ref) == []


def test_agreed_minutes_cannot_be_edited(wales: Workspace, ref: str) -> None:
    set_attendance(wales, ref, "Jeff Farrar", build_attendance_draft({"state": "present"}))
    line = meetings.show_meeting(wales, ref).lines[0]
    agree_minutes(wales, ref)
    present = build_attendance_draft({"state": "online"})
    for write in (
        lambda: make_line(wales, ref, "n: one more", 1),
        lambda: minutes.edit_line(wales, ref, line.key, "other words"),
        lambda: minutes.change_line_kind(wales, ref, line.key, LineKind.DECISION),
        lambda: minutes.move_line(wales, ref, line.key, 1),
        lambda: minutes.remove_line(wales, ref, line.key),
        lambda: add_item(wales, ref, build_agenda_draft({"title": "Late"})),
        lambda: minutes.tick_item(wales, ref, 2),
        lambda: set_attendance(wales, ref, "Jeff Farrar", present),
        lambda: set_attendance(wales, ref, "A Walker", present),
        lambda: mark_remaining(wales, ref, present),
    ):
        with pytest.raises(Refused, match="meetings amend LG-2013-01") as caught:
            write()
        assert caught.value.exit_code == 6
    other_meeting = meetings.add_meeting(
        wales, build_meeting_draft({"group": "LG", "starts": "2014-03-10"}, wales.today())
    ).ref
    carry_forward.carry_items(wales, ref, other_meeting)
    assert make_line(wales, other_meeting, "n: goes on").text == "goes on"
    assert doctor.find_faults(wales) == []


def test_an_amendment_keeps_author_date_and_both_texts(wales: Workspace, ref: str) -> None:
    with pytest.raises(Refused, match="not agreed yet"):
        lifecycle.amend_paragraph(wales, ref, "1.1", "three courses", "Gwent asked")
    agree_minutes(wales, ref)
    row = lifecycle.amend_paragraph(wales, ref, "1.3", "agree  all dates", "Gwent asked")
    assert (row.paragraph, row.was, row.now, row.reason) == ("1.3", "agree dates", "agree all dates", "Gwent asked")
    assert (row.made_on, row.made_by) == (wales.today(), None)
    assert actions.show_action(wales, f"{ref}/01").row.title == "agree all dates"
    lifecycle.amend_paragraph(wales, ref, "1.2", "the course is adopted for all", "Powys asked")
    assert meetings.show_meeting(wales, ref).decisions[0].text == "the course is adopted for all"
    assert [hit.kind for hit in search_records(wales, "gwent asked")] == ["amendment"]
    assert len(lifecycle.list_amendments(wales, ref)) == 2
    with pytest.raises(NotFound, match=r"no paragraph 9\.9"):
        lifecycle.amend_paragraph(wales, ref, "9.9", "words", "Gwent asked")
    with pytest.raises(BadInput, match="needs the new text"):
        lifecycle.amend_paragraph(wales, ref, "1.1", " ", "Gwent asked")
    with pytest.raises(BadInput, match="An amendment needs a reason"):
        lifecycle.amend_paragraph(wales, ref, "1.1", "three courses", " ")
    with pytest.raises(BadInput, match="An amendment needs a reason"):
        lifecycle.amend_meeting(wales, ref, build_meeting_draft({"venue": "Cathays Park"}, wales.today()), "")
    history.undo_step(wales)
    assert meetings.show_meeting(wales, ref).decisions[0].text == "the course is adopted"
    assert doctor.find_faults(wales) == []


def test_going_back_to_an_earlier_state_is_recorded(wales: Workspace, ref: str) -> None:
    following = meetings.add_meeting(
        wales, build_meeting_draft({"group": "LG", "starts": "2014-03-11"}, wales.today())
    ).ref
    agreed_state = lifecycle.set_state(set_clock(wales, "2014-03-11"), ref, MinutesState.AGREED, following, "item 2")
    assert str(agreed_state) == f"Agreed at {following} on 11 March 2014, subject to item 2"
    back = lifecycle.set_state(wales, ref, MinutesState.CIRCULATED)
    assert (back.state, back.agreed_at, back.subject_to) == (MinutesState.CIRCULATED, None, None)
    assert history.list_steps(wales, 1)[0].label == f"minutes of {ref}: agreed back to circulated"
    make_line(wales, ref, "n: open again")


def test_agreement_details_are_refused_before_agreement(wales: Workspace, ref: str) -> None:
    with pytest.raises(BadInput, match="Only agreed minutes"):
        lifecycle.set_state(wales, ref, MinutesState.CIRCULATED, subject_to="item 2")
    with pytest.raises(Refused, match="the minutes of the same meeting"):
        lifecycle.set_state(wales, ref, MinutesState.AGREED, ref)
    meetings.cancel_meeting(wales, ref)
    for refused in (
        lambda: lifecycle.set_state(wales, ref, MinutesState.CLEARED),
        lambda: lifecycle.issue_minutes(wales, ref),
    ):
        with pytest.raises(Refused, match="has no minutes"):
            refused()


def test_an_issued_copy_never_changes(wales: Workspace, ref: str, tmp_path: Path) -> None:
    first = lifecycle.issue_minutes(wales, ref)
    assert (first.version, first.state, first.cut) == (1, MinutesState.DRAFT, Cut.CIRCULATED)
    for ending in ("docx", "md", "txt"):
        lifecycle.write_issued_copy(wales, ref, 1, tmp_path / f"before.{ending}")
    make_line(wales, ref, "n: more was said", 2)
    (wales.root / "templates").mkdir()
    (wales.root / "templates" / "minutes.docx").write_bytes(b"the office broke it")
    for ending in ("docx", "md", "txt"):
        lifecycle.write_issued_copy(wales, ref, 1, tmp_path / f"after.{ending}")
        assert (tmp_path / f"before.{ending}").read_bytes() == (tmp_path / f"after.{ending}").read_bytes()
    header = docx.Document(str(tmp_path / "after.docx")).sections[0].header.paragraphs[1].text
    assert header == "Draft · Version 1, issued 31 December 2013"
    assert (
        lifecycle.export_issued_copy(wales, ref, first).name
        == "2013-12-10 Minutes, version 1, Wales Anti Human Trafficking Leadership Group.docx"
    )
    assert (
        lifecycle.export_issued_copy(wales, ref, first).name
        == "2013-12-10 Minutes, version 1, Wales Anti Human Trafficking Leadership Group-2.docx"
    )
    with pytest.raises(NotFound, match="No version 7"):
        lifecycle.write_issued_copy(wales, ref, 7, tmp_path / "none.docx")
    with pytest.raises(BadInput, match=r"\.docx, .*\.md or \.txt"):
        lifecycle.write_issued_copy(wales, ref, 1, tmp_path / "copy.rtf")


def test_the_post_of_the_writer_is_printed_in_full_and_in_the_language(wales: Workspace, ref: str) -> None:
    assert set_desk_person(wales, None, "Policy Lead").post == "Policy Lead"
    assert set_desk_person(wales, None, "AHTC").post == "Anti Human Trafficking Co-ordinator"
    agree_minutes(wales, ref)
    lifecycle.amend_paragraph(wales, ref, "1.1", "three courses", "Gwent asked")
    lifecycle.issue_minutes(wales, ref, language=Language.CY)
    with wales.database.read() as cursor:
        copy = lifecycle._find_copy(cursor, ref, 1)
    assert "Cydgysylltydd Atal Masnachu mewn Pobl, 31 Rhagfyr 2013" in copy.markdown


def test_an_amendment_prints_the_post_and_never_the_account(wales: Workspace, ref: str) -> None:
    agree_minutes(wales, ref)
    wales.database.user = "planted-account"
    lifecycle.amend_paragraph(wales, ref, "1.1", "three courses", "Gwent asked")
    set_desk_person(wales, None, "Policy Lead")
    lifecycle.amend_paragraph(wales, ref, "1.3", "agree all dates", "Gwent asked")
    with wales.database.write("as earlier versions stored it") as ledger:
        rows = ledger.cursor.execute("SELECT id FROM amendments ORDER BY n").fetchall()
        ledger.update("amendments", rows[0][0], {"made_by": "planted-account"})
    assert [row.made_by for row in lifecycle.list_amendments(wales, ref)] == ["Policy Lead", "Policy Lead"]
    lifecycle.issue_minutes(wales, ref)
    with wales.database.read() as cursor:
        copy = lifecycle._find_copy(cursor, ref, 1)
    assert "planted-account" not in copy.markdown + copy.plain
    assert copy.markdown.count("Policy Lead, 31 December 2013") == 2


def test_the_account_of_another_laptop_is_printed_as_the_secretariat(wales: Workspace, ref: str) -> None:
    agree_minutes(wales, ref)
    lifecycle.amend_paragraph(wales, ref, "1.1", "three courses", "Gwent asked")
    [amendment] = lifecycle.list_amendments(wales, ref)
    assert (amendment.made_by, amendment.author) == (None, "Secretariat")


def test_issued_copies_are_compared_by_section(wales: Workspace, ref: str) -> None:
    lifecycle.issue_minutes(wales, ref, language=Language.BOTH)
    lifecycle.issue_minutes(wales, ref)
    agree_minutes(wales, ref)
    lifecycle.amend_paragraph(wales, ref, "1.1", "three courses", "counted again")
    assert lifecycle.issue_minutes(wales, ref).version == 2
    differences = {difference.heading: difference for difference in lifecycle.compare_copies(wales, ref, 1, 2)}
    assert differences["1. Training"].was == ("1.1 two courses & <b>one</b> more",)
    assert differences["1. Training"].now == ("1.1 three courses",)
    assert any("counted again" in line for line in differences["Amendments"].now)
    assert lifecycle.compare_copies(wales, ref, 2, 2) == []
    assert [row.version for row in lifecycle.list_issues(wales, ref)] == [1, 1, 2]


def test_the_version_of_an_undone_copy_is_not_reused(wales: Workspace, ref: str) -> None:
    lifecycle.issue_minutes(wales, ref)
    history.undo_step(wales)
    assert lifecycle.issue_minutes(wales, ref).version == 2
    assert [row.version for row in lifecycle.list_issues(wales, ref)] == [2]
    assert doctor.find_faults(wales) == []


def test_the_agreed_record_of_a_meeting_is_changed_by_amendments_alone(wales: Workspace, ref: str) -> None:
    agree_minutes(wales, ref)
    for field, value in (("starts", "2013-12-03 11:00"), ("venue", "Cathays Park"), ("title", "Another title")):
        with pytest.raises(Refused, match="are agreed"):
            meetings.edit_meeting(wales, ref, build_meeting_draft({field: value}, wales.today()))
    before = meetings.show_meeting(wales, ref).row
    draft = build_meeting_draft({"starts": "2013-12-03 11:00", "venue": "Cathays Park"}, wales.today())
    rows = lifecycle.amend_meeting(wales, ref, draft, "The invitation was wrong")
    assert [(row.place, row.shown_now, row.reason) for row in rows] == [
        ("Date and time", rows[0].shown_now, "The invitation was wrong"),
        ("Venue", "Cathays Park", "The invitation was wrong"),
    ]
    assert rows[0].shown_now.startswith("Tuesday 3 December 2013, 11am")
    with use_language(Language.CY):
        assert rows[0].shown_now.startswith("dydd Mawrth 3 Rhagfyr 2013, 11am")
    history.undo_step(wales)
    assert meetings.show_meeting(wales, ref).row == before
    assert lifecycle.list_amendments(wales, ref) == []


def test_an_amendment_of_a_meeting_changes_something_and_only_the_record(wales: Workspace, ref: str) -> None:
    with pytest.raises(Refused, match="not agreed yet"):
        lifecycle.amend_meeting(
            wales, ref, build_meeting_draft({"venue": "Cathays Park"}, wales.today()), "It was wrong"
        )
    agree_minutes(wales, ref)
    with pytest.raises(BadInput, match="link is not a part"):
        lifecycle.amend_meeting(
            wales, ref, build_meeting_draft({"link": "https://example.org"}, wales.today()), "It was wrong"
        )
    title = meetings.show_meeting(wales, ref).row.title
    with pytest.raises(BadInput, match="Nothing is amended"):
        lifecycle.amend_meeting(wales, ref, build_meeting_draft({"title": title}, wales.today()), "It was wrong")


def test_minutes_are_agreed_by_a_later_meeting_that_has_been(wales: Workspace, ref: str) -> None:
    for starts, words in (("2014-03-11 10:00", "in the future"), ("2013-06-11 10:00", "Name a later meeting")):
        values = {"group": "leadership-group", "starts": starts}
        other = meetings.add_meeting(wales, build_meeting_draft(values, wales.today())).ref
        with pytest.raises(Refused, match=words):
            lifecycle.set_state(wales, ref, MinutesState.AGREED, other)


@pytest.mark.parametrize(
    ("text", "is_gap"),
    [("Adopt.", False), ("Mabwysiadu.", False), ("Agreed.", True), ("Cytunwyd", True), ("...", True)],
)
def test_a_decision_in_one_word_that_says_what_was_decided_is_whole(
    wales: Workspace, ref: str, text: str, is_gap: bool
) -> None:
    make_line(wales, ref, f"d: {text}", 2)
    gaps = [gap for gap in list_gaps(wales, ref) if gap.kind is GapKind.NO_WORDS and gap.text == text]
    assert bool(gaps) is is_gap


def test_an_item_was_not_reached_only_where_somebody_said_so(wales: Workspace, ref: str) -> None:
    lifecycle.issue_minutes(wales, ref)
    edit_item(wales, ref, 2, build_item_edit({"outcome": "not_reached"}))
    lifecycle.issue_minutes(wales, ref)
    [difference] = [row for row in lifecycle.compare_copies(wales, ref, 1, 2) if "reached" in "".join(row.now)]
    assert (difference.was, difference.now) == (
        (),
        ("The item was not reached.",),
    )
    carried = {row.position: row.reason for row in carry_forward.list_carried_items(wales, ref)}
    assert carried[2] == "not reached"


def test_a_removed_line_takes_its_action_with_it(wales: Workspace, ref: str) -> None:
    line = make_line(wales, ref, "a: share the pack", 2)
    assert minutes.remove_paragraph(wales, ref, line.number).action == line.action
    with pytest.raises(NotFound):
        actions.show_action(wales, line.action or "")
    with pytest.raises(NotFound, match="no paragraph"):
        minutes.remove_paragraph(wales, ref, line.number)


def test_an_inquorate_meeting_is_a_gap(wales: Workspace, ref: str) -> None:
    edit_group(wales, "leadership-group", build_group_draft({"quorum": "2"}, wales.today()))
    set_attendance(wales, ref, "Jeff Farrar", build_attendance_draft({"state": "present"}))
    assert show_quorum(wales, ref) == (2, 1)
    assert [gap.text for gap in list_gaps(wales, ref) if gap.kind is GapKind.NO_QUORUM] == ["1 present, 2 needed"]
    set_attendance(wales, ref, "GLA", build_attendance_draft({"state": "present"}))
    assert not [gap for gap in list_gaps(wales, ref) if gap.kind is GapKind.NO_QUORUM]
