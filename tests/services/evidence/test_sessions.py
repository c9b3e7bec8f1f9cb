"""Training sessions: how many people took part, and which organisations did not."""

from __future__ import annotations

import json
import random
import zipfile
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from openpyxl import load_workbook

from ahtc_tui.cli.main import run
from ahtc_tui.domain.actions.model import Marking
from ahtc_tui.domain.dates.date_as_known import read_iso_date
from ahtc_tui.domain.drafts.evidence import (
    build_data_set_draft,
    build_document_draft,
    build_figure_draft,
    build_recommendation_draft,
    build_session_draft,
    build_web_page_draft,
)
from ahtc_tui.domain.errors import BadInput, NotFound, Refused
from ahtc_tui.domain.evidence.model import DataSetState, draw_bar, draw_sparkline
from ahtc_tui.domain.evidence.practice import PlaceKind
from ahtc_tui.domain.evidence.recommendations import RecommendationFilter
from ahtc_tui.domain.evidence.sessions import subtract_period
from ahtc_tui.services.actions.service import close_action, show_action
from ahtc_tui.services.evidence import practice, recommendations
from ahtc_tui.services.evidence import service as evidence
from ahtc_tui.services.evidence.practice import clear_adoption, list_practice_gaps, show_matrix
from ahtc_tui.services.exports.plan import export_evidence, export_matrix
from ahtc_tui.services.history import undo_step
from ahtc_tui.services.privacy.marking_limit import limit_marking
from ahtc_tui.services.workspace import Workspace
from ahtc_tui.store.engine.integrity_check import find_faults
from tests.builders import TODAY, set_clock


def add_session(workspace: Workspace, **fields: str) -> str:
    """Add a session and return its reference."""
    return practice.add_session(workspace, build_session_draft({"practice": "sio-training", **fields}, TODAY)).ref


def test_new_numbers_of_a_session_replace_the_old_ones(wales: Workspace) -> None:
    ref = add_session(
        wales, held_on="5 nov 2013", place="Hydra Centre", area="Cardiff", numbers="Bawso=3; Gwynedd Council: 4"
    )
    (row,) = practice.list_sessions(wales, "hydra")
    assert (row.people, row.location, row.kind.label) == (7, "Hydra Centre, Cardiff", "Training")
    practice.edit_session(wales, ref, build_session_draft({"numbers": "Bawso=5"}, TODAY))
    (row,) = practice.list_sessions(wales, practice="sio-training")
    assert [(count.ref, count.people) for count in row.numbers] == [("bawso", 5)]
    undo_step(wales)
    assert practice.list_sessions(wales)[0].people == 7


def test_authorities_without_a_session_are_listed_up_to_today(wales: Workspace) -> None:
    assert len(practice.list_missing_authorities(wales, "12m")) == 22
    add_session(wales, held_on="2012-12-31", numbers="Gwynedd Council=1; Powys County Council=2")
    add_session(wales, held_on="2012-12-30", numbers="Conwy County Borough Council=1")
    add_session(wales, held_on="2014-06-01", numbers="Newport City Council=1")
    missing = practice.list_missing_authorities(wales, "12m")
    assert (len(missing), missing[-1].ref, str(missing[-1].last_on)) == (20, "conwy", "30 December 2012")
    assert len(practice.list_missing_authorities(wales, "12m", "ht-marac")) == 22


@pytest.mark.parametrize(
    ("period", "day"), [("12m", "2012-12-31"), ("10 months", "2013-02-28"), ("1y", "2012-12-31"), ("2w", "2013-12-17")]
)
def test_period_is_counted_back_by_the_calendar(period: str, day: str) -> None:
    assert subtract_period(TODAY, period).isoformat() == day


@pytest.mark.parametrize("period", ["", "soon", "12", "9999y", "12mins", "3days2"])
def test_invalid_period_is_refused(period: str) -> None:
    with pytest.raises(BadInput, match="not a period"):
        subtract_period(TODAY, period)


