"""Several telephone numbers and email addresses of a contact: one is preferred, and each leads to the contact."""

from __future__ import annotations

from pathlib import Path

import pytest

from ahtc_tui.domain.contacts.contact_points import format_points
from ahtc_tui.domain.contacts.model import ContactCard, ContactPointKind
from ahtc_tui.domain.drafts.contacts import build_contact_draft
from ahtc_tui.domain.errors import BadInput, NotFound
from ahtc_tui.domain.i18n import Language, use_language
from ahtc_tui.domain.imports.report import ImportOptions
from ahtc_tui.services.contacts.duplicates import find_duplicates
from ahtc_tui.services.contacts.merge_records import merge_contacts
from ahtc_tui.services.contacts.service import add_contact, edit_contact, show_contact
from ahtc_tui.services.exports.contacts import export_contacts
from ahtc_tui.services.history import undo_step
from ahtc_tui.services.imports.contacts.service import import_contacts
from ahtc_tui.services.opening import make_workspace, open_workspace
from ahtc_tui.services.privacy.erasure import erase_person
from ahtc_tui.services.search import search_records
from ahtc_tui.services.workspace import Workspace
from ahtc_tui.store.engine.integrity_check import find_faults
from tests.builders import TODAY, query_rows
from tests.services.replication.merging import leave_office, merge_both_ways

WORK, MOBILE = "029 2000 0000", "07700 900123"


def add_person(workspace: Workspace, name: str = "Gwen Ffug", **fields: str) -> str:
    """Add a person; returns the reference."""
    return add_contact(workspace, build_contact_draft({"name": name, "kind": "person", **fields}, TODAY)).ref


def edit(workspace: Workspace, ref: str, **fields: str) -> ContactCard:
    """Write fields of a contact, and return its card."""
    edit_contact(workspace, ref, build_contact_draft(fields, TODAY))
    return show_contact(workspace, ref)


@pytest.fixture
def gwen(workspace: Workspace) -> str:
    """A person with two numbers and two addresses."""
    return add_person(
        workspace,
        phone=WORK,
        other_phones=f"{MOBILE} (mobile)",
        email="gwen@example.org",
        other_emails="gwen.second@example.org (second)",
    )


def test_the_card_has_all_numbers_and_the_list_the_preferred_one(workspace: Workspace, gwen: str) -> None:
    card = show_contact(workspace, gwen)
    assert format_points(card.phones) == f"{WORK}; {MOBILE} (mobile)"
    assert [point.preferred for point in card.phones] == [True, False]
    assert (card.row.phone, card.row.email) == (WORK, "gwen@example.org")


def test_a_number_that_becomes_the_preferred_one_changes_places(workspace: Workspace, gwen: str) -> None:
    card = edit(workspace, gwen, phone="07700900123")
    assert [(point.value, point.kind, point.preferred) for point in card.phones] == [
        ("07700900123", None, True),
        (WORK, None, False),
    ]
    undo_step(workspace)
    assert show_contact(workspace, gwen).row.phone == WORK


def test_another_number_replaces_the_preferred_one(workspace: Workspace, gwen: str) -> None:
    card = edit(workspace, gwen, phone="029 2000 0009 (work)")
    assert format_points(card.phones) == f"029 2000 0009 (work); {MOBILE} (mobile)"


def test_without_a_preferred_number_the_next_is_preferred(workspace: Workspace, gwen: str) -> None:
    assert edit(workspace, gwen, phone="").row.phone == MOBILE
    assert edit(workspace, gwen, phone="").row.phone is None


def test_single_numbers_are_added_and_removed(workspace: Workspace, gwen: str) -> None:
    nothing = build_contact_draft({}, TODAY)
    added, removed = [("phone", "029 2000 0001 (second)")], [("phone", "+44 29 2000 0000")]
    edit_contact(workspace, gwen, nothing, added, removed)
    assert format_points(show_contact(workspace, gwen).phones) == f"{MOBILE} (mobile); 029 2000 0001 (second)"
    with pytest.raises(NotFound, match='gwen-ffug does not have "\\+44 29 2000 0000"'):
        edit_contact(workspace, gwen, nothing, (), removed)
    with pytest.raises(BadInput, match="is not an email address"):
        edit_contact(workspace, gwen, nothing, [("email", "gwen at example")])


def test_a_kind_is_read_in_either_language(workspace: Workspace, gwen: str) -> None:
    with use_language(Language.CY):
        label = ContactPointKind.MOBILE.label
    assert label != "mobile"
    assert edit(workspace, gwen, other_phones=f"{MOBILE} ({label})").phones[1].kind is ContactPointKind.MOBILE
    assert edit(workspace, gwen, phone=f"{WORK} (mornings)").row.phone == f"{WORK} (mornings)"


def test_a_search_finds_every_number_and_address(workspace: Workspace, gwen: str) -> None:
    for words in ("900123", "gwen.second@example.org", "2000"):
        assert gwen in {hit.ref for hit in search_records(workspace, words)}, words


