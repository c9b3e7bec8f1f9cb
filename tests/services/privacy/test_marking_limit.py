"""Reads of a workspace that is limited to a marking: what is hidden, and what is counted as left out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from ahtc_tui.domain.actions.filters import ActionFilter, Sort
from ahtc_tui.domain.actions.model import Marking
from ahtc_tui.domain.documents.meeting_document import DocumentKind, Edition
from ahtc_tui.domain.drafts.commissions import build_paragraph_draft
from ahtc_tui.domain.errors import NotFound, Refused
from ahtc_tui.domain.i18n import Language, use_language
from ahtc_tui.domain.minutes.lifecycle import MinutesState
from ahtc_tui.services.actions.service import edit_action, list_actions, show_action
from ahtc_tui.services.commissions.paragraphs import edit_paragraph
from ahtc_tui.services.commissions.service import show_commission
from ahtc_tui.services.documents.composition import compose_document
from ahtc_tui.services.exports.commission import export_commission, export_paper_to_folder
from ahtc_tui.services.exports.report_menu import make_files
from ahtc_tui.services.history import list_changes, list_steps
from ahtc_tui.services.minutes.lifecycle import issue_minutes, set_state, write_issued_copy
from ahtc_tui.services.opening import open_workspace
from ahtc_tui.services.plan.service import show_plan, show_trend
from ahtc_tui.services.privacy.marking_limit import limit_marking, list_left_out
from ahtc_tui.services.recovery.full_export import export_everything, import_everything
from ahtc_tui.services.search import search_records
from ahtc_tui.services.workspace import Workspace
from ahtc_tui.store.engine.integrity_check import find_faults
from ahtc_tui.store.records.columns import list_record_tables
from tests.builders import TODAY, make_action, make_action_draft, make_minuted_meeting, make_update, query_rows
from tests.exported_files import read_texts

SENSITIVE = {"marking": "official-sensitive"}
SENTENCE = "1 record is marked higher than OFFICIAL and was left out"


@pytest.fixture
def limited(wales: Workspace) -> Iterator[Workspace]:
    """The Wales data with an action above OFFICIAL that blocks DP-05, limited to OFFICIAL."""
    ref = make_action(wales, "Advice on Heron", objective="1", lead="Bawso", due="2013-12-01", **SENSITIVE).ref
    make_update(wales, ref, "Heron waits for Bawso.", brag="R")
    edit_action(wales, "DP-05", make_action_draft(blocked_by=ref))
    with limit_marking(wales, Marking.OFFICIAL) as workspace:
        yield workspace


def test_lists_counts_and_links_are_without_hidden_records(wales: Workspace, limited: Workspace) -> None:
    assert "DP-45" not in {row.ref for row in list_actions(limited, ActionFilter(), Sort.REF)}
    assert show_plan(limited).total == show_plan(wales).total - 1 == 44
    assert show_trend(limited).quarters[-1].total.late == 0
    assert (show_action(wales, "DP-05").row.blocked, show_action(limited, "DP-05").row.blocked) == (True, False)
    assert search_records(wales, "Heron")
    assert not search_records(limited, "Heron")


def test_the_history_is_without_hidden_records(limited: Workspace) -> None:
    assert not any("Heron" in step.label for step in list_steps(limited))
    assert not any("Heron" in str(change) for change in list_changes(limited, "DP-05"))
    with pytest.raises(NotFound):
        list_changes(limited, "DP-45")


def test_no_table_shows_a_hidden_record(wales: Workspace, limited: Workspace) -> None:
    make_minuted_meeting(wales)
    edit_action(wales, "LG-2013-01/01", make_action_draft(title="Heron", **SENSITIVE))
    with limit_marking(wales, Marking.OFFICIAL) as workspace, workspace.database.read() as cursor:
        for table in (*list_record_tables(cursor), "change", "step"):
            assert "Heron" not in str(cursor.execute(f"SELECT * FROM {table}").fetchall()), table
        assert cursor.execute("SELECT count(*) FROM minute_lines WHERE kind = 'action'").fetchone() == (0,)


def test_each_record_is_counted_once_and_only_where_it_is_read(limited: Workspace) -> None:
    list_actions(limited, ActionFilter(objective="2"), Sort.REF)
    assert list_left_out(limited) == ()
    for sort in (Sort.REF, Sort.DUE):
        list_actions(limited, ActionFilter(), sort)
    assert list_left_out(limited)[0].startswith(SENTENCE)


def test_a_record_above_the_limit_is_refused_by_name(wales: Workspace, limited: Workspace) -> None:
    with (
        pytest.raises(Refused, match="marked higher than OFFICIAL"),
        limit_marking(wales, Marking.OFFICIAL) as workspace,
    ):
        show_action(workspace, "DP-45")
    with limit_marking(wales, Marking.OFFICIAL_SENSITIVE) as workspace:
        assert show_action(workspace, "DP-45").row.title == "Advice on Heron"


def test_agreed_and_issued_minutes_are_without_hidden_actions(wales: Workspace, tmp_path: Path) -> None:
    ref = make_minuted_meeting(wales)
    set_state(wales, ref, MinutesState.AGREED)
    issue_minutes(wales, ref)
    edit_action(wales, f"{ref}/01", make_action_draft(**SENSITIVE))
    with limit_marking(wales, Marking.OFFICIAL) as workspace:
        document = compose_document(workspace, DocumentKind.MINUTES, ref, Edition())
        assert "agree dates" not in str(document)
        assert document.marking is Marking.OFFICIAL
    with pytest.raises(Refused), limit_marking(wales, Marking.OFFICIAL) as workspace:
        write_issued_copy(workspace, ref, 1, tmp_path / "minutes.md")


@pytest.mark.long
def test_an_archive_up_to_official_restores_sound(wales: Workspace, limited: Workspace, tmp_path: Path) -> None:
    ref = make_minuted_meeting(wales)
    set_state(wales, ref, MinutesState.AGREED)
    edit_action(wales, f"{ref}/01", make_action_draft(**SENSITIVE))
    with limit_marking(wales, Marking.OFFICIAL) as workspace:
        report = export_everything(workspace, tmp_path / "all.zip")
        assert len(workspace.database.left_out) == 2
    assert report.marking == "official"
    import_everything(tmp_path / "new", tmp_path / "all.zip", TODAY)
    restored = open_workspace(tmp_path / "new", TODAY)
    assert not find_faults(restored.database)
    assert query_rows(restored, "SELECT count(*) FROM actions") == [(44,)]
    restored.close()


def test_what_goes_outside_has_records_up_to_official(wales: Workspace, limited: Workspace) -> None:
    for kind in ("dashboard", "returns"):
        result = make_files(wales, kind)
        assert any(task.startswith(SENTENCE) for task in result.tasks)
        assert not any(b"Heron" in path.read_bytes() for path in result.files)
    assert not query_rows(wales, "SELECT 1 FROM dispatches d JOIN actions a ON a.id = d.action WHERE a.ref = 'DP-45'")


@pytest.mark.long
@pytest.mark.parametrize("text", ["", "Bawso uses the conference for all future cases in Cardiff."])
def test_a_paper_for_outside_leaves_out_what_names_a_hidden_record(wales: Workspace, text: str) -> None:
    """The text of a paragraph may repeat any of its records; a paragraph without one loses the link alone."""
    words = show_action(wales, "DP-29").row.title.removeprefix("Use ")
    edit_paragraph(wales, "celg-4-31-13", "2.14", build_paragraph_draft({"text": text}))
    hidden_numbers = {"2.14"} if text else set()
    kept = [row for row in show_commission(wales, "celg-4-31-13").paragraphs if row.number not in hidden_numbers]
    whole = export_commission(wales, "celg-4-31-13", wales.exports / "whole.md")
    edit_action(wales, "DP-29", make_action_draft(**SENSITIVE))
    report, left_out = export_paper_to_folder(wales, "celg-4-31-13")
    assert left_out[0].startswith(SENTENCE)
    assert report.marking is Marking.OFFICIAL
    assert (report.paragraphs, whole.paragraphs) == (len(kept), len(kept) + len(hidden_numbers))
    assert report.records == len({ref for row in kept for ref in row.refs} - {"DP-29"})
    assert words in whole.file.read_text(encoding="utf-8")
    assert words not in "".join(text for _place, text in read_texts(report.file.name, report.file.read_bytes()))


@pytest.mark.parametrize("text", ["text", "text_cy"])
def test_a_paragraph_is_left_out_whichever_language_its_text_is_in(wales: Workspace, text: str) -> None:
    values = {"text": "", "text_cy": "", text: "Bawso: Heron"}
    edit_paragraph(wales, "celg-4-31-13", "2.14", build_paragraph_draft(values))
    edit_action(wales, "DP-29", make_action_draft(**SENSITIVE))
    with use_language(Language.BOTH):
        file = export_paper_to_folder(wales, "celg-4-31-13")[0].file
    assert "Heron" not in "".join(words for _place, words in read_texts(file.name, file.read_bytes()))


def test_an_issued_copy_in_welsh_with_a_hidden_title_is_left_out(wales: Workspace) -> None:
    ref = make_minuted_meeting(wales)
    edit_action(wales, f"{ref}/01", make_action_draft(title_cy="Cyngor am Heron"))
    issue_minutes(wales, ref, language=Language.CY)
    assert query_rows(wales, "SELECT instr(plain, 'Heron') > 0 FROM issues") == [(1,)]
    edit_action(wales, f"{ref}/01", make_action_draft(**SENSITIVE))
    with limit_marking(wales, Marking.OFFICIAL) as workspace, workspace.database.read() as cursor:
        assert cursor.execute("SELECT plain FROM issues").fetchall() == []


def test_writes_go_to_the_whole_database(wales: Workspace, limited: Workspace) -> None:
    earlier = replace(limited, today=partial(TODAY.replace, day=30))
    edit_action(earlier, "DP-45", make_action_draft(title="Advice on Kestrel"))
    assert show_action(wales, "DP-45").row.title == "Advice on Kestrel"