def test_session_needs_a_title_and_positive_numbers(wales: Workspace) -> None:
    with pytest.raises(BadInput, match="title or a practice"):
        practice.add_session(wales, build_session_draft({"place": "Cardiff"}, TODAY))
    for numbers in ("Bawso", "Bawso=0"):
        with pytest.raises(BadInput):
            build_session_draft({"numbers": numbers}, TODAY)
    with pytest.raises(NotFound):
        add_session(wales, area="Atlantis")
    assert not practice.list_sessions(wales)


def test_clearing_an_adoption_adds_a_gap(wales: Workspace) -> None:
    assert len(list_practice_gaps(wales, "sio-training", [PlaceKind.FORCE])) == 4
    assert not list_practice_gaps(wales, "eagle-contacts", [PlaceKind.FORCE])
    clear_adoption(wales, "eagle-contacts", "Gwent Police")
    (gap,) = list_practice_gaps(wales, "eagle-contacts", [PlaceKind.FORCE])
    assert (gap.place.ref, gap.cell) == ("gwent-police", None)
    with pytest.raises(Refused):
        clear_adoption(wales, "eagle-contacts", "Gwent Police")
    undo_step(wales)
    assert show_matrix(wales).answered_cells == 22


def test_recommendation_is_open_until_its_linked_action_is_done(wales: Workspace) -> None:
    recommendation_filter = RecommendationFilter(document="GRETA", open=True, without_action=True)
    refs = [row.ref for row in recommendations.list_recommendations(wales, recommendation_filter=recommendation_filter)]
    assert refs == ["greta-2012-missing-children"]
    assert recommendations.link_action(wales, refs[0], "DP-10").actions == ("DP-10",)
    assert not recommendations.list_recommendations(wales, recommendation_filter=recommendation_filter)
    assert recommendations.show_recommendation(wales, refs[0]).is_open
    close_action(wales, "DP-10")
    assert not recommendations.show_recommendation(wales, refs[0]).is_open
    assert not recommendations.link_action(wales, refs[0], "DP-10", unlink=True).actions
    with pytest.raises(Refused, match="does not answer"):
        recommendations.link_action(wales, refs[0], "DP-10", unlink=True)


def test_recommendation_of_a_new_document_can_be_added_and_edited(wales: Workspace) -> None:
    document = recommendations.add_document(
        wales, build_document_draft({"title": "Second report", "body": "Bawso"}, TODAY)
    )
    draft = build_recommendation_draft({"title": "Count again", "document": document.ref}, TODAY)
    ref = recommendations.add_recommendation(wales, draft).ref
    draft = build_recommendation_draft(
        {"evidence": "seen", "owner": "AHTC", "objective": "1", "part_of": "greta-2012"}, TODAY
    )
    row = recommendations.edit_recommendation(wales, ref, draft)
    assert (row.evidence, row.part_of, row.is_answered) == ("seen", "greta-2012", False)
    with pytest.raises(Refused):
        recommendations.edit_recommendation(wales, ref, build_recommendation_draft({"part_of": ref}, TODAY))
    with pytest.raises(BadInput):
        recommendations.add_recommendation(wales, build_recommendation_draft({"title": "Alone"}, TODAY))
    with pytest.raises(BadInput):
        recommendations.add_document(wales, build_document_draft({"note": "x"}, TODAY))


def test_awaited_document_is_listed_until_it_is_published(wales: Workspace) -> None:
    (row,) = recommendations.list_awaited_documents(wales)
    assert (row.ref, str(row.expected_on), row.is_overdue(TODAY)) == ("services-review", "by the end of 2013", False)
    recommendations.edit_document(
        wales, row.ref, build_document_draft({"expected_on": "1 dec 2013", "awaited": "yes"}, TODAY)
    )
    assert recommendations.list_awaited_documents(wales)[0].is_overdue(TODAY)
    recommendations.edit_document(wales, row.ref, build_document_draft({"published_on": "20 dec 2013"}, TODAY))
    assert not recommendations.list_awaited_documents(wales)


