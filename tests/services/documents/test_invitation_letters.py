"""Tests of letters of invitation: who gets one, and what it says."""

from __future__ import annotations

import base64
from dataclasses import replace
from functools import partial
from pathlib import Path

import docx
import pytest

from ahtc_tui.domain.drafts.contacts import build_contact_draft
from ahtc_tui.domain.drafts.evidence import build_figure_draft
from ahtc_tui.domain.drafts.meetings import build_item_edit, build_meeting_draft
from ahtc_tui.domain.drafts.minutes import build_agenda_draft
from ahtc_tui.domain.errors import BadFile, NotFound, Refused
from ahtc_tui.domain.i18n import Language, use_language
from ahtc_tui.domain.settings.parser import OfficeSettings
from ahtc_tui.services.contacts.service import add_contact, edit_contact
from ahtc_tui.services.documents.invitation_letters import export_letters
from ahtc_tui.services.evidence.service import revise_figure
from ahtc_tui.services.meetings.agenda import add_item, edit_item
from ahtc_tui.services.meetings.invitations import invite_guests
from ahtc_tui.services.meetings.service import add_meeting, cancel_meeting, edit_meeting
from ahtc_tui.services.workspace import Workspace
from tests.builders import TODAY

LOGO = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
"""A picture of one pixel."""


@pytest.fixture
def meeting(wales: Workspace) -> str:
    """A meeting to come with an item, to which two contacts are invited."""
    times = {"starts": "2014-01-21 10:00", "ends": "2014-01-21 12:00"}
    ref = add_meeting(wales, build_meeting_draft({"group": "nrm-oversight", **times}, wales.today())).ref
    add_item(wales, ref, build_agenda_draft({"title": "Data sets"}))
    edit_item(wales, ref, 1, build_item_edit({"title_cy": "Setiau data"}))
    invite_guests(wales, ref, names=("UCLan", "Gwent Police"))
    return ref


def read_text(path: Path) -> str:
    page = docx.Document(str(path))
    cells = [cell.text for table in page.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in page.paragraphs), *cells])


def test_each_invited_contact_gets_a_letter_with_time_and_agenda(
    wales: Workspace, meeting: str, tmp_path: Path
) -> None:
    edit_meeting(wales, meeting, build_meeting_draft({"link": "https://meet.example.org/lg"}, TODAY))
    report = export_letters(wales, meeting, tmp_path / "letters")
    names = [path.name for path in report.files]
    assert "2013-12-31 Invitation, University of Central Lancashire.docx" in names
    text = read_text(next(path for path in report.files if path.name.endswith("Gwent Police.docx")))
    for words in (
        "Gwent Police",
        "Tuesday 21 January 2014, 10am to",
        "Join online: https://meet.example.org/lg",
        "I am writing to invite you to the following meeting.",
        "Data sets",
    ):
        assert words in text
    assert "University of Central Lancashire" not in text


def test_letters_name_the_item_that_quotes_a_figure_changed_since(
    wales: Workspace, meeting: str, tmp_path: Path
) -> None:
    add_item(wales, meeting, build_agenda_draft({"title": "{NRM referrals, Wales, 2012}"}))
    assert not export_letters(wales, meeting, tmp_path / "before").changed_figures
    revise_figure(wales, "nrm-wales-2012", build_figure_draft({"value": "35", "source": "NRM"}, wales.today()))
    (gap,) = export_letters(wales, meeting, tmp_path / "after").changed_figures
    assert str(gap) == "2  the figure changed after the text was written  {NRM referrals, Wales, 2012}"


def test_a_letter_in_welsh_marks_the_items_that_have_no_welsh(wales: Workspace, meeting: str, tmp_path: Path) -> None:
    for title in ("Training", "Any other business"):
        add_item(wales, meeting, build_agenda_draft({"title": title}))
    with use_language(Language.CY):
        report = export_letters(wales, meeting, tmp_path / "letters")
    lines = read_text(report.files[0]).splitlines()
    assert {"Setiau data", "[Saesneg] Training", "Unrhyw fater arall"} <= set(lines)


