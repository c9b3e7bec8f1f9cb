"""Agenda and minutes in each of their three versions."""

from __future__ import annotations

from pathlib import Path

import docx
import pytest

from ahtc_tui.domain.actions.filters import ActionFilter, ActionScope
from ahtc_tui.domain.actions.model import Marking
from ahtc_tui.domain.documents.meeting_document import Cut, DocumentKind, Edition, build_initials
from ahtc_tui.domain.drafts.meetings import build_meeting_draft
from ahtc_tui.domain.drafts.minutes import build_agenda_draft, build_attendance_draft
from ahtc_tui.domain.errors import BadFile, BadInput, NotFound, Refused
from ahtc_tui.domain.i18n import Language
from ahtc_tui.formats.files import text_extraction
from ahtc_tui.services.actions import service as actions
from ahtc_tui.services.documents.meeting_documents import (
    DocumentReport,
    copy_templates,
    export_document,
)
from ahtc_tui.services.meetings import service as meetings
from ahtc_tui.services.meetings.agenda import add_item
from ahtc_tui.services.meetings.attendance import add_walk_in, set_attendance
from ahtc_tui.services.privacy.marking_limit import limit_marking
from ahtc_tui.services.workspace import Workspace
from tests.builders import make_action, make_holding, make_line, make_party, release_minutes

AGENDA, MINUTES = DocumentKind.AGENDA, DocumentKind.MINUTES


@pytest.fixture
def meeting(wales: Workspace) -> str:
    """A past meeting of the Leadership Group with attendance, notes, a decision and three actions."""
    draft = build_meeting_draft({"group": "LG", "starts": "2013-12-10 10:00", "minutes": "30"}, wales.today())
    ref = meetings.add_meeting(wales, draft).ref
    for title in ("Welcome", "Matters arising", "Training"):
        add_item(wales, ref, build_agenda_draft({"title": title, "minutes": 15, "presenter": "Jeff Farrar"}))
    make_party(wales, "Gwen Private", "gwen-private", kind="person")
    states = {"Jeff Farrar": "present", "SPOC Gwent": "online", "Gwen Private": "in attendance", "A Walker": "part"}
    for name, state in states.items():
        set_attendance(wales, ref, name, build_attendance_draft({"state": state}))
    apologies = build_attendance_draft({"state": "apologies", "reason": "in hospital"})
    set_attendance(wales, ref, "Joyce Watson", apologies)
    lines = {
        "a: send the minutes @ahtc due 20 dec": 1,
        "Gwen Private and A Walker spoke of the courses": 3,
        "d: the course is adopted": 3,
        "a: share the pack @jeff @spoc.gwent due end jan": 3,
    }
    for text, item in lines.items():
        make_line(wales, ref, text, item)
    make_action(wales, title="Find a room", meeting=ref)
    return ref


def export_text(
    workspace: Workspace, kind: DocumentKind, ref: str, cut: Cut = Cut.CIRCULATED, marking: Marking = Marking.OFFICIAL
) -> str:
    """Return the plain text of a document on one line."""
    target = workspace.exports / "out.txt"
    if cut is Cut.PUBLISHED:
        release_minutes(workspace, ref, kind)
    export_document(workspace, kind, ref, target, Edition(cut, marking), force=True)
    return " ".join(target.read_text(encoding="utf-8").split())


def export_word(workspace: Workspace, ref: str) -> tuple[DocumentReport, str]:
    """Export minutes to Word; return the report and all text of body and tables."""
    report = export_document(workspace, MINUTES, ref, workspace.exports / "minutes.docx", force=True)
    page = docx.Document(str(report.file))
    cells = (cell.text for table in page.tables for row in table.rows for cell in row.cells)
    return report, "\n".join([*(paragraph.text for paragraph in page.paragraphs), *cells])


def test_actions_of_the_minutes_have_the_references_of_the_log(wales: Workspace, meeting: str) -> None:
    report, text = export_word(wales, meeting)
    logged = actions.list_actions(wales, ActionFilter(which=ActionScope.ALL))
    rows = {row.ref: row for row in logged if row.meeting == meeting}
    assert set(report.actions) == set(rows)
    assert len(rows) == 3
    for ref, row in rows.items():
        assert ref in text
        assert row.title in text