def test_revision_supersedes_the_old_figure_and_keeps_it(wales: Workspace) -> None:
    draft = build_figure_draft({"value": "36", "source": "gov.wales", "published_on": "13 nov 2013"}, TODAY)
    new = evidence.revise_figure(wales, "nrm-wales-2012", draft)
    old = evidence.show_figure(wales, "nrm-wales-2012")
    assert (new.value, new.area, str(new.period), new.source) == (36, "Wales", "2012", "gov.wales")
    assert (old.row.value, old.row.superseded, new.superseded) == (34, True, False)
    assert not evidence.list_other_sources(wales, new.ref)
    with pytest.raises(BadInput, match="needs a value"):
        evidence.revise_figure(wales, new.ref, build_figure_draft({"source": "x"}, TODAY))


def test_revisions_entered_in_any_order_give_the_same_figure_on_every_day(wales: Workspace) -> None:
    chance = random.Random(38)
    published = {"2013-02-01": "35", "2013-06-10": "36", "2013-11-13": "37", "2014-04-01": "38"}
    days = ("2013-01-31", "2013-02-01", "2013-06-09", "2013-06-10", "2013-11-13", "2014-04-01")
    for _round in range(6):
        for day, value in chance.sample(sorted(published.items()), len(published)):
            draft = build_figure_draft({"value": value, "source": "gov.wales", "published_on": day}, date(2014, 5, 1))
            evidence.revise_figure(wales, "nrm-wales-2012", draft)
        values = []
        for day in days:
            rows = [row for row in evidence.list_figures(set_clock(wales, day)) if row.title == "NRM referrals, Wales"]
            values += [row.value for row in rows if str(row.period) == "2012" and not row.superseded]
        assert values == [34, 35, 35, 36, 37, 38]
        for _step in published:
            undo_step(wales)


def test_series_of_a_figure_is_drawn_as_a_sparkline(wales: Workspace) -> None:
    set_clock(wales, "2014-02-28")
    series = evidence.list_series(wales, "nrm-uk-2012")
    assert [(str(row.period), row.value) for row in series] == [("2011", 946), ("2012", 1186), ("2013", 1746)]
    assert draw_sparkline([row.value for row in series]) == "▅▆█"
    assert (draw_sparkline([3]), draw_sparkline([0, 0]), draw_sparkline([0, 8])) == ("", "", " █")
    assert (draw_bar(5, 10, 4), draw_bar(1, 1000, 4), draw_bar(0, 10, 4), draw_bar(10, 10, 4)) == (
        "██",
        "▏",
        "",
        "████",
    )


def test_a_data_set_is_late_or_missing_only_when_its_day_is_past(wales: Workspace) -> None:
    ref = evidence.add_data_set(wales, build_data_set_draft({"title": "Returns", "tier": "secondary"}, TODAY)).ref

    def edit_and_read_standing(**fields: str) -> DataSetState:
        return evidence.edit_data_set(wales, ref, build_data_set_draft(fields, TODAY)).find_state(TODAY)

    assert edit_and_read_standing(holder="Bawso") is DataSetState.NO_DATE
    assert edit_and_read_standing(next_due="31 dec 2013") is DataSetState.IN_TIME
    assert edit_and_read_standing(next_due="30 dec 2013") is DataSetState.MISSING
    assert edit_and_read_standing(last_received="1 nov 2013") is DataSetState.LATE
    with pytest.raises(BadInput):
        evidence.add_data_set(wales, build_data_set_draft({"title": "No tier"}, TODAY))


