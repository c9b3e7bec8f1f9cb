"""Subject access: all records on a person with their sources, other persons in them, and the deadline."""

from __future__ import annotations

import csv
import json
import zipfile
from datetime import date
from io import StringIO
from pathlib import Path

import pytest

from ahtc_tui.domain.drafts.contacts import build_contact_draft
from ahtc_tui.domain.errors import BadInput, NotFound, Refused
from ahtc_tui.domain.i18n import Language, use_language
from ahtc_tui.domain.privacy.data_protection import USES, format_subject_answer, translate_use
from ahtc_tui.services.contacts.service import add_contact, edit_contact
from ahtc_tui.services.desk_people import find_desk_person, set_desk_person
from ahtc_tui.services.privacy.data_protection import list_reviews, show_review
from ahtc_tui.services.privacy.erasure import erase_person
from ahtc_tui.services.privacy.subject_access import answer_subject_request, answer_subject_to_folder
from ahtc_tui.services.workspace import Workspace
from ahtc_tui.store.engine.integrity_check import find_faults
from ahtc_tui.store.privacy.data_protection import USE_QUERIES
from tests.builders import TODAY, make_action, make_holding, make_update, query_rows

NAME = "Gwen Quillfeather"


@pytest.fixture
def gwen(wales: Workspace) -> str:
    """A person with records of every kind."""
    fields = {"name": NAME, "kind": "person", "email": "gwen@example.invalid", "aliases": "Gwennie", "source": "=1+1"}
    ref = add_contact(wales, build_contact_draft(fields, TODAY)).ref
    key, post = (
        query_rows(wales, "SELECT id FROM parties WHERE ref = ?", party_ref)[0][0] for party_ref in (ref, "spoc-gwent")
    )
    make_holding(wales, post, key, from_on="2012-01-01")
    action = make_action(wales, title="Train <two> officers", lead=ref)
    supported_action = make_action(wales, title="Other", support=ref)
    make_update(wales, supported_action.ref, "Gwen Quillfeather and Jeff Farrar met.")
    with wales.database.write("a meeting") as ledger:
        group = ledger.cursor.execute("SELECT id FROM parties WHERE ref = 'leadership-group'").fetchone()[0]
        meeting_values = {
            "ref": "M-1",
            "title": "Forum",
            "day": "2013-05-01",
            "uid": "u",
            "kind": "meeting",
            "group": group,
        }
        meeting = ledger.add("meetings", meeting_values)
        ledger.add("attendances", {"meeting": meeting, "party": key, "state": "present"})
        ledger.add("invitations", {"meeting": meeting, "party": key})
        ledger.add(
            "minute_lines", {"meeting": meeting, "position": 1, "kind": "note", "text": "Ms Quillfeather spoke."}
        )
        ledger.add("actions", {"ref": "X-1", "title": "Closed", "status": "done", "closed_by": key})
        engagement_values = {"ref": "E-1", "held_on": "2013-06-01", "kind": "call", "subject": "Rang"}
        ledger.add("engagement_parties", {"engagement": ledger.add("engagements", engagement_values), "party": key})
    assert action
    return ref


def read_archive(path: Path) -> dict[str, str]:
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name).decode("utf-8-sig") for name in archive.namelist()}


def test_everything_held_on_a_person_is_in_one_archive_with_its_sources(
    wales: Workspace, gwen: str, tmp_path: Path
) -> None:
    report = answer_subject_request(wales, NAME, tmp_path / "out.zip", date(2013, 11, 30))
    assert (report.ref, report.due) == (gwen, date(2013, 12, 30))
    kinds = dict(report.counts)
    assert {name: kinds[name] for name in ("actions", "action_parties", "attendances", "invitations", "holdings")} == {
        "actions": 2,
        "action_parties": 1,
        "attendances": 1,
        "invitations": 1,
        "holdings": 1,
    }
    assert {"engagement_parties", "aliases", "mention: updates", "mention: minute_lines", "journal"} <= set(kinds)
    assert list(kinds)[-1] == "journal"
    held = read_archive(tmp_path / "out.zip")
    data = json.loads(held["everything.json"])
    assert data["marking"] == "OFFICIAL-SENSITIVE"
    assert data["held"]["attendances"][0]["record"].startswith("M-1 Forum")
    assert data["held"]["engagement_parties"][0]["record"] == "E-1 Rang"
    assert "email: gwen@example.invalid" in data["held"]["journal"][0]["is"]
    page = held["index.html"]
    assert "Train &lt;two&gt; officers" in page
    assert "30 December 2013" in page
    assert page.count("OFFICIAL-SENSITIVE") == 2


def test_other_people_are_listed_as_redactions(wales: Workspace, gwen: str, tmp_path: Path) -> None:
    report = answer_subject_request(wales, gwen, tmp_path / "out.zip")
    lines = list(csv.reader(StringIO(read_archive(tmp_path / "out.zip")["redactions.csv"])))
    assert report.redactions == len(lines) - 2
    assert ["Jeff Farrar", "named-in-updates.csv"] in [line[:2] for line in lines]
    assert not [line for line in lines if line[0] == NAME]