def test_items_paragraphs_decisions_and_actions_are_numbered(wales: Workspace, meeting: str) -> None:
    text = export_text(wales, MINUTES, meeting)
    assert f"1.1 Action {meeting}/01: send the minutes (Action by: Anti Human" not in text
    assert f"1.1 Action {meeting}/01: send the minutes (Action by: AHTC; by 20 December 2013)" in text
    assert "3.2 Decision D-2013-01/1: the course is adopted" in text
    assert "(Action by: JF, SPOC Gwent; by" in text
    assert "2. Matters arising" in text
    plain = " ".join(text.replace("-", " ").split())
    assert "2. Matters arising 3. Training" in plain, "an item without lines has no sentence that nobody said"


def test_attendance_is_grouped_by_organisation_with_initials(wales: Workspace, meeting: str) -> None:
    text = export_text(wales, MINUTES, meeting)
    assert "Present - Jeff Farrar (JF), Chief Constable, Gwent Police" in text
    assert "- Single Point of Contact (SPOC Gwent), Gwent Police (online)" in text
    assert "Joyce Watson (JW), Chair, Cross Party Group on Human Trafficking" in text


@pytest.mark.sample(3)
@pytest.mark.parametrize("ending", [".docx", ".md", ".txt"])
def test_only_the_chairs_copy_has_reasons_for_apologies(wales: Workspace, meeting: str, ending: str) -> None:
    set_attendance(wales, meeting, "Bawso", build_attendance_draft({"state": "absent", "reason": "in hospital"}))
    with_reason = set()
    release_minutes(wales, meeting)
    for cut in Cut:
        target = wales.exports / f"{cut}{ending}"
        export_document(wales, MINUTES, meeting, target, Edition(cut), force=True)
        if "in hospital" in " ".join(text_extraction.extract_text(target, target.read_bytes())):
            with_reason.add(cut)
    assert with_reason == {Cut.CHAIR}


def test_organisation_that_sent_apologies_is_not_represented(wales: Workspace, meeting: str) -> None:
    set_attendance(wales, meeting, "Bawso", build_attendance_draft({"state": "apologies", "reason": "court that day"}))
    stands_in = build_attendance_draft({"state": "deputy", "deputy_for": "WLGA"})
    add_walk_in(wales, meeting, "Rhys Deputy", stands_in, "WLGA")
    text = export_text(wales, MINUTES, meeting)
    assert "Apologies - Bawso - Joyce Watson (JW)" in text
    assert "Apologies - Bawso (court that day)" in export_text(wales, MINUTES, meeting, Cut.CHAIR)
    assert "Rhys Deputy (RD), Welsh Local Government Association" in text
    assert "for Welsh Local" not in text, "its own deputy stands beside its name"
    published = export_text(wales, MINUTES, meeting, Cut.PUBLISHED)
    assert "- A representative of the Welsh Local Government Association - " in published
    assert "Apologies - Bawso - Joyce Watson (JW)" in published


def test_a_published_copy_does_not_name_who_was_absent_without_apologies(wales: Workspace, meeting: str) -> None:
    set_attendance(wales, meeting, "Home Office", build_attendance_draft({"state": "absent"}))
    assert "Absent - Home Office" in export_text(wales, MINUTES, meeting)
    assert "Home Office" not in export_text(wales, MINUTES, meeting, Cut.PUBLISHED)


def test_a_presenter_is_named_without_the_group_of_the_meeting(wales: Workspace, meeting: str) -> None:
    body = "Wales Anti Human Trafficking Leadership Group"
    make_party(wales, f"Minutes Clerk, {body}", "minutes-clerk", kind="post")
    draft = build_agenda_draft({"title": "Terms of reference", "presenter": f"Minutes Clerk, {body}"})
    add_item(wales, meeting, draft)
    text = export_text(wales, AGENDA, meeting)
    assert "Minutes Clerk" in text
    assert f"Minutes Clerk, {body}" not in text
    export_document(wales, AGENDA, meeting, wales.exports / "cy.md", Edition(language=Language.CY), force=True)
    assert f"Minutes Clerk, {body}" not in (wales.exports / "cy.md").read_text(encoding="utf-8")