def test_overdue_web_pages_are_listed_first(wales: Workspace) -> None:
    for subject, reviewed in (("Late", "1 sep 2013"), ("Fresh", "1 dec 2013")):
        fields = {"subject": subject, "owner": "AHTC", "cycle_days": "90", "last_reviewed": reviewed}
        evidence.add_page(wales, build_web_page_draft(fields, TODAY))
    evidence.add_page(wales, build_web_page_draft({"subject": "No cycle", "cycle_days": " "}, TODAY))
    rows = evidence.list_pages(wales)
    assert [(row.subject, row.is_overdue(TODAY)) for row in rows] == [
        ("Late", True),
        ("Fresh", False),
        ("Welsh Government web-pages on human trafficking", False),
        ("No cycle", False),
    ]
    assert not evidence.review_page(wales, rows[0].ref).is_overdue(TODAY)
    with pytest.raises(BadInput, match="in the future"):
        evidence.review_page(wales, rows[0].ref, read_iso_date("2014-01-01"))
    assert evidence.edit_page(wales, rows[1].ref, build_web_page_draft({"languages": "cy"}, TODAY)).languages == "cy"
    with pytest.raises(BadInput):
        evidence.add_page(wales, build_web_page_draft({"link": "https://example.org"}, TODAY))


def test_matrix_workbook_holds_every_known_cell_with_sign_and_word(wales: Workspace, tmp_path: Path) -> None:
    assert export_matrix(wales, tmp_path / "m.xlsx") == 22
    book = load_workbook(tmp_path / "m.xlsx")
    assert book.sheetnames == ["Take-up", "Authorities", "Cells"]
    cells = [
        cell.value for row in book["Take-up"].iter_rows(min_row=6, max_row=15, min_col=2, max_col=14) for cell in row
    ]
    assert (sum("\n" in str(value) for value in cells), cells.count("·")) == (21, 109)
    headings, *rows = book["Take-up"].iter_rows(min_row=5, min_col=15, max_col=16, values_only=True)
    assert (headings[0], {label for label, _adopted in rows[:10]}) == ("22 authorities", {"·", "1● of 22"})
    assert (book["Take-up"].freeze_panes, book["Take-up"].page_setup.orientation) == ("B6", "landscape")
    assert book["Cells"].max_row == 4 + 22
    authorities = list(book["Authorities"].iter_rows(min_row=5, values_only=True))
    assert [row[0] for row in authorities] == [
        "Authority",
        *(place.plain_name for place in show_matrix(wales).places if place.kind is PlaceKind.AUTHORITY),
        "Adopted (of those reported)",
    ]
    assert [cell for row in authorities[1:-1] for cell in row[1:-1] if cell != "·"] == ["● Adopted"]
    with pytest.raises(BadInput):
        export_matrix(wales, tmp_path / "m.csv")


