"""The transparency return: external meetings of a period, without private people."""

from __future__ import annotations

import csv
import json
from datetime import date
from pathlib import Path

import pytest

from ahtc_tui.cli.main import run
from ahtc_tui.domain.drafts.contacts import build_engagement_draft
from ahtc_tui.domain.errors import BadInput, Refused
from ahtc_tui.domain.i18n import Language, use_language
from ahtc_tui.domain.publication.answers import KEEP, build_reworded
from ahtc_tui.services.contacts.engagement import add_engagement
from ahtc_tui.services.documents.transparency import TransparencyReport, export_transparency, find_page
from ahtc_tui.services.publication import service as publication
from ahtc_tui.services.workspace import Workspace
from tests.builders import make_party, query_rows

OFFICIAL = "Stephen Chapman, Anti Human Trafficking Co-ordinator"
FIRST, LAST = date(2013, 10, 1), date(2013, 11, 30)


def log(
    workspace: Workspace, who: str, subject: str = "Referrals", on: str = "2013-11-05", kind: str = "meeting"
) -> str:
    draft = build_engagement_draft({"subject": subject, "on": on, "kind": kind}, workspace.today())
    return add_engagement(workspace, who.split(","), draft).ref


def write_return(
    workspace: Workspace, target: Path, *, force: bool = False
) -> tuple[TransparencyReport, list[list[str]]]:
    report = export_transparency(workspace, target, FIRST, LAST, force=force)
    with target.open(encoding="utf-8-sig", newline="") as file:
        *rows, remark = csv.reader(file)
    assert remark[:3] == ["", "", ""]
    return report, rows


def test_a_return_has_a_line_for_each_organisation_met_in_the_period(wales: Workspace, tmp_path: Path) -> None:
    log(wales, "Bawso", on="2013-10-01")
    log(wales, "Bawso,UCLan", "Courses", on="2013-11-30", kind="call")
    log(wales, "Bawso", on="2013-09-30")
    report, rows = write_return(wales, tmp_path / "return.csv")
    assert rows == [
        ["Minister or official", "Date", "Name of organisation or individual", "Purpose of meeting"],
        [OFFICIAL, "2013-10-01", "Bawso", "Referrals"],
        [OFFICIAL, "2013-11-30", "Bawso", "Courses"],
        [OFFICIAL, "2013-11-30", "University of Central Lancashire", "Courses"],
    ]
    assert (report.meetings, report.private, report.other_kinds) == (3, (), 0)


def test_a_post_or_person_is_returned_as_the_organisation_and_once(wales: Workspace, tmp_path: Path) -> None:
    log(wales, "Jeff Farrar,Gwent Police")
    assert [row[2] for row in write_return(wales, tmp_path / "return.csv")[1][1:]] == ["Gwent Police"]


def test_a_return_in_welsh_names_post_and_organisation_in_welsh(wales: Workspace, tmp_path: Path) -> None:
    log(wales, "Gwent Police")
    with use_language(Language.CY):
        row = write_return(wales, tmp_path / "return.csv")[1][1]
    assert (row[0], row[2]) == ("Stephen Chapman, Cydgysylltydd Atal Masnachu mewn Pobl", "Heddlu Gwent")
    assert row[3] == "[Saesneg] Referrals"


def test_mail_training_and_our_own_organisation_are_not_returned(wales: Workspace, tmp_path: Path) -> None:
    log(wales, "Bawso", kind="mail")
    log(wales, "Bawso", kind="training")
    log(wales, "AHTC")
    report, rows = write_return(wales, tmp_path / "return.csv")
    assert rows[1:] == [[OFFICIAL, "", "Nil return", ""]]
    assert report.other_kinds == 2