def test_a_standing_item_without_lines_has_no_sentence(wales: Workspace, meeting: str) -> None:
    for title in ("Apologies for absence", "Any other business"):
        add_item(wales, meeting, build_agenda_draft({"title": title, "standing": True}))
    text = " ".join(export_text(wales, MINUTES, meeting).replace("-", " ").split())
    assert "4. Apologies for absence 5. Any other business" in text


def test_the_holder_of_a_post_is_named_with_it(wales: Workspace, meeting: str) -> None:
    spoc = actions.resolve_filter(wales, lead="SPOC Gwent").lead
    assert spoc is not None
    make_holding(wales, spoc, make_party(wales, "Ann Jones", "ann-jones", kind="person"), from_on="2013-01-01")
    assert "Ann Jones (AJ), Single Point of Contact, Gwent Police" in export_text(wales, MINUTES, meeting)
    assert "(Action by: JF, AJ; by" in export_text(wales, MINUTES, meeting)
    published = export_text(wales, MINUTES, meeting, Cut.PUBLISHED)
    assert "Single Point of Contact (SPOC Gwent), Gwent Police" in published
    assert "Ann Jones" not in published
    assert "AJ" not in published


def test_published_minutes_withhold_people_without_a_public_post(wales: Workspace, meeting: str) -> None:
    text = export_text(wales, MINUTES, meeting, Cut.PUBLISHED)
    for private in ("Gwen Private", "A Walker", "GP", "in hospital"):
        assert private not in text
    assert "3.1 [name withheld] and [name withheld] spoke of the courses" in text
    assert "Jeff Farrar (JF), Chief Constable" in text


def test_only_the_chairs_copy_has_open_actions_from_before(wales: Workspace, meeting: str) -> None:
    before = make_action(wales, title="Brief the four SPOCs", group="LG", lead="AHTC").ref
    for kind in (AGENDA, MINUTES):
        chair = export_text(wales, kind, meeting, Cut.CHAIR)
        arising, training = chair.index("2. Matters arising"), chair.index("3. Training")
        assert arising < chair.index("Open actions from previous meetings") < chair.index(before) < training
        assert before not in export_text(wales, kind, meeting)
        assert before not in export_text(wales, kind, meeting, Cut.PUBLISHED)


def test_agenda_has_start_times_and_warns_only_the_chair(wales: Workspace, meeting: str) -> None:
    text = export_text(wales, AGENDA, meeting, Cut.CHAIR)
    assert "3. Training (10:30am, Jeff Farrar, 15 min)" in text
    assert "The agenda is 15 minutes longer than the meeting." in text
    assert "longer than" not in export_text(wales, AGENDA, meeting)


def test_papers_are_listed_with_the_reason_why_one_is_withheld(wales: Workspace, meeting: str) -> None:
    with wales.database.write("papers") as ledger:
        key = ledger.cursor.execute("SELECT id FROM meetings WHERE ref = ?", (meeting,)).fetchone()[0]
        item = ledger.cursor.execute(
            "SELECT id FROM agenda_items WHERE meeting = ? AND position = 3", (key,)
        ).fetchone()
        paper = {"meeting": key, "item": item[0], "due_on": "2013-12-03"}
        ledger.add("papers", {**paper, "ref": "LG-P1", "title": "Courses", "published": 1})
        ledger.add("papers", {**paper, "ref": "LG-P2", "title": "Costs", "withheld_reason": "commercial"})
    text = export_text(wales, AGENDA, meeting)
    assert "Paper: LG-P1 Courses" in text
    published = export_text(wales, AGENDA, meeting, Cut.PUBLISHED)
    assert "LG-P1" not in published
    assert "Item 3: Courses - Item 3: Costs. Paper not published" in published
    assert "LG-P2 Costs. Paper not published as it contains information relating to commercial interests." in text
    assert export_document(wales, AGENDA, meeting, wales.exports / "agenda.docx").items == 3


