"""Postal address and salutation of contacts: written, merged, erased, and in the file for a mail merge."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from ahtc_tui.domain.actions.model import Marking
from ahtc_tui.domain.contacts.addressing import split_address
from ahtc_tui.domain.drafts.contacts import build_contact_draft
from ahtc_tui.domain.errors import BadInput, Refused
from ahtc_tui.domain.i18n import Language, use_language
from ahtc_tui.formats.eml.draft import format_greeting
from ahtc_tui.services.contacts.service import add_contact, edit_contact, show_contact
from ahtc_tui.services.exports.contacts import ContactSelection, export_contacts
from ahtc_tui.services.privacy.erasure import erase_person
from ahtc_tui.services.privacy.subject_access import answer_subject_request
from ahtc_tui.services.workspace import Workspace
from tests.builders import TODAY, query_rows

ADDRESS = "1 High Street; Croesyceiliog; Cwmbrân; NP44 2XJ"


def read_merge_rows(path: Path) -> dict[str, dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return {row["Ref"]: row for row in csv.DictReader(file)}


@pytest.mark.parametrize(
    ("address", "lines"),
    [
        ("", ["", "", ""]),
        ("Tŷ Glas, Caerdydd", ["Tŷ Glas", "Caerdydd", ""]),
        ("12, High Street; Cardiff;", ["12, High Street", "Cardiff", ""]),
        ("a, b, c, d", ["a", "b", "c, d"]),
    ],
)
def test_an_address_is_split_at_semicolons_else_at_commas(address: str, lines: list[str]) -> None:
    assert split_address(address, 3) == lines


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("Dear Chief Constable,", "Chief Constable"),
        ("Annwyl Gyfaill", "Gyfaill"),
        ("dear  Ŵyr a Dŵr , ", "Ŵyr a Dŵr"),
        ("Dear", "Dear"),
        ("Ms Dear", "Ms Dear"),
        ("Dearman", "Dearman"),
    ],
)
def test_a_salutation_is_kept_without_its_opening_and_printed_with_it_once(typed: str, stored: str) -> None:
    assert build_contact_draft({"salutation": typed}, TODAY).salutation == stored
    assert format_greeting(typed) == f"Dear {stored},"
    with use_language(Language.CY):
        assert format_greeting(typed) == f"Annwyl {stored},"


def test_the_file_for_a_mail_merge_has_the_fields_of_a_letter(wales: Workspace, tmp_path: Path) -> None:
    edit_contact(wales, "Jeff Farrar", build_contact_draft({"postal_address": ADDRESS, "language": "cy"}, TODAY))
    edit_contact(wales, "Bawso", build_contact_draft({"salutation": "Chief Executive"}, TODAY))
    count = export_contacts(wales, tmp_path / "letters.csv", mail_merge=True)
    rows = read_merge_rows(tmp_path / "letters.csv")
    assert count == len(rows)
    farrar = rows["jeff-farrar"]
    assert [farrar[f"Address {n}"] for n in range(1, 6)] == [*ADDRESS.split("; "), ""]
    assert (farrar["Salutation"], farrar["Name"], farrar["Language"]) == ("Jeff Farrar", "Jeff Farrar", "cy")
    assert (rows["ahtc"]["Name"], rows["ahtc"]["Role"]) == ("Stephen Chapman", "Anti Human Trafficking Co-ordinator")
    assert (rows["bawso"]["Salutation"], rows["gwent-police"]["Salutation"]) == ("Chief Executive", "colleague")


def test_a_welsh_file_of_contacts_has_the_posts_of_people_in_welsh(wales: Workspace, tmp_path: Path) -> None:
    with use_language(Language.CY):
        export_contacts(wales, tmp_path / "contacts.csv")
    text = (tmp_path / "contacts.csv").read_text(encoding="utf-8-sig")
    (row,) = [row for row in csv.DictReader(text.splitlines()) if row["Cyf"] == "jeff-farrar"]
    assert (row["Rôl"], row["Sefydliad"]) == ("Prif Gwnstabl, Heddlu Gwent", "Heddlu Gwent")


def test_the_file_for_a_mail_merge_shows_its_marking_and_is_csv_only(wales: Workspace, tmp_path: Path) -> None:
    with pytest.raises(BadInput, match=r"end in \.csv"):
        export_contacts(wales, tmp_path / "letters.xlsx", mail_merge=True)
    with pytest.raises(Refused, match="OFFICIAL-SENSITIVE"):
        export_contacts(wales, tmp_path / "letters.csv", marking=Marking.OFFICIAL_SENSITIVE, mail_merge=True)
    assert export_contacts(wales, tmp_path / "none.csv", ContactSelection(words="zzz"), mail_merge=True) == 0


def test_address_and_salutation_are_in_a_subject_answer_and_are_erased(wales: Workspace, tmp_path: Path) -> None:
    fields = {"name": "Gwen Quillfeather", "kind": "person", "postal_address": ADDRESS, "salutation": "Dr Quillfeather"}
    ref = add_contact(wales, build_contact_draft(fields, TODAY)).ref
    card = show_contact(wales, ref)
    assert (card.postal_address, card.salutation) == (ADDRESS, "Dr Quillfeather")
    assert answer_subject_request(wales, ref, tmp_path / "out.zip").counts
    erase_person(wales, ref)
    assert not query_rows(
        wales, "SELECT 1 FROM parties WHERE postal_address = ? OR salutation = 'Dr Quillfeather'", ADDRESS
    )
    assert not query_rows(
        wales, "SELECT 1 FROM change WHERE value LIKE '%Croesyceiliog%' OR value LIKE '%Quillfeather%'"
    )