def test_a_private_person_is_left_out_and_the_contact_is_named(
    wales: Workspace, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    make_party(wales, "Gwen Private", "gwen-private", kind="person")
    ref = log(wales, "Gwen Private")
    out = tmp_path / "return.csv"
    period = ["--from", "2013-10-01", "--to", "2013-11-30", "--json"]
    command = ["--workspace", str(wales.root), "--as-at", "2013-12-31", "export", "transparency", str(out)]
    assert run([*command, *period]) == 1
    report = json.loads(capsys.readouterr().out)
    assert (report["private"], report["meetings"], report["from"]) == ([ref], 0, "2013-10-01")
    assert "Gwen" not in out.read_text(encoding="utf-8-sig")


def test_the_name_of_a_private_person_in_the_purpose_is_replaced_by_the_organisation(
    wales: Workspace, tmp_path: Path
) -> None:
    bawso = query_rows(wales, "SELECT id FROM parties WHERE ref = 'bawso'")[0][0]
    key = make_party(wales, "Gwen Private", "gwen-private", kind="person")
    with wales.database.write("organisation") as ledger:
        ledger.update("people", key, {"organisation": bawso})
    log(wales, "Gwen Private", "Referrals with Gwen Private")
    _report, rows = write_return(wales, tmp_path / "return.csv")
    assert rows[1][2:] == ["Bawso", "Referrals with a representative of Bawso"]


def test_a_published_return_has_the_released_wording_of_each_purpose(wales: Workspace, tmp_path: Path) -> None:
    log(wales, "Bawso", "Call 029 2012 3456")
    page, out = find_page(), tmp_path / "return.csv"

    def publish_return() -> str:
        export_transparency(wales, out, FIRST, LAST, force=True, is_published=True)
        return out.read_text(encoding="utf-8-sig")

    with pytest.raises(Refused, match="nothing has been released yet"):
        publish_return()
    (purpose,) = [text for text in publication.show_release_list(wales, page).texts if text.kind == "purpose"]
    assert "contact" in purpose.marks
    publication.publish(wales, page, {purpose.id: build_reworded("Training"), "*": KEEP})
    assert publish_return().splitlines()[1:] == [f'"{OFFICIAL}",2013-11-05,Bawso,Training']
    log(wales, "Bawso", "Another purpose")
    with pytest.raises(Refused, match="1 passage changed since release 1"):
        publish_return()


def test_departments_and_devolved_administrations_are_not_external(wales: Workspace, tmp_path: Path) -> None:
    log(wales, "Home Office,Scottish Government,Bawso,Gwent Police")
    assert [row[2] for row in write_return(wales, tmp_path / "return.csv")[1][1:]] == ["Bawso", "Gwent Police"]


def test_the_copy_of_the_office_says_that_it_is_not_for_publication(wales: Workspace, tmp_path: Path) -> None:
    export_transparency(wales, tmp_path / "return.csv", FIRST, LAST)
    assert "Not for publication, OFFICIAL" in (tmp_path / "return.csv").read_text(encoding="utf-8-sig")


def test_text_that_begins_like_a_formula_stays_text(wales: Workspace, tmp_path: Path) -> None:
    log(wales, "Bawso", "=1+1")
    assert write_return(wales, tmp_path / "return.csv")[1][1][3] == "'=1+1"


def test_other_formats_and_a_period_that_ends_before_it_begins_are_refused(wales: Workspace, tmp_path: Path) -> None:
    with pytest.raises(BadInput, match=r"\.csv"):
        export_transparency(wales, tmp_path / "return.xlsx", FIRST, LAST)
    with pytest.raises(BadInput, match="comes before"):
        export_transparency(wales, tmp_path / "return.csv", LAST, FIRST)
    write_return(wales, tmp_path / "return.csv")
    with pytest.raises(Refused):
        export_transparency(wales, tmp_path / "return.csv", FIRST, LAST)


@pytest.mark.parametrize("jurisdiction", [None, "Northern Ireland", "New South Wales"])
@pytest.mark.parametrize(
    ("kind", "is_external"), [("government", False), ("government-unit", False), ("international", True), ("ngo", True)]
)
def test_the_kind_of_a_body_decides_whether_it_is_external_and_a_government_left_out_is_named(
    wales: Workspace, tmp_path: Path, kind: str, jurisdiction: str | None, is_external: bool
) -> None:
    key = make_party(wales, "Department of Justice", "doj")
    with wales.database.write("kind") as ledger:
        ledger.update("organisations", key, {"kind": kind, "jurisdiction": jurisdiction})
    log(wales, "Department of Justice")
    report, _rows = write_return(wales, tmp_path / "return.csv")
    assert report.meetings == is_external
    assert report.governments == (() if is_external else ("Department of Justice",))