def test_a_paper_above_the_limit_is_published_as_its_item_and_reason_alone(wales: Workspace, meeting: str) -> None:
    with wales.database.write("papers") as ledger:
        key = ledger.cursor.execute("SELECT id FROM meetings WHERE ref = ?", (meeting,)).fetchone()[0]
        item = ledger.cursor.execute("SELECT id FROM agenda_items WHERE meeting = ? AND position = 2", (key,))
        paper = {"meeting": key, "item": item.fetchone()[0], "due_on": "2013-12-03", "marking": "official-sensitive"}
        ledger.add("papers", {**paper, "ref": "LG-P1", "title": "Costs", "withheld_reason": "commercial"})
        ledger.add("papers", {**paper, "ref": "LG-P2", "title": "Names"})
    for kind in (AGENDA, MINUTES):
        with limit_marking(wales, Marking.OFFICIAL) as limited:
            text = export_text(limited, kind, meeting, Cut.PUBLISHED)
        assert "- Item 2: Paper not published as it contains information relating to commercial interests." in text
        assert text.startswith("OFFICIAL Wales")
        assert not any(words in text for words in ("Costs", "Names", "LG-P"))
    with limit_marking(wales, Marking.OFFICIAL) as limited:
        assert "Paper not published" not in export_text(limited, MINUTES, meeting, Cut.CIRCULATED)


def test_document_has_the_highest_marking_of_its_parts(wales: Workspace, meeting: str) -> None:
    assert export_text(wales, MINUTES, meeting).startswith("OFFICIAL Wales")
    assert export_text(wales, AGENDA, meeting, marking=Marking.OFFICIAL_SENSITIVE).startswith("OFFICIAL-SENSITIVE")
    make_action(wales, title="Ask for prices", meeting=meeting, marking="official-sensitive")
    assert export_text(wales, MINUTES, meeting).startswith("OFFICIAL-SENSITIVE")


def test_a_published_copy_is_official_and_has_no_other_marking(wales: Workspace, meeting: str) -> None:
    make_action(wales, title="Ask for prices", meeting=meeting, marking="official-sensitive")
    text = export_text(wales, MINUTES, meeting, Cut.PUBLISHED)
    assert text.startswith("OFFICIAL Wales")
    assert "Ask for prices" not in text
    with pytest.raises(Refused, match="OFFICIAL-SENSITIVE is not published"):
        export_text(wales, MINUTES, meeting, Cut.PUBLISHED, Marking.OFFICIAL_SENSITIVE)


def test_the_date_of_the_next_meeting_stands_at_the_end(wales: Workspace, meeting: str) -> None:
    assert "Date of next meeting" not in export_text(wales, MINUTES, meeting)
    draft = build_meeting_draft({"group": "LG", "starts": "2014-03-11 14:00", "venue": "Wrexham"}, wales.today())
    meetings.add_meeting(wales, draft)
    assert "Tuesday 11 March 2014, 2pm" in export_text(wales, MINUTES, meeting)


def test_templates_of_the_workspace_are_used_where_they_exist(wales: Workspace, meeting: str) -> None:
    own = {path.stem: path for path in copy_templates(wales)}
    page = docx.Document(str(own["minutes"]))
    page.add_paragraph("Swyddfa'r Cydgysylltydd: {{ ref }}")
    page.save(str(own["minutes"]))
    report, text = export_word(wales, meeting)
    assert report.template == own["minutes"]
    assert f"Swyddfa'r Cydgysylltydd: {meeting}" in text
    with pytest.raises(Refused, match="exists already"):
        copy_templates(wales)
    copy_templates(wales, force=True)
    assert "Swyddfa" not in export_word(wales, meeting)[1]