def test_a_letter_has_the_recorded_address_and_salutation_and_the_own_office_gets_none(
    wales: Workspace, meeting: str, tmp_path: Path
) -> None:
    fields = {"postal_address": "Police Headquarters; Croesyceiliog; NP44 2XJ", "salutation": "Chief Constable"}
    edit_contact(wales, "Gwent Police", build_contact_draft(fields, TODAY))
    invite_guests(wales, meeting, names=("AHTC", "Stephen Chapman"))
    report = export_letters(wales, meeting, tmp_path / "letters")
    assert not [path.name for path in report.files if "Co-ordinator" in path.name or "Chapman" in path.name]
    text = read_text(next(path for path in report.files if path.name.endswith("Gwent Police.docx")))
    assert "Gwent Police\nPolice Headquarters\nCroesyceiliog\nNP44 2XJ\n" in text
    assert "Dear Chief Constable," in text
    assert export_letters(wales, meeting, tmp_path / "own", to="AHTC").files


def test_a_letter_in_welsh_has_welsh_names_and_titles(wales: Workspace, meeting: str, tmp_path: Path) -> None:
    with use_language(Language.CY):
        report = export_letters(wales, meeting, tmp_path / "letters", to="Gwent Police")
    (path,) = report.files
    assert path.name == "2013-12-31 Gwahoddiad, Heddlu Gwent.docx"
    text = read_text(path)
    for words in ("Heddlu Gwent", "Setiau data", "Yn gywir"):
        assert words in text
    for english in ("Gwent Police", "Data sets", "invited"):
        assert english not in text


def test_letters_without_a_guest_or_for_a_cancelled_meeting_are_refused(
    wales: Workspace, meeting: str, tmp_path: Path
) -> None:
    with pytest.raises(NotFound, match="Bawso is not invited to"):
        export_letters(wales, meeting, tmp_path / "letters", to="Bawso")
    empty = add_meeting(
        wales, build_meeting_draft({"group": "celg-committee", "starts": "2014-03-04 10:00"}, TODAY)
    ).ref
    with pytest.raises(Refused, match=f"No one is invited to {empty} yet"):
        export_letters(wales, empty, tmp_path / "letters")
    cancel_meeting(wales, meeting)
    with pytest.raises(Refused, match="is cancelled"):
        export_letters(wales, meeting, tmp_path / "letters")
    assert not (tmp_path / "letters").exists()


def test_a_letter_is_in_the_language_that_its_reader_prefers(wales: Workspace, meeting: str, tmp_path: Path) -> None:
    edit_contact(wales, "jeff-farrar", build_contact_draft({"language": "cy"}, TODAY))
    invite_guests(wales, meeting, names=("jeff-farrar",))
    names = {path.name for path in export_letters(wales, meeting, tmp_path / "letters").files}
    assert {"2013-12-31 Gwahoddiad, Jeff Farrar.docx", "2013-12-31 Invitation, Gwent Police.docx"} <= names
    (letter,) = export_letters(wales, meeting, tmp_path / "own", to="jeff-farrar", language=Language.EN).files
    assert letter.name == "2013-12-31 Invitation, Jeff Farrar.docx"