def test_small_counts_of_people_are_reported_on_export(
    wales: Workspace, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out, office = tmp_path / "e.xlsx", ["--workspace", str(wales.root)]
    assert not export_evidence(wales, out).small
    fields = {"title": "Minors", "value": "3", "unit": "referrals", "period": "2013", "source": "x"}
    ref = evidence.add_figure(wales, build_figure_draft(fields, TODAY)).ref
    assert run([*office, "export", "evidence", str(out), "--force"]) == 1
    assert f"they are or reveal counts under 5: {ref}." in capsys.readouterr().err
    book = load_workbook(out)
    values = {row[0]: row[1] for row in book["Figures"].iter_rows(values_only=True)}
    assert values["Minors"] == "fewer than 5"
    for flags, value, text in ((("--exact",), 3, "3"), ((), None, "fewer than 5")):
        assert run([*office, "evidence", "list", "Minors", "--json", *flags]) == 0
        [row] = [row for row in json.loads(capsys.readouterr().out) if row["title"] == "Minors"]
        assert (row["value"], row["value_text"], row["small"]) == (value, text, value is not None)
    assert book.sheetnames == ["Figures", "Charts", "Data sets"]
    assert zipfile.ZipFile(out).namelist().count("xl/charts/chart1.xml") == 1
    (wales.root / "ahtc.toml").write_text("small_counts = 3")
    assert run([*office, "export", "evidence", str(out), "--force"]) == 0
    (wales.root / "ahtc.toml").write_text("small_counts = 'x'")
    assert run([*office, "export", "evidence", str(out), "--force"]) == 1


def test_an_organisation_is_counted_once_in_a_session(wales: Workspace) -> None:
    with pytest.raises(BadInput, match='"Heddlu Gwent" is Gwent Police'):
        add_session(wales, numbers="Gwent Police=3; Heddlu Gwent=4")
    with pytest.raises(BadInput, match="not a number of people"):
        add_session(wales, numbers="Gwent Police=0")
    assert practice.list_sessions(wales) == []


def test_session_without_a_title_takes_that_of_its_practice(wales: Workspace) -> None:
    ref = add_session(wales, title="Refresher")
    edited = practice.edit_session(wales, ref, build_session_draft({"title": ""}, TODAY))
    assert edited.title == "Two-day training for Senior Investigating Officers"
    bare = practice.add_session(wales, build_session_draft({"title": "A visit"}, TODAY))
    with pytest.raises(BadInput, match="a title or a practice"):
        practice.edit_session(wales, bare.ref, build_session_draft({"title": " "}, TODAY))


def test_empty_or_zero_period_is_refused(wales: Workspace) -> None:
    for period in ("0m", "", "12", "-1m"):
        with pytest.raises(BadInput, match="not a period"):
            practice.list_missing_authorities(wales, period)


def test_each_sheet_of_the_evidence_has_its_title_and_one_table_without_empty_columns(
    wales: Workspace, tmp_path: Path
) -> None:
    export_evidence(wales, tmp_path / "evidence.xlsx")
    book = openpyxl.load_workbook(tmp_path / "evidence.xlsx")
    assert [sheet["A1"].value for sheet in book] == [
        "Evidence: figures with their sources",
        "Evidence: figures over time",
        "Evidence: data sets",
    ]
    for name in ("Figures", "Data sets"):
        sheet = book[name]
        (table,) = sheet.tables.values()
        headings, *rows = sheet[table.ref]
        assert headings[0].value != "Ref"
        assert all(any(row[n].value for row in rows) for n in range(len(headings)))


def test_one_action_answers_several_recommendations(wales: Workspace) -> None:
    refs = ["greta-2012-missing-children", "solace-2009", "celg-2014-services"]
    for ref in refs:
        assert "DP-10" in recommendations.link_action(wales, ref, "DP-10").actions
        recommendations.link_action(wales, ref, "DP-10")
    assert set(show_action(wales, "DP-10").recommendations) == set(refs)
    assert find_faults(wales.database) == []
    recommendations.link_action(wales, refs[0], "DP-10", unlink=True)
    recommendations.link_action(wales, refs[1], "DP-10", unlink=True)
    assert show_action(wales, "DP-10").recommendations == (refs[2],)
    assert "DP-10" not in recommendations.show_recommendation(wales, refs[1]).actions
    with pytest.raises(Refused, match="does not answer"):
        recommendations.link_action(wales, refs[1], "DP-10", unlink=True)
    undo_step(wales)
    assert "DP-10" in recommendations.show_recommendation(wales, refs[1]).actions


def test_an_older_marking_is_for_documents_from_before_april_2014(wales: Workspace) -> None:
    fields = {"title": "Risk register", "marking": "RESTRICTED", "published_on": "2013-11-01"}
    row = recommendations.add_document(wales, build_document_draft(fields, TODAY))
    assert (row.marking, row.marked_title) == ("restricted", "Risk register (RESTRICTED)")
    for day in ("", "2014-04-02"):
        with pytest.raises(BadInput, match="RESTRICTED is an older marking"):
            recommendations.edit_document(wales, row.ref, build_document_draft({"published_on": day}))
    with limit_marking(wales, Marking.OFFICIAL) as limited:
        assert row.ref not in {document.ref for document in recommendations.list_documents(limited)}
    recommendations.edit_document(wales, row.ref, build_document_draft({"marking": "not-protectively-marked"}))
    with limit_marking(wales, Marking.OFFICIAL) as limited:
        assert row.ref in {document.ref for document in recommendations.list_documents(limited)}
