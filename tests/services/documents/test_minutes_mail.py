"""Minutes as a mail draft to those invited, with the marking in the subject and the minutes attached."""

from __future__ import annotations

from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from io import BytesIO
from pathlib import Path

import docx
import pytest

from ahtc_tui.domain.actions.model import Marking
from ahtc_tui.domain.documents.meeting_document import Cut, DocumentKind, Edition
from ahtc_tui.domain.drafts.meetings import build_meeting_draft
from ahtc_tui.domain.errors import BadInput, Refused
from ahtc_tui.domain.i18n import Language
from ahtc_tui.services.documents.meeting_documents import DocumentReport, export_document
from ahtc_tui.services.meetings import service as meetings
from ahtc_tui.services.workspace import Workspace
from ahtc_tui.store.contacts.party_lookup import find_party


@pytest.fixture
def meeting(wales: Workspace) -> str:
    """A meeting of the Leadership Group, of whose members two have an address."""
    with wales.database.write("add addresses") as ledger:
        for ref in ("gla", "wlga"):
            ledger.update("parties", find_party(ledger.cursor, ref).key, {"email": f"{ref}@example.org"})
    draft = build_meeting_draft({"group": "LG", "starts": "2013-11-12 10:00", "minutes": "30"}, wales.today())
    return meetings.add_meeting(wales, draft).ref


def write_draft(
    wales: Workspace, meeting: str, target: Path, edition: Edition | None = None
) -> tuple[DocumentReport, EmailMessage]:
    report = export_document(wales, DocumentKind.MINUTES, meeting, target, edition)
    mail = BytesParser(policy=policy.default).parsebytes(target.read_bytes())
    assert isinstance(mail, EmailMessage)
    return report, mail


def test_the_draft_goes_to_all_who_are_invited_and_have_an_address(
    wales: Workspace, meeting: str, tmp_path: Path
) -> None:
    report, mail = write_draft(wales, meeting, tmp_path / "minutes.eml", Edition(marking=Marking.OFFICIAL_SENSITIVE))
    assert mail["X-Unsent"] == "1"
    assert {address.addr_spec for address in mail["To"].addresses} == {"gla@example.org", "wlga@example.org"}
    assert mail["Subject"].startswith("OFFICIAL-SENSITIVE: minutes: Wales Anti Human Trafficking Leadership Group, ")
    assert report.without_address == ("Jeff Farrar",)


def test_the_minutes_are_attached_as_word_under_a_name_in_words(wales: Workspace, meeting: str, tmp_path: Path) -> None:
    _report, mail = write_draft(wales, meeting, tmp_path / "minutes.eml")
    (attachment,) = mail.iter_attachments()
    assert attachment.get_filename() == "2013-11-12 Minutes, Wales Anti Human Trafficking Leadership Group.docx"
    content = attachment.get_payload(decode=True)
    assert isinstance(content, bytes)
    assert (
        docx.Document(BytesIO(content)).core_properties.title
        == "Minutes 12 November 2013: Wales Anti Human Trafficking Leadership…"
    )


def test_the_draft_is_in_the_languages_of_the_minutes(wales: Workspace, meeting: str, tmp_path: Path) -> None:
    _report, mail = write_draft(wales, meeting, tmp_path / "minutes.eml", Edition(language=Language.BOTH))
    assert mail["Subject"].startswith("SWYDDOGOL: cofnodion: Grŵp Arwain Atal Masnachu mewn Pobl, ")
    assert " | OFFICIAL: minutes: Wales Anti Human Trafficking Leadership Group, " in mail["Subject"]
    body = mail.get_body()
    assert body is not None
    text = body.get_content()
    assert (
        "Atodir cofnodion y cyfarfod canlynol: Grŵp Arwain Atal Masnachu mewn Pobl, dydd Mawrth 12 Tachwedd 2013."
        in text
    )
    assert text.index("Atodir cofnodion") < text.index("They are a draft until they are agreed.")


def test_an_agenda_is_no_draft_and_without_an_address_nothing_is_written(
    wales: Workspace, meeting: str, tmp_path: Path
) -> None:
    with pytest.raises(BadInput):
        export_document(wales, DocumentKind.AGENDA, meeting, tmp_path / "agenda.eml")
    with wales.database.write("remove addresses") as ledger:
        for party in ("gla", "wlga"):
            ledger.update("parties", find_party(ledger.cursor, party).key, {"email": None})
    draft = build_meeting_draft({"group": "LG", "starts": "2013-11-13 10:00", "minutes": "30"}, wales.today())
    ref = meetings.add_meeting(wales, draft).ref
    with pytest.raises(Refused, match="email address"):
        export_document(wales, DocumentKind.MINUTES, ref, tmp_path / "minutes.eml", Edition(Cut.CIRCULATED))
    assert not list(tmp_path.glob("*.eml"))