def test_a_letter_has_letterhead_addressee_subject_and_signature_that_stay_together(
    wales: Workspace, meeting: str, tmp_path: Path
) -> None:
    (wales.root / "logo.png").write_bytes(LOGO)
    office = OfficeSettings(
        "Our office", "Ein swyddfa", "Hywel House, Cardiff", "Tŷ Hywel, Caerdydd", "office@example.org", "logo.png"
    )
    report = export_letters(replace(wales, office=office), meeting, tmp_path / "letters", to="Gwent Police")
    page = docx.Document(str(report.files[0]))
    lines = [paragraph.text for paragraph in page.paragraphs if paragraph.text]
    assert lines[:4] == ["Our office", "Hywel House", "Cardiff", "office@example.org"]
    assert lines.index("Gwent Police") < lines.index("31 December 2013") < lines.index("Dear colleague,")
    assert lines[lines.index("Dear colleague,") + 1].startswith("Invitation: ")
    post = "Anti Human Trafficking Co-ordinator"
    assert lines[-4:] == ["Yours sincerely", "Stephen Chapman", post, "Our office"]
    assert page.inline_shapes[0]._inline.docPr.get("descr") == "Our office"
    (closing,) = (paragraph for paragraph in page.paragraphs if paragraph.text == "Yours sincerely")
    last_row = [cell.paragraphs[0] for cell in page.tables[-1].rows[-1].cells]
    assert all(paragraph.paragraph_format.keep_with_next for paragraph in last_row)
    assert page.styles["Signature"].paragraph_format.keep_with_next
    assert closing.style == page.styles["Signature"]


def test_a_welsh_letter_has_the_welsh_address_of_the_office(wales: Workspace, meeting: str, tmp_path: Path) -> None:
    office = OfficeSettings("Our office", "Ein swyddfa", "Hywel House, Cardiff", "Tŷ Hywel, Caerdydd")
    letters = partial(export_letters, replace(wales, office=office), meeting, to="Gwent Police")
    (path,) = letters(tmp_path / "cy", language=Language.CY).files
    assert read_text(path).startswith("Ein swyddfa\nTŷ Hywel\nCaerdydd\n")


def test_the_lines_of_a_typed_address_are_lines_of_a_letter(wales: Workspace, meeting: str, tmp_path: Path) -> None:
    for typed in ("1 High Street\nNewport\nNP20 1AA", "1 High Street, Maindee\nNewport\nNP20 1AA"):
        edit_contact(wales, "Gwent Police", build_contact_draft({"postal_address": typed}, TODAY))
        report = export_letters(wales, meeting, tmp_path / "letters", to="Gwent Police", force=True)
        assert f"Gwent Police\n{typed}\n" in read_text(report.files[0])


@pytest.mark.parametrize(
    ("language", "block"),
    [
        (Language.EN, ["Jeff Farrar", "Chief Constable", "Gwent Police"]),
        (Language.CY, ["Jeff Farrar", "Prif Gwnstabl", "Heddlu Gwent"]),
    ],
)
def test_the_block_of_a_person_has_post_and_body(
    wales: Workspace, meeting: str, tmp_path: Path, language: Language, block: list[str]
) -> None:
    invite_guests(wales, meeting, names=("jeff-farrar",))
    (file,) = export_letters(wales, meeting, tmp_path / "letters", to="jeff-farrar", language=language).files
    lines = [paragraph.text for paragraph in docx.Document(str(file)).paragraphs if paragraph.text]
    assert lines[1:4] == block


def test_the_block_of_a_vacant_post_has_its_body(wales: Workspace, meeting: str, tmp_path: Path) -> None:
    fields = {"kind": "post", "name": "Head of Safeguarding", "organisation": "Bawso"}
    draft = build_contact_draft(fields, wales.today())
    ref = add_contact(wales, draft).ref
    invite_guests(wales, meeting, names=(ref,))
    (file,) = export_letters(wales, meeting, tmp_path / "letters", to=ref, language=Language.EN).files
    lines = [paragraph.text for paragraph in docx.Document(str(file)).paragraphs if paragraph.text]
    assert lines[1:3] == ["Head of Safeguarding", "Bawso"]


def test_a_logo_that_is_no_picture_is_named(wales: Workspace, meeting: str, tmp_path: Path) -> None:
    (wales.root / "logo.png").write_text("no picture")
    with pytest.raises(BadFile, match=r"office\.logo"):
        export_letters(replace(wales, office=OfficeSettings(logo="logo.png")), meeting, tmp_path / "letters")
    assert not (tmp_path / "letters").exists()
