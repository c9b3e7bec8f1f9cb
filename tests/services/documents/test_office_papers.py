"""The brief for a board on one page, and the hand-over of a post."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import docx
import pytest

from ahtc_tui.cli.main import run
from ahtc_tui.domain.actions.model import Marking
from ahtc_tui.domain.dates.date_as_known import read_iso_date
from ahtc_tui.domain.documents.dashboard import MOST_MEETINGS
from ahtc_tui.domain.documents.page_space import MOST_ROWS_TOGETHER, count_pages
from ahtc_tui.domain.drafts.evidence import build_figure_draft
from ahtc_tui.domain.drafts.groups import build_seat_draft
from ahtc_tui.domain.drafts.meetings import build_meeting_draft, build_paper_draft
from ahtc_tui.domain.drafts.minutes import build_attendance_draft
from ahtc_tui.domain.errors import BadInput, NotFound, Refused
from ahtc_tui.domain.i18n import Language, use_language
from ahtc_tui.services.contacts.appointments import Appointment, appoint_holder
from ahtc_tui.services.documents.briefs import build_brief, build_paper, export_brief
from ahtc_tui.services.documents.handover import build_hand_over, export_hand_over
from ahtc_tui.services.evidence.service import edit_figure
from ahtc_tui.services.exports.dashboard import export_dashboard
from ahtc_tui.services.groups.seats import edit_seat, give_seat
from ahtc_tui.services.groups.service import edit_group
from ahtc_tui.services.meetings.attendance import set_attendance
from ahtc_tui.services.meetings.papers import add_paper
from ahtc_tui.services.meetings.service import add_meeting
from ahtc_tui.services.workspace import Workspace
from tests.builders import TODAY, make_action, make_line, set_clock
from tests.services.groups.test_group_writing import make_group_draft

HOSTILE = "Tell <b>&amp; | `them` [/x] {{7*7}} **now**"


def read_word_text(path: Path) -> str:
    """Return the text of a Word file on one line."""
    page = docx.Document(str(path))
    texts = [paragraph.text for paragraph in page.paragraphs]
    texts += [cell.text for table in page.tables for row in table.rows for cell in row.cells]
    return " ".join(" ".join(texts).split())


def test_brief_has_our_seat_actions_and_other_members(wales: Workspace, tmp_path: Path) -> None:
    path, brief = export_brief(wales, "idmg", tmp_path / "idmg.docx")
    assert [membership.seat for membership in brief.our_seats] == ["idmg/ahtc"]
    assert ([row.ref for row in brief.our_actions], brief.other_actions) == (["DP-33"], ())
    text = read_word_text(path)
    for words in (
        "Our seat: In attendance, held by Stephen Chapman, with Lesley Griffiths",
        "Basis of membership: Paragraph 3.1, CELG(4)-31-13 Paper 1, Human Trafficking (2013)",
        "no attendance recorded; last attended: not yet",
        "Chair: Minister for Security",
        "Next meeting: None planned",
        "DP-33 Attend the Inter-Departmental Ministerial Group with the Minister Continuing review 31 March 2014",
        "NRM referrals, Wales. Caveat: Thought to be just the 'tip of the iceberg'. 34 referrals 2012",
        "2012 Paragraph 2.4, CELG(4)-31-13 Paper 1, Human Trafficking (2013)",
        "Other members (8)",
        "Members: Wales Office; ",
        "No meeting is recorded.",
    ):
        assert words in text


def test_a_brief_says_that_we_chair_and_is_one_page_with_many_records(wales: Workspace, tmp_path: Path) -> None:
    edit_group(wales, "forum-gwent", make_group_draft(chair="AHTC"))
    for number in range(30):
        make_action(wales, f"Action {number} with a title that goes on over the line", group="forum-gwent", brag="R")
    paper = build_paper(build_brief(wales, "forum-gwent"), wales, Marking.OFFICIAL)
    assert dict(paper.facts)["Our seat"].startswith("Chair")
    assert count_pages(paper) == 1
    assert "Red" in paper.parts[1].rows[0]
    first, others, *rest = paper.parts
    assert others.heading.endswith("of 30)")
    longer = replace(others, rows=(*others.rows, others.rows[-1]))
    assert count_pages(replace(paper, parts=(first, longer, *rest))) == 2


def test_brief_has_last_minutes_attendance_and_highest_marking(wales: Workspace, tmp_path: Path) -> None:
    ref = add_meeting(
        wales, build_meeting_draft({"group": "idmg", "starts": "2013-11-04", "title": "Autumn"}, TODAY)
    ).ref
    for number in range(14):
        make_line(wales, ref, f"n: Line {number} {HOSTILE}")
    set_attendance(wales, ref, "AHTC", build_attendance_draft({"state": "present"}))
    make_action(wales, HOSTILE, group="idmg", lead="Bawso", marking="official-sensitive")
    give_seat_until(wales)
    path, brief = export_brief(wales, "idmg", tmp_path / "idmg.md")
    text = path.read_text(encoding="utf-8")
    assert text.startswith("**OFFICIAL-SENSITIVE**\n")
    assert brief.minutes is not None
    assert len(brief.minutes.lines) == 14
    assert "Autumn, 4 November 2013" in text
    assert "Line 11" in text
    assert "Line 12" not in text
    assert "and 2 more lines" in text
    assert "meetings: 1 of 1; last attended: 4 November 2013" in text
    assert "on behalf of Welsh Government" in text
    assert "until 31 December 2014" in text
    assert "\\*\\*now\\*\\*" in text


def test_a_brief_has_the_results_of_the_last_minutes_without_the_notes(wales: Workspace, tmp_path: Path) -> None:
    draft = build_meeting_draft({"group": "idmg", "starts": "2013-11-04", "title": "Autumn"}, TODAY)
    ref = add_meeting(wales, draft).ref
    for line in ("n: The Chair welcomed members.", "d: The course is adopted."):
        make_line(wales, ref, line)
    text = read_word_text(export_brief(wales, "idmg", tmp_path / "idmg.docx")[0])
    assert f"Autumn, 4 November 2013 ({ref})" in text
    assert "Decision: The course is adopted." in text
    assert "welcomed" not in text


def test_a_welsh_brief_marks_the_kinds_of_bodies_that_have_no_welsh(wales: Workspace, tmp_path: Path) -> None:
    give_seat(wales, "leadership-group", "diocesan trusts", build_seat_draft({}, TODAY), org_class=True)
    with use_language(Language.CY):
        text = read_word_text(export_brief(wales, "leadership-group", tmp_path / "lg.docx")[0])
    assert "Aelodau: yr heddlu; byrddau iechyd; adrannau perthnasol Llywodraeth Cymru;" in text
    assert "[Saesneg] diocesan trusts" in text
    assert "[Saesneg] Jeff Farrar" not in text


def test_a_hand_over_has_open_actions_by_due_date_and_then_those_without(wales: Workspace, tmp_path: Path) -> None:
    make_action(wales, "Second", lead="ahtc", due="2014-03-20")
    make_action(wales, "First", lead="ahtc", due="2014-01-20")
    text = read_word_text(export_hand_over(wales, "ahtc", tmp_path / "ahtc.docx")[0])
    assert text.index("First 20 January 2014") < text.index("Second 20 March 2014") < text.index("justice cases –")
    assert "no date" not in text


def test_a_short_table_is_on_one_page_and_a_long_one_may_be_split(wales: Workspace, tmp_path: Path) -> None:
    page = docx.Document(str(export_hand_over(wales, "ahtc", tmp_path / "ahtc.docx")[0]))
    for table in page.tables:
        kept = [row.cells[0].paragraphs[0].paragraph_format.keep_with_next for row in table.rows]
        is_short = len(table.rows) <= MOST_ROWS_TOGETHER
        ends = [True, True, *[None] * (len(kept) - 4), True, None]
        assert kept == ([True] * (len(kept) - 1) + [None] if is_short else ends)
    assert {len(table.rows) <= MOST_ROWS_TOGETHER for table in page.tables} == {True, False}


def give_seat_until(wales: Workspace) -> None:
    """Set the interest and the end of our seat on a board."""
    fields = {"on_behalf_of": "Welsh Government", "to_on": "2014-12-31", "basis": "Letter of the Minister"}
    edit_seat(wales, "idmg/ahtc", build_seat_draft(fields, TODAY))


def test_brief_has_no_figure_that_was_published_after_its_day(wales: Workspace, tmp_path: Path) -> None:
    def read_brief(day: str) -> str:
        return export_brief(set_clock(wales, day), "idmg", tmp_path / f"{day}.md")[0].read_text(encoding="utf-8")

    assert "1,746 referrals" not in read_brief("2013-11-21")
    assert "1,746 referrals" in read_brief("2014-12-31")


def test_brief_has_both_sources_of_a_figure_with_their_caveats(wales: Workspace, tmp_path: Path) -> None:
    set_clock(wales, "2014-02-28")
    edit_figure(wales, "nrm-uk-2012", build_figure_draft({"area": "wales"}, TODAY))
    edit_figure(wales, "nrm-uk-2012-statement", build_figure_draft({"area": "wales"}, TODAY))
    text = export_brief(wales, "idmg", tmp_path / "idmg.md")[0].read_text(encoding="utf-8")
    for source in (
        "1,186 referrals | 2012 | National Assembly for Wales Research Service, 28 November 2013 · used (2 sources)",
        "1,156 referrals | 2012 | Welsh Government written statement, 13 January 2014 · not used",
    ):
        assert source in text
    assert "Caveat: The National Assembly for Wales Research Service gave 1,186" in text


def test_small_count_of_people_in_a_brief_is_reported(
    wales: Workspace, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = [
        "--workspace",
        str(wales.root),
        "export",
        "brief",
        "idmg",
        str(tmp_path / "idmg.md"),
        "--force",
        "--json",
    ]
    assert run(arguments) == 0
    assert json.loads(capsys.readouterr().out)["small"] == []
    edit_figure(wales, "nrm-wales-2012", build_figure_draft({"value": "3"}, TODAY))
    assert run(arguments) == 1
    output = capsys.readouterr()
    assert "Not printed, because they are or reveal counts under 5: nrm-wales-2012." in output.err
    assert (json.loads(output.out)["small"], json.loads(output.out)["limit"]) == (["nrm-wales-2012"], 5)
    assert "fewer than 5 referrals" in (tmp_path / "idmg.md").read_text(encoding="utf-8")


def test_brief_of_a_group_without_our_seat_says_that_none_is_recorded(wales: Workspace, tmp_path: Path) -> None:
    path, brief = export_brief(wales, "pslg", tmp_path / "pslg.docx")
    assert brief.our_seats == ()
    assert "Our seat: Not recorded" in read_word_text(path)


def test_hand_over_counts_actions_and_seats(wales: Workspace, tmp_path: Path) -> None:
    path, handover = export_hand_over(wales, "ahtc", tmp_path / "ahtc.docx")
    counts = (
        len(handover.led),
        len(handover.open_actions),
        len(handover.continuing_duties),
        len(handover.closed_actions),
        len(handover.seats),
    )
    assert counts == (16, 12, 8, 4, 10)
    text = read_word_text(path)
    assert "16 actions led, 12 not done (8 continuing), 4 closed, 10 seats" in text
    assert text.count("Stephen Chapman") == 1 + 4 + 1
    appoint_holder(wales, "Third Holder", "ahtc", Appointment(read_iso_date("2013-12-31")), create_person=True)
    after, later_handover = export_hand_over(wales, "ahtc", tmp_path / "after.docx")
    assert [action.lead_holder for action in later_handover.closed_actions] == ["Stephen Chapman"] * 4
    assert {action.lead_holder for action in later_handover.open_actions} == {"Third Holder"}
    assert "Held by: Third Holder" in read_word_text(after)


def test_hand_over_lists_coming_dates_and_personal_roles(wales: Workspace) -> None:
    coming = add_meeting(wales, build_meeting_draft({"group": "idmg", "starts": "2014-02-03"}, TODAY)).ref
    make_action(wales, "Write", lead="ahtc", due="2014-01-20", review_on="2014-01-10")
    make_action(wales, "Late already", lead="ahtc", due="2013-12-01")
    make_action(wales, "As soon as can be", lead="ahtc", due="ASAP", support="Bawso")
    make_action(wales, "Mine alone", lead="Stephen Chapman")
    make_action(wales, "With help", lead="Bawso", support="ahtc")
    handover = build_hand_over(wales, "ahtc")
    days = [(str(next_date.day), next_date.what) for next_date in handover.dates]
    assert days[:3] == [
        ("10 January 2014", "Review: Write"),
        ("20 January 2014", "Due: Write"),
        ("3 February 2014", "Meeting: Inter-Departmental Ministerial Group on Human Trafficking"),
    ]
    assert {day for day, _what in days[3:]} == {"31 March 2014"}
    assert len(days) == 3 + len(handover.continuing_duties) == 11
    assert handover.dates[2].ref == coming
    assert [role.split(" ", 2)[2] for role in handover.in_person] == ["Mine alone"]
    assert [row.title for row in handover.helped] == ["With help"]
    assert len(handover.tasks) == 4 + 3


@pytest.mark.parametrize("marking", Marking)
def test_a_paper_has_the_date_of_a_marked_meeting_only_with_its_marking(
    wales: Workspace, tmp_path: Path, marking: Marking
) -> None:
    fields = {"group": "idmg", "starts": "2014-02-03 10:00", "marking": "official-sensitive"}
    ref = add_meeting(wales, build_meeting_draft(fields, TODAY)).ref
    add_paper(wales, ref, build_paper_draft({"title": "Costs", "due": "2014-01-27"}, TODAY))
    brief, _content = export_brief(wales, "idmg", tmp_path / "idmg.md", marking)
    handover, _dates = export_hand_over(wales, "ahtc", tmp_path / "ahtc.md", marking)
    dashboard = tmp_path / "dashboard.html"
    export_dashboard(wales, dashboard, marking)
    is_printed = ["3 February 2014" in path.read_text(encoding="utf-8") for path in (brief, handover, dashboard)]
    assert is_printed == [marking is Marking.OFFICIAL_SENSITIVE] * 3
    text = brief.read_text(encoding="utf-8")
    assert "none planned" not in text.casefold()
    assert ("27 January 2014" in text) is (marking is Marking.OFFICIAL_SENSITIVE)


def test_a_brief_does_not_date_our_attendance_at_a_meeting_of_a_higher_marking(
    wales: Workspace, tmp_path: Path
) -> None:
    for day, marking in (("2013-11-04", "official-sensitive"), ("2013-12-02", "official")):
        draft = build_meeting_draft({"group": "idmg", "starts": day, "marking": marking}, TODAY)
        ref = add_meeting(wales, draft).ref
        if marking != "official":
            set_attendance(wales, ref, "AHTC", build_attendance_draft({"state": "present"}))
    official, sensitive = (
        export_brief(wales, "idmg", tmp_path / f"{marking}.md", marking)[0].read_text(encoding="utf-8")
        for marking in Marking
    )
    assert "4 November 2013" not in official
    assert "last attended: 4 November 2013" in sensitive


def test_marked_meetings_take_no_place_of_others_on_the_dashboard(wales: Workspace, tmp_path: Path) -> None:
    for number in range(MOST_MEETINGS):
        fields = {"group": "idmg", "starts": f"2014-01-{number + 6:02}", "marking": "official-sensitive"}
        add_meeting(wales, build_meeting_draft(fields, TODAY))
    add_meeting(wales, build_meeting_draft({"group": "idmg", "starts": "2014-02-03", "title": "Open meeting"}, TODAY))
    export_dashboard(wales, tmp_path / "dashboard.html")
    assert "Open meeting" in (tmp_path / "dashboard.html").read_text(encoding="utf-8")


def test_a_brief_has_the_marking_of_the_last_minutes(wales: Workspace, tmp_path: Path) -> None:
    fields = {"group": "idmg", "starts": "2013-12-20", "marking": "official-sensitive"}
    add_meeting(wales, build_meeting_draft(fields, TODAY))
    text = export_brief(wales, "idmg", tmp_path / "idmg.md")[0].read_text(encoding="utf-8")
    assert "20 December 2013" in text
    assert "OFFICIAL-SENSITIVE" in text


def test_vacant_post_can_be_handed_over(wales: Workspace, tmp_path: Path) -> None:
    path, handover = export_hand_over(wales, "spoc-gwent", tmp_path / "spoc.md")
    assert (handover.holder, handover.in_person, [row.ref for row in handover.helped]) == (None, (), ["DP-25"])
    text = path.read_text(encoding="utf-8")
    assert "**Held by:** Not named" in text
    assert "## Seats\n" in text
    assert "*No dates are recorded.*" in text


@pytest.mark.long
def test_the_same_paper_gives_the_same_bytes(wales: Workspace, tmp_path: Path) -> None:
    make_action(wales, HOSTILE, lead="ahtc")
    paths = [export_hand_over(wales, "ahtc", tmp_path / name)[0] for name in ("a.docx", "b.docx")]
    assert paths[0].read_bytes() == paths[1].read_bytes()
    assert HOSTILE in read_word_text(paths[0])


def test_requested_marking_is_on_every_page(wales: Workspace, tmp_path: Path) -> None:
    import docx

    path, _found = export_brief(wales, "idmg", tmp_path / "idmg.docx", Marking.OFFICIAL_SENSITIVE)
    page = docx.Document(str(path))
    assert page.sections[0].header.paragraphs[0].text == "OFFICIAL-SENSITIVE"
    footer = [paragraph.text for paragraph in page.sections[0].footer.paragraphs]
    assert footer[0] == "OFFICIAL-SENSITIVE"
    assert "Page 1 of 1" in footer[1]
    styles = [paragraph.style.name for paragraph in page.paragraphs if paragraph.style]
    assert styles[:2] == ["Office name", "Heading 1"]


@pytest.mark.long
def test_file_without_a_name_gets_a_free_one_in_exports(wales: Workspace) -> None:
    brief = "Brief, Inter-Departmental Ministerial Group on Human Trafficking"
    names = [export_brief(wales, "idmg", ".docx")[0].name for _twice in range(2)]
    names.append(export_hand_over(wales, "ahtc", ".docx")[0].name)
    assert names == [
        f"2013-12-31 {name}.docx" for name in (brief, f"{brief}-2", "Handover, Anti Human Trafficking Co-ordinator")
    ]


def test_invalid_targets_and_unknown_names_are_refused(wales: Workspace, tmp_path: Path) -> None:
    with pytest.raises(BadInput, match=r"\.docx, .* or \.md"):
        export_brief(wales, "idmg", tmp_path / "idmg.rtf")
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