def test_broken_template_leaves_the_existing_file(wales: Workspace, meeting: str) -> None:
    own = copy_templates(wales)[1]
    target = wales.exports / "minutes.docx"
    before = export_document(wales, MINUTES, meeting, target).file.read_bytes()
    page = docx.Document(str(own))
    page.add_paragraph("{{ secretary }}")
    page.save(str(own))
    with pytest.raises(BadFile, match="secretary") as caught:
        export_document(wales, MINUTES, meeting, target, force=True)
    assert caught.value.exit_code == 4
    assert target.read_bytes() == before
    assert [path.name for path in wales.exports.iterdir()] == ["minutes.docx"]


def test_existing_file_other_ending_and_unknown_meeting_are_refused(
    wales: Workspace, meeting: str, tmp_path: Path
) -> None:
    (tmp_path / "out.md").write_text("mine")
    with pytest.raises(Refused, match="exists already"):
        export_document(wales, MINUTES, meeting, tmp_path / "out.md")
    with pytest.raises(BadInput, match=r"\.docx, .*\.txt or \.eml"):
        export_document(wales, MINUTES, meeting, tmp_path / "out.rtf")
    with pytest.raises(NotFound):
        export_document(wales, MINUTES, "LG-1999-01", tmp_path / "new.md")
    meetings.cancel_meeting(wales, meeting)
    with pytest.raises(Refused, match="has no minutes"):
        export_document(wales, MINUTES, meeting, tmp_path / "new.md")
    assert "This meeting is cancelled." in export_text(wales, AGENDA, meeting)


def test_unprepared_meeting_has_agenda_and_minutes(wales: Workspace) -> None:
    draft = build_meeting_draft({"group": "forum-gwent", "starts": "June 2014"}, wales.today())
    ref = meetings.add_meeting(wales, draft).ref
    for kind in DocumentKind:
        export_document(wales, kind, ref, wales.exports / f"{kind}.docx", Edition(Cut.CHAIR))
    assert "June 2014" in export_text(wales, AGENDA, ref)


@pytest.mark.parametrize(
    ("name", "taken", "expected"),
    [
        ("Jeff Farrar", (), "JF"),
        ("Dr Siân Ŵyn Jones", (), "SŴJ"),
        ("John Fry", ("JF",), "JFr"),
        ("John Fry", ("JF", "JFr", "JFry"), "JFry2"),
        ("Jean-Paul O'Neill", (), "JPO"),
        ("李", (), "李"),
    ],
)
def test_initials_are_unique(name: str, taken: tuple[str, ...], expected: str) -> None:
    assert build_initials(name, taken) == expected


@pytest.mark.sample(3)
@pytest.mark.parametrize("ending", [".docx", ".md", ".txt"])
def test_published_minutes_have_no_internal_references(wales: Workspace, meeting: str, ending: str) -> None:
    release_minutes(wales, meeting)
    for cut, has_references in ((Cut.CIRCULATED, True), (Cut.PUBLISHED, False)):
        target = wales.exports / f"{cut}{ending}"
        export_document(wales, MINUTES, meeting, target, Edition(cut), force=True)
        text = " ".join(text_extraction.extract_text(target, target.read_bytes()))
        assert (meeting in text, "D-2013-01/1" in text) == (has_references, has_references)


def test_the_next_meeting_is_under_its_item_or_else_at_the_end(wales: Workspace, meeting: str) -> None:
    draft = build_meeting_draft({"group": "LG", "starts": "2014-03-11 14:00"}, wales.today())
    meetings.add_meeting(wales, draft)
    assert "Date of next meeting -------------------- Tuesday 11 March 2014" in export_text(wales, MINUTES, meeting)
    add_item(wales, meeting, build_agenda_draft({"title": "Date of the next meeting"}))
    text = export_text(wales, MINUTES, meeting)
    assert "4. Date of the next meeting --------------------------- Tuesday 11 March 2014" in text
    assert text.count("11 March 2014") == 1


def test_an_agenda_names_leads_in_full(wales: Workspace, meeting: str) -> None:
    make_action(wales, title="Brief the four SPOCs", group="LG", lead="AHTC")
    text = export_text(wales, AGENDA, meeting, Cut.CHAIR)
    assert "Brief the four SPOCs" in text
    assert "AHTC" not in text
    assert "Anti Human Trafficking Co-ordinator" in text