@pytest.mark.parametrize("version", [3, 4])
@pytest.mark.parametrize("preferred", ["029 2000 0000", "07700 900123 (home)"])
def test_numbers_come_back_from_a_vcard(workspace: Workspace, tmp_path: Path, version: int, preferred: str) -> None:
    others = "07700 900456 (mobile); 029 2000 0002; 029 2000 0003 (second); 029 2000 0004 (work)"
    ref = add_person(
        workspace, phone=preferred, other_phones=others, email="a@example.org", other_emails="b@example.org"
    )
    export_contacts(workspace, tmp_path / "out.vcf", version=version)
    text = (tmp_path / "out.vcf").read_text(encoding="utf-8")
    assert text.count("PREF") == 2
    make_workspace(tmp_path / "other", None)
    other = open_workspace(tmp_path / "other", TODAY)
    import_contacts(other, [tmp_path / "out.vcf"])
    ours, theirs = show_contact(workspace, ref), show_contact(other, ref)
    assert (ours.phones, ours.emails) == (theirs.phones, theirs.emails)
    other.close()


def test_numbers_come_back_from_a_table(workspace: Workspace, gwen: str, tmp_path: Path) -> None:
    export_contacts(workspace, tmp_path / "out.csv")
    before = show_contact(workspace, gwen).phones
    edit(workspace, gwen, other_phones="", other_emails="")
    report = import_contacts(workspace, [tmp_path / "out.csv"]).files[0]
    assert [(change.field, change.now) for change in report.changed] == [
        ("other_emails", "gwen.second@example.org (second)"),
        ("other_phones", f"{MOBILE} (mobile)"),
    ]
    assert show_contact(workspace, gwen).phones == before


def test_a_heading_tells_the_kind(workspace: Workspace, tmp_path: Path) -> None:
    file = tmp_path / "list.csv"
    file.write_text(f"Name,Phone,Mobile,Home email\nIfan Ffug,{WORK},{MOBILE},ifan@example.org\n")
    import_contacts(workspace, [file])
    card = show_contact(workspace, "ifan-ffug")
    assert format_points(card.phones) == f"{WORK}; {MOBILE} (mobile)"
    assert format_points(card.emails) == "ifan@example.org (home)"


def test_a_different_number_is_a_question_and_both_keeps_the_two(
    workspace: Workspace, gwen: str, tmp_path: Path
) -> None:
    file = tmp_path / "list.csv"
    file.write_text("Name,Email,Phone\nGwen Ffug,gwen@example.org,029 2000 0555\n")
    (question,) = import_contacts(workspace, [file], apply=False).files[0].questions
    assert (question.field, question.ours, question.theirs) == ("phone", WORK, "029 2000 0555")
    import_contacts(workspace, [file], ImportOptions(answers={question.id: "both"}))
    assert format_points(show_contact(workspace, gwen).phones) == f"{WORK}; {MOBILE} (mobile); 029 2000 0555"
    assert not import_contacts(workspace, [file], apply=False).files[0].questions


def test_merged_contacts_keep_the_numbers_of_both(workspace: Workspace, gwen: str) -> None:
    other = add_person(workspace, "Gwen Ffugiol", phone="029 2000 0777", other_phones=f"{MOBILE} (home)")
    merge_contacts(workspace, gwen, other)
    assert format_points(show_contact(workspace, gwen).phones) == f"{WORK}; {MOBILE} (mobile); 029 2000 0777"
    assert not find_faults(workspace.database)


def test_numbers_that_two_laptops_add_are_both_kept_after_a_merge(
    workspace: Workspace, gwen: str, tmp_path: Path
) -> None:
    peer = leave_office(workspace, "there")
    edit(workspace, gwen, other_phones=f"{MOBILE} (mobile); 01792 000001", phone="029 2000 0001")
    edit(peer, gwen, other_phones=f"{MOBILE} (mobile); 01792 000002 (home)", other_emails="gwen.third@example.org")
    for office in merge_both_ways(workspace, peer, tmp_path):
        card = show_contact(office, gwen)
        assert {"029 2000 0001", MOBILE, "01792 000001", "01792 000002"} <= {point.value for point in card.phones}
        assert "gwen.third@example.org" in {point.value for point in card.emails}
        assert (card.row.phone, card.row.email) == ("029 2000 0001", "gwen@example.org")


def test_a_shared_second_number_suggests_a_duplicate(workspace: Workspace, gwen: str) -> None:
    add_person(workspace, "G Ffug", phone=MOBILE)
    reasons = {reason for pair in find_duplicates(workspace) for reason in pair.reasons}
    assert "same telephone" in reasons


def test_an_erasure_takes_every_number_and_address(workspace: Workspace, gwen: str) -> None:
    add_contact(workspace, build_contact_draft({"name": "Office", "note": "Call 07700 900123 first"}, TODAY))
    erase_person(workspace, gwen)
    assert not query_rows(workspace, "SELECT 1 FROM contact_points")
    data = workspace.database.path.read_bytes()
    assert not [text for text in ("900123", "gwen.second", "2000 0000") if text.encode() in data]
