"""Pages of records to be published, such as the dashboard: their texts, and what the register has for the marks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ahtc_tui.domain.documents.meeting_document import Cut
from ahtc_tui.domain.publication.marks import MarkContext
from ahtc_tui.domain.publication.record_texts import RecordTexts
from ahtc_tui.services.documents.participant_names import ParticipantNames
from ahtc_tui.services.documents.private_names import PrivateNames
from ahtc_tui.services.publication.context import read_mark_context
from ahtc_tui.store.documents import published_names

if TYPE_CHECKING:
    from ahtc_tui.services.workspace import Workspace


def read_record_texts(workspace: Workspace) -> tuple[RecordTexts, MarkContext]:
    """Return the walk through the records of a page, in which people are named as in published minutes."""
    today = workspace.today()
    with workspace.database.read() as cursor:
        people = published_names.read_registered_people(cursor, today)
        context = read_mark_context(cursor, today)
    return RecordTexts(ParticipantNames(Cut.PUBLISHED, {}, PrivateNames(people))), context
