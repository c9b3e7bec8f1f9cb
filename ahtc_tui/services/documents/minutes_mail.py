"""Minutes as a mail draft to those who receive them. Nothing is sent."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from ahtc_tui.domain.documents.meeting_document import MeetingDocument
from ahtc_tui.domain.errors import Refused
from ahtc_tui.domain.i18n import Language, _, use_language
from ahtc_tui.services import record_lookup
from ahtc_tui.services.documents.file_formats import WORD, DocumentWriters
from ahtc_tui.services.output_folders import claim_free_name, format_file_name
from ahtc_tui.store.documents import chasers as stored
from ahtc_tui.store.meetings.cards import read_card
from ahtc_tui.store.meetings.queries import find_secretariat

if TYPE_CHECKING:
    from ahtc_tui.formats.eml.minutes_note import Circulation
    from ahtc_tui.services.workspace import Workspace

MAIL = ".eml"


def read_circulation(workspace: Workspace, ref: str) -> Circulation:
    """Return those who are invited to a meeting, and the sender. Raises NotFound, Refused without an address."""
    from ahtc_tui.formats.eml.minutes_note import Circulation

    with workspace.database.read() as cursor:
        meeting, ref = record_lookup.find_meeting(cursor, ref)
        invitees = read_card(cursor, meeting, workspace.today()).invitees
        sender = find_secretariat(cursor)
        name, email = stored.read_name_and_address(cursor, sender) if sender else (None, None)
    circulation = Circulation(name, email, tuple((guest.name, guest.email) for guest in invitees))
    if len(circulation.without_address) == len(invitees):
        raise Refused(_("No one who is invited to {ref} has an email address.").format(ref=ref))
    return circulation


def write_minutes_mail(
    path: Path,
    documents: tuple[MeetingDocument, ...],
    writers: DocumentWriters,
    circulation: Circulation,
    language: Language,
) -> None:
    """Write the draft with the minutes attached as a Word document, in the languages of the minutes."""
    from ahtc_tui.formats.eml.minutes_note import build_minutes_draft

    document = documents[0]
    with tempfile.TemporaryDirectory(prefix="ahtc-") as name, use_language(language):
        folder = Path(name)
        title = format_file_name(lambda: f"{document.day or document.ref} {document.kind.label}, {document.group}")
        word = folder / f"{claim_free_name(folder, title, set(), 'minutes')}{WORD}"
        writers.word(word)
        path.write_bytes(build_minutes_draft(documents, circulation, word.name, word.read_bytes()))
