"""The covering note of minutes as a mail draft to those who receive them, with the minutes attached."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ahtc_tui.domain.dates.formatting import format_weekday_date
from ahtc_tui.domain.documents.chasers import Sender
from ahtc_tui.domain.documents.meeting_document import MeetingDocument
from ahtc_tui.domain.i18n import _, get_current_language, render_in_each_language, render_one_line
from ahtc_tui.domain.meetings.model import InviteeRow
from ahtc_tui.domain.text.cleaning import clean_line
from ahtc_tui.formats.eml.draft import (
    Attachment,
    Mailbox,
    build_draft,
    build_mailbox,
    format_closing,
    format_greeting,
)
from ahtc_tui.formats.ics.invitation_text import parse_address


@dataclass(frozen=True, slots=True)
class Circulation:
    """Sender and recipients of minutes, some of whom may have no address."""

    sender: Sender | None
    recipients: tuple[InviteeRow, ...]

    @property
    def without_address(self) -> tuple[str, ...]:
        """Names of the recipients without a valid address."""
        return tuple(guest.name for guest in self.recipients if parse_address(guest.email) is None)


def build_minutes_draft(
    documents: Sequence[MeetingDocument], circulation: Circulation, file_name: str, content: bytes
) -> bytes:
    """Return the `.eml` file in the current language or languages. Raises ValueError without a recipient."""
    by_language = {document.language: document for document in documents}
    return build_draft(
        [Mailbox(guest.shown_name, guest.email) for guest in circulation.recipients],
        build_mailbox(circulation.sender),
        render_one_line(lambda: _format_subject(by_language[get_current_language()])),
        render_in_each_language(lambda: _format_note(by_language[get_current_language()], circulation.sender)),
        Attachment(file_name, content),
    )


def _format_subject(document: MeetingDocument) -> str:
    subject = _("minutes: {group}, {day}").format(group=clean_line(document.group), day=_format_day(document))
    return f"{document.marking.label}: {subject}"


def _format_note(document: MeetingDocument, sender: Sender | None) -> str:
    attached = _("The minutes of this meeting are attached: {group}, {day}.")
    draft = _("They are a draft until they are agreed. Please send corrections to this address.")
    next_meeting = _("Next meeting: {day}").format(day=document.next_meeting) if document.next_meeting else ""
    parts = (
        document.marking.label,
        format_greeting(None),
        attached.format(group=clean_line(document.group), day=_format_day(document)),
        "" if document.is_agreed else draft,
        next_meeting,
        format_closing(sender),
    )
    return "\n\n".join(part for part in parts if part) + "\n"


def _format_day(document: MeetingDocument) -> str:
    """Return the day of the meeting within a sentence, where Welsh has no capital: "dydd Gwener"."""
    return format_weekday_date(document.day) if document.day else document.when
