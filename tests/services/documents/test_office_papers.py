"""A brief for a board on one page, and the hand-over of a post: what they say, and that they are whole."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from ahtc_tui.cli.main import run
from ahtc_tui.domain.actions.model import Marking
from ahtc_tui.domain.dates.date_as_known import from_iso
from ahtc_tui.domain.drafts.evidence import figure_draft
from ahtc_tui.domain.drafts.meetings import meeting_draft
from ahtc_tui.domain.drafts.minutes import attendance_draft
from ahtc_tui.domain.errors import BadInput, NotFound, Refused
from ahtc_tui.services.contacts.appointments import Appointment, appoint
from ahtc_tui.services.documents.briefs import brief_of, export_brief
from ahtc_tui.services.documents.handover import export_hand_over, hand_over
from ahtc_tui.services.evidence.service import edit_figure
from ahtc_tui.services.groups.seats import give_seat
from ahtc_tui.services.meetings.attendance import set_attendance
from ahtc_tui.services.meetings.service import add_meeting
from ahtc_tui.services.minutes.service import add_line
from ahtc_tui.services.workspace import Workspace
from tests.builders import TODAY, an_action

HOSTILE = "Tell <b>&amp; | `them` [/x] {{7*7}} **now**"


def words_of(path: Path) -> str:
    """Everything that a Word file says, on one line."""
    import docx

    page = docx.Document(str(path))
    said = [paragraph.text for paragraph in page.paragraphs]
    said += [cell.text for table in page.tables for row in table.rows for cell in row.cells]
    return " ".join(" ".join(said).split())


def test_the_brief_says_why_we_sit_there_what_we_promised_and_who_else_sits(wales: Workspace, tmp_path: Path) -> None:
    path, found = export_brief(wales, "idmg", tmp_path / "idmg.docx")
    assert [one.seat for one in found.ours] == ["idmg/ahtc"]
    assert ([row.ref for row in found.mine], found.others) == (["DP-33"], ())
    said = words_of(path)
    for words in (
        "Our seat: Attends, held by Stephen Chapman, with Lesley Griffiths",
        "Why we sit there: para 3.1",
        "no attendance recorded; last there: not yet",
        "Chair: Minister for Security",
        "Next meeting: none planned",
        "DP-33 Attend the Inter-Departmental Ministerial Group with the Minister",
        "NRM referrals, Wales. Caveat: Thought to be just the 'tip of the iceberg' (2.4). 34 referrals 2012 para 2.4",
        "Who else sits (9)",
        "Scottish Government, Member",
        "No meeting is recorded.",
    ):
        assert words in said


def test_the_brief_shows_the_last_minutes_the_rate_and_the_marking_of_its_actions(
    wales: Workspace, tmp_path: Path
) -> None:
    ref = add_meeting(wales, meeting_draft({"group": "idmg", "starts": "2013-11-04", "title": "Autumn"}, TODAY)).ref
    for number in range(14):
        add_line(wales, ref, f"n: Line {number} {HOSTILE}")
    set_attendance(wales, ref, "AHTC", attendance_draft({"state": "present"}))
    an_action(wales, HOSTILE, group="idmg", lead="Bawso", marking="official-sensitive")
    give_seat_until(wales)
    path, found = export_brief(wales, "idmg", tmp_path / "idmg.md")
    said = path.read_text(encoding="utf-8")
    assert said.startswith("**OFFICIAL-SENSITIVE**\n")
    assert found.minutes is not None
    assert len(found.minutes.lines) == 14
    assert "Autumn, 4 November 2013" in said
    assert "Line 11" in said
    assert "Line 12" not in said
    assert "and 2 more lines" in said
    assert "1 of 1 meetings; last there: 4 November 2013" in said
    assert "on behalf of Welsh Government" in said
    assert "until 31 December 2014" in said
    assert "\\*\\*now\\*\\*" in said


def give_seat_until(wales: Workspace) -> None:
    """Our seat there is for the government, and ends."""
    from ahtc_tui.domain.drafts.groups import seat_draft

    fields = {"on_behalf_of": "Welsh Government", "to_on": "2014-12-31", "basis": "Letter of the Minister"}
    give_seat(wales, "idmg", "ahtc", seat_draft(fields, TODAY))


def test_a_brief_prints_both_sources_of_a_figure_each_with_its_caveat(wales: Workspace, tmp_path: Path) -> None:
    edit_figure(wales, "nrm-uk-2012", figure_draft({"area": "wales"}, TODAY))
    edit_figure(wales, "nrm-uk-2012-statement", figure_draft({"area": "wales"}, TODAY))
    said = words_of(export_brief(wales, "idmg", tmp_path / "idmg.docx")[0])
    assert "1,186 referrals 2012 public: Senedd Research 2013-11-28 · used (2 sources)" in said
    assert "1,156 referrals 2012 public: gov.wales statement 2014-01-13 · not used" in said
    assert "Caveat: Senedd Research of 28 November 2013 prints 1,186" in said


def test_a_brief_with_a_small_count_of_people_says_so_before_it_leaves(
    wales: Workspace, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    order = ["--workspace", str(wales.root), "export", "brief", "idmg", str(tmp_path / "idmg.md"), "--force", "--json"]
    assert run(order) == 0
    assert json.loads(capsys.readouterr().out)["small"] == []
    edit_figure(wales, "nrm-wales-2012", figure_draft({"value": "3"}, TODAY))
    assert run(order) == 1
    said = capsys.readouterr()
    assert "nrm-wales-2012 is a count under 5: look before you send it." in said.err
    assert (json.loads(said.out)["small"], json.loads(said.out)["limit"]) == (["nrm-wales-2012"], 5)


def test_a_group_without_us_says_so(wales: Workspace, tmp_path: Path) -> None:
    path, found = export_brief(wales, "pslg", tmp_path / "pslg.docx")
    assert found.ours == ()
    assert "Our seat: none" in words_of(path)
    assert brief_of(wales, "pslg", "mohammed-mehmet").ours[0].seat == "pslg/mohammed-mehmet"


def test_the_hand_over_counts_16_led_12_not_done_8_continuing_10_seats(wales: Workspace, tmp_path: Path) -> None:
    path, found = export_hand_over(wales, "ahtc", tmp_path / "ahtc.docx")
    counts = (len(found.led), len(found.not_done), len(found.continuing), len(found.closed), len(found.seats))
    assert counts == (16, 12, 8, 4, 10)
    said = words_of(path)
    assert "16 actions led, 12 not done (8 continuing), 4 closed, 10 seats" in said
    assert said.count("Stephen Chapman") == 1 + 4 + 1
    appoint(wales, "Third Holder", "ahtc", Appointment(from_iso("2013-12-31")), new=True)
    after, again = export_hand_over(wales, "ahtc", tmp_path / "after.docx")
    assert [action.lead_holder for action in again.closed] == ["Stephen Chapman"] * 4
    assert {action.lead_holder for action in again.not_done} == {"Third Holder"}
    assert "Held by: Third Holder" in words_of(after)


def test_the_hand_over_lists_the_days_to_come_and_what_is_held_in_person(wales: Workspace) -> None:
    coming = add_meeting(wales, meeting_draft({"group": "idmg", "starts": "2014-02-03"}, TODAY)).ref
    an_action(wales, "Write", lead="ahtc", due="2014-01-20", review_on="2014-01-10")
    an_action(wales, "Late already", lead="ahtc", due="2013-12-01")
    an_action(wales, "As soon as can be", lead="ahtc", due="ASAP", support="Bawso")
    an_action(wales, "Mine alone", lead="Stephen Chapman")
    an_action(wales, "With help", lead="Bawso", support="ahtc")
    found = hand_over(wales, "ahtc")
    days = [(str(one.day), one.what) for one in found.dates]
    assert days[:3] == [
        ("10 January 2014", "to review: Write"),
        ("20 January 2014", "due: Write"),
        ("3 February 2014", "meeting: Inter-Departmental Ministerial Group on Human Trafficking"),
    ]
    assert {day for day, _what in days[3:]} == {"31 March 2014"}
    assert len(days) == 3 + len(found.continuing) == 11
    assert found.dates[2].ref == coming
    assert [said.split(" ", 2)[2] for said in found.in_person] == ["Mine alone"]
    assert [row.title for row in found.helped] == ["With help"]
    assert len(found.tasks) == 4 + 3


def test_a_post_that_nobody_holds_is_handed_over_all_the_same(wales: Workspace, tmp_path: Path) -> None:
    path, found = export_hand_over(wales, "spoc-gwent", tmp_path / "spoc.md")
    assert (found.holder, found.in_person, [row.ref for row in found.helped]) == (None, (), ["DP-25"])
    said = path.read_text(encoding="utf-8")
    assert "**Held by:** nobody known" in said
    assert "*No dates are known.*" in said


def test_the_same_paper_gives_the_same_bytes(wales: Workspace, tmp_path: Path) -> None:
    an_action(wales, HOSTILE, lead="ahtc")
    paths = [export_hand_over(wales, "ahtc", tmp_path / name)[0] for name in ("a.docx", "b.docx")]
    assert paths[0].read_bytes() == paths[1].read_bytes()
    assert HOSTILE in words_of(paths[0])


def test_the_marking_that_is_asked_for_stands_on_every_page(wales: Workspace, tmp_path: Path) -> None:
    import docx

    path, _found = export_brief(wales, "idmg", tmp_path / "idmg.docx", Marking.OFFICIAL_SENSITIVE)
    page = docx.Document(str(path))
    assert page.sections[0].header.paragraphs[0].text == "OFFICIAL-SENSITIVE"
    footer = [paragraph.text for paragraph in page.sections[0].footer.paragraphs]
    assert footer[0] == "OFFICIAL-SENSITIVE"
    assert "Page 1 of 1" in footer[1]
    assert next(paragraph.style.name for paragraph in page.paragraphs if paragraph.style) == "Heading 1"


def test_without_a_file_it_lies_in_the_exports_folder_under_a_free_name(wales: Workspace) -> None:
    names = [export_brief(wales, "idmg", None)[0].name for _twice in range(2)]
    names.append(export_hand_over(wales, "ahtc", None)[0].name)
    assert names == ["brief-idmg.docx", "brief-idmg-2.docx", "handover-ahtc.docx"]


def test_what_cannot_be_written_is_refused(wales: Workspace, tmp_path: Path) -> None:
    with pytest.raises(BadInput, match=r"\.docx or \.md"):
        export_brief(wales, "idmg", tmp_path / "idmg.pdf")
    with pytest.raises(BadInput):
        export_hand_over(wales, "ahtc", tmp_path / "ahtc.txt")
    with pytest.raises(NotFound):
        export_brief(wales, "nobody", tmp_path / "x.md")
    with pytest.raises(NotFound):
        export_hand_over(wales, "Stephen Chapman", tmp_path / "x.md")
    export_brief(wales, "idmg", tmp_path / "x.md")
    with pytest.raises(Refused):
        export_brief(wales, "idmg", tmp_path / "x.md")
    export_brief(wales, "idmg", tmp_path / "x.md", force=True)
