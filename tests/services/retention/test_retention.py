"""The retention schedule: what is due, the run that destroys it, holds, certificates, and other copies."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path

import pytest
from docx import Document

from ahtc_tui.domain.drafts.contacts import build_interest_draft
from ahtc_tui.domain.drafts.meetings import build_meeting_draft, build_paper_draft
from ahtc_tui.domain.drafts.minutes import build_agenda_draft
from ahtc_tui.domain.errors import NotFound, Refused
from ahtc_tui.domain.minutes.lifecycle import MinutesState
from ahtc_tui.domain.privacy.retention import DisposalReport, RetentionClass
from ahtc_tui.services.contacts.interests import add_interest
from ahtc_tui.services.meetings.agenda import add_item
from ahtc_tui.services.meetings.paper_files import attach_file
from ahtc_tui.services.meetings.papers import add_paper
from ahtc_tui.services.meetings.service import add_meeting
from ahtc_tui.services.minutes import lifecycle
from ahtc_tui.services.minutes import service as minutes
from ahtc_tui.services.opening import open_workspace
from ahtc_tui.services.retention import service as retention
from ahtc_tui.services.today import show_today
from ahtc_tui.services.workspace import Workspace
from ahtc_tui.store.minutes.transcripts import StoredQuotation, read_transcript, store_transcript
from tests.builders import TODAY, make_line, make_party, query_rows, set_clock
from tests.services.replication.merging import leave_office, merge_and_check

SECRET = "Zebedee quarry rumour"
"""Words that only what is destroyed has."""


@pytest.fixture
def office(workspace: Workspace) -> str:
    """A meeting with agreed minutes, a draft before them, a paper with a file, an interest; returns its reference."""
    make_party(workspace, "Board", "board", kind="group")
    make_party(workspace, "Charity", "charity")
    make_party(workspace, "Member", "member", kind="person")
    ref = add_meeting(workspace, build_meeting_draft({"group": "board", "starts": "2013-12-10"}, workspace.today())).ref
    add_item(workspace, ref, build_agenda_draft({"title": "Training"}))
    make_line(workspace, ref, f"n: {SECRET}", 1)
    make_line(workspace, ref, "n: two courses were held", 1)
    lifecycle.issue_minutes(workspace, ref)
    minutes.remove_paragraph(workspace, ref, "1.1")
    lifecycle.set_state(workspace, ref, MinutesState.AGREED)
    lifecycle.issue_minutes(workspace, ref)
    return ref


def find_classes(report: DisposalReport) -> dict[str, int]:
    """Return what was destroyed, or would be, by class."""
    return {row.retention_class.value: row.count for row in report.destroyed}


def holds_words(workspace: Workspace, words: str) -> bool:
    """Return whether the bytes of the database hold words, or their search index does."""
    return any(word.encode() in workspace.database.path.read_bytes() for word in words.split() if len(word) > 5)


def test_every_class_has_a_row_with_its_basis(workspace: Workspace) -> None:
    rows = retention.list_schedule(workspace)
    assert {row.retention_class for row in rows} == set(RetentionClass)
    assert all(row.basis and row.count == 0 and row.action == "keep" for row in rows)


def test_a_year_is_run_dry_and_then_truly_with_the_same_list(workspace: Workspace, office: str) -> None:
    later = set_clock(workspace, "2014-06-01")
    assert holds_words(workspace, SECRET)
    due = {row.retention_class.value: row.count for row in retention.list_schedule(later) if row.action == "destroy"}
    assert due == {"working minutes": 2}
    assert (show_today(workspace).retention_due, show_today(later).retention_due) == (0, 2)
    dry = retention.apply_schedule(later, dry_run=True)
    assert dry.certificate is None
    assert holds_words(workspace, SECRET)
    report = retention.apply_schedule(later)
    assert (report.destroyed, report.transferred) == (dry.destroyed, dry.transferred)
    assert not holds_words(workspace, SECRET)
    certificate = Path(report.certificate or "").read_text(encoding="utf-8")
    assert "working minutes: 2" in certificate
    assert "Zebedee" not in certificate
    assert [row.state for row in lifecycle.list_issues(workspace, office)] == [MinutesState.AGREED]
    assert query_rows(workspace, "SELECT count(*) FROM minute_lines") == [(1,)]
    again = retention.apply_schedule(later)
    assert (again.destroyed, again.certificate) == ((), None)
    (row,) = retention.list_certificates(later)
    assert find_classes(DisposalReport(row.destroyed, (), 0)) == {"working minutes": 2}


def test_what_is_held_is_not_destroyed(workspace: Workspace, office: str) -> None:
    retention.hold(workspace, office.lower(), "Request 12")
    with pytest.raises(Refused):
        retention.hold(workspace, office, "Request 13")
    later = set_clock(workspace, "2014-06-01")
    report = retention.apply_schedule(later)
    assert (report.destroyed, report.held) == ((), 2)
    assert holds_words(workspace, SECRET)
    retention.release(later, office)
    with pytest.raises(NotFound):
        retention.release(later, office)
    assert find_classes(retention.apply_schedule(later)) == {"working minutes": 2}


def test_papers_interests_and_files_go_after_their_periods(workspace: Workspace, office: str, tmp_path: Path) -> None:
    meeting = add_meeting(workspace, build_meeting_draft({"group": "board", "starts": "2013-11-10"}, workspace.today()))
    paper = add_paper(workspace, meeting.ref, build_paper_draft({"title": "Risk register"}))
    source = tmp_path / "risk.docx"
    document = Document()
    document.add_paragraph("Figures")
    document.save(str(source))
    attach_file(workspace, meeting.ref, paper.ref, source)
    fields = {"text": "Trustee of Quarrelton", "organisation": "charity", "to_on": "2013-06-30"}
    add_interest(workspace, "member", build_interest_draft(fields, workspace.today()))
    export = workspace.exports / "old.csv"
    export.write_text("x", encoding="utf-8")
    os.utime(export, (datetime(2013, 12, 1, tzinfo=UTC).timestamp(),) * 2)
    assert not retention.apply_schedule(set_clock(workspace, "2014-02-01"), dry_run=True).destroyed
    later = set_clock(workspace, "2020-01-01")
    report = retention.apply_schedule(later)
    expected = {"working minutes": 2, "papers": 1, "registers of interests": 1, "contact data": 1, "exports": 1}
    assert find_classes(report) == expected
    assert not export.exists()
    assert not holds_words(workspace, "Quarrelton")
    assert query_rows(workspace, "SELECT count(*) FROM paper_files") == [(0,)]
    assert query_rows(workspace, "SELECT ref FROM parties WHERE kind = 'person' AND NOT deleted") == []


def test_the_periods_are_settings(workspace: Workspace, office: str) -> None:
    (workspace.root / "ahtc.toml").write_text('[retention]\nworking_minutes = "never"\n', encoding="utf-8")
    from ahtc_tui.services.workspace import read_settings

    later, periods = set_clock(workspace, "2014-06-01"), read_settings(workspace.root).retention
    changed = Workspace(later.root, later.database, later.today, retention=periods)
    assert not retention.apply_schedule(changed, dry_run=True).destroyed


def test_agreed_minutes_are_written_for_an_archive_and_stay(workspace: Workspace, office: str) -> None:
    later = set_clock(workspace, "2034-01-01")
    report = retention.apply_schedule(later)
    assert {row.retention_class.value: row.count for row in report.transferred} == {"agreed minutes": 1}
    names = sorted(path.name for path in Path(report.folder or "").iterdir())
    assert names == [f"{office} minutes.docx", f"{office} minutes.txt"]
    assert lifecycle.show_minutes_state(later, office).is_locked
    assert not retention.apply_schedule(later, dry_run=True).transferred


def test_another_laptop_destroys_the_same_when_it_accepts(workspace: Workspace, office: str) -> None:
    laptop = leave_office(workspace, "laptop")
    retention.apply_schedule(set_clock(workspace, "2014-06-01"))
    asked = merge_and_check(laptop, workspace, accept_erasures=False)
    assert [item.accepted for item in asked.erasures] == [False]
    assert query_rows(laptop, "SELECT count(*) FROM issues") == [(2,)]
    merge_and_check(laptop, workspace)
    assert query_rows(laptop, "SELECT count(*) FROM issues") == [(1,)]
    laptop.close()
    reopened = open_workspace(laptop.root, TODAY)
    assert not holds_words(reopened, SECRET)


def test_an_older_backup_does_not_bring_it_back(workspace: Workspace, office: str) -> None:
    older = workspace.database.path.read_bytes()
    retention.apply_schedule(set_clock(workspace, "2014-06-01"))
    workspace.close()
    workspace.database.path.write_bytes(older)
    reopened = open_workspace(workspace.root, TODAY)
    assert query_rows(reopened, "SELECT count(*) FROM issues") == [(1,)]
    assert not holds_words(reopened, SECRET)


def test_a_transcript_is_counted_and_goes_when_its_minutes_were_agreed_elsewhere(
    workspace: Workspace, office: str
) -> None:
    key = query_rows(workspace, "SELECT id FROM meetings WHERE ref = ?", office)[0][0]
    lifecycle.set_state(workspace, office, MinutesState.DRAFT)
    store_transcript(workspace.database, key, [StoredQuotation("A speaker", None, 1, None, SECRET)])

    def read_row() -> tuple[int, str]:
        rows = retention.list_schedule(workspace)
        return next((row.count, row.action) for row in rows if row.retention_class is RetentionClass.TRANSCRIPTS)

    assert read_row() == (1, "keep")
    with workspace.database.write("merge") as ledger:
        ledger.update("meetings", key, {"minutes_state": "agreed"})
    assert read_row() == (1, "destroy")
    report = retention.apply_schedule(workspace)
    assert find_classes(report)["transcripts"] == 1
    assert read_transcript(workspace.database, key) == []