def test_formulas_are_neutralised_and_existing_files_are_kept(wales: Workspace, gwen: str, tmp_path: Path) -> None:
    answer_subject_request(wales, gwen, tmp_path / "out.zip")
    assert "'=1+1" in read_archive(tmp_path / "out.zip")["parties.csv"]
    with pytest.raises(Refused):
        answer_subject_request(wales, gwen, tmp_path / "out.zip")
    with pytest.raises(BadInput, match=r"\.zip"):
        answer_subject_request(wales, gwen, tmp_path / "out.txt")
    with pytest.raises(NotFound):
        answer_subject_request(wales, "nobody", tmp_path / "no.zip")


def test_answer_gets_a_free_name_and_lists_files_of_the_person(wales: Workspace, gwen: str) -> None:
    names = [Path(answer_subject_to_folder(wales, gwen).file).name for _again in range(2)]
    assert names == [f"2013-12-31 Subject access request, {gwen}{number}.zip" for number in ("", "-2")]
    assert f"exports/{names[0]}" in read_archive(wales.exports / names[1])["index.html"]


def test_person_without_other_records_gets_an_answer(wales: Workspace, tmp_path: Path) -> None:
    for _twice in range(2):
        add_contact(wales, build_contact_draft({"name": "Eleri Jones", "kind": "person"}, TODAY))
    answer_subject_request(wales, "eleri-jones", tmp_path / "out.zip")
    page = read_archive(tmp_path / "out.zip")["index.html"]
    assert "No other people are named in it." in page
    assert "also the name of another person" in page


def test_every_purpose_of_a_use_is_named_in_welsh() -> None:
    purposes = {purpose for purpose, _query in USE_QUERIES}
    assert purposes <= set(USES)
    with use_language(Language.CY):
        assert not purposes & {translate_use(purpose) for purpose in purposes}


def test_review_is_due_on_its_date_or_24_months_after_last_use(wales: Workspace, gwen: str) -> None:
    assert [row.ref for row in list_reviews(wales)] == []
    edit_contact(wales, gwen, build_contact_draft({"review_on": "2013-12-31", "told_on": "3 dec 2013"}, TODAY))
    (due,) = list_reviews(wales)
    assert (due.ref, due.by_default, due.days_over, str(due.told_on)) == (gwen, False, 0, "3 December 2013")
    assert len(list_reviews(wales, everybody=True)) == 7
    assert show_review(wales, "spoc-gwent") is None


def test_person_unused_for_24_months_is_due_for_review(wales: Workspace) -> None:
    ref = add_contact(wales, build_contact_draft({"name": NAME, "kind": "person"}, TODAY)).ref
    key = query_rows(wales, "SELECT id FROM parties WHERE ref = ?", ref)[0][0]
    with wales.database.write("long ago") as ledger:
        engagement_values = {"ref": "E-1", "held_on": "2011-06-01", "kind": "call", "subject": "Rang"}
        ledger.add("engagement_parties", {"engagement": ledger.add("engagements", engagement_values), "party": key})
    (due,) = list_reviews(wales)
    assert (due.ref, due.review_on, due.last_use, due.by_default) == (ref, date(2013, 6, 1), "engaged", True)
    make_action(wales, lead=ref)
    assert list_reviews(wales) == []


def test_the_history_names_the_post_and_never_the_account(wales: Workspace, gwen: str, tmp_path: Path) -> None:
    wales.database.user = "planted-account"
    edit_contact(wales, gwen, build_contact_draft({"phone": "029 2000 0000"}, TODAY))
    report = answer_subject_request(wales, gwen, tmp_path / "before.zip")
    assert "planted-account" in report.unknown_accounts
    assert "who used these accounts: " in format_subject_answer(report)
    archive = read_archive(tmp_path / "before.zip")
    assert not [name for name, text in archive.items() if "planted-account" in text]
    assert {line["by"] for line in json.loads(archive["everything.json"])["held"]["journal"]} == {"Secretariat"}
    set_desk_person(wales, "Another Person", "Policy Lead")
    report = answer_subject_request(wales, gwen, tmp_path / "after.zip")
    assert "planted-account" not in report.unknown_accounts
    archive = read_archive(tmp_path / "after.zip")
    assert "Policy Lead" in {line["by"] for line in json.loads(archive["everything.json"])["held"]["journal"]}
    assert not [name for name, text in archive.items() if "planted-account" in text or "Another Person" in text]


def test_the_account_of_the_person_is_held_information(wales: Workspace, gwen: str, tmp_path: Path) -> None:
    wales.database.user = "gq01"
    set_desk_person(wales, NAME.upper(), "Policy Lead")
    make_action(wales, title="Written by the person")
    report = answer_subject_request(wales, gwen, tmp_path / "out.zip")
    [held] = json.loads(read_archive(tmp_path / "out.zip")["everything.json"])["held"]["accounts"]
    assert (held["account"], held["post"], held["steps"]) == ("gq01", "Policy Lead", "1")
    assert dict(report.counts)["accounts"] == 1
    erase_person(wales, gwen)
    for table in ("step", "change"):
        assert query_rows(wales, f"SELECT 1 FROM {table} WHERE user = 'gq01'") == []
    assert find_desk_person(wales) is None
    assert find_faults(wales.database) == []
