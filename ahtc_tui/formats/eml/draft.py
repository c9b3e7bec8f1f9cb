"""A mail draft with headers, plain text and attachments, undated.

X-Unsent makes Outlook open the file as a draft. Equal content gives equal bytes.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from ahtc_tui.domain.contacts.addressing import strip_opening
from ahtc_tui.domain.documents.chasers import Addressee, Sender
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.text.cleaning import clean_line
from ahtc_tui.formats.ics.invitation_text import parse_address
from ahtc_tui.formats.ics.people import format_person_name

FILE_TYPES = {
    "docx": ("application", "vnd.openxmlformats-officedocument.wordprocessingml.document"),
    "xlsx": ("application", "vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    "ics": ("text", "calendar"),
}
"""Media types by the ending of a file."""


class Mailbox(NamedTuple):
    """A name and an address; both may be missing or invalid."""

    name: str | None
    email: str | None


class Attachment(NamedTuple):
    """A Word document, a workbook or a calendar with its file name."""

    name: str
    content: bytes


def build_draft(to: Sequence[Mailbox], sender: Mailbox, subject: str, text: str, *attachments: Attachment) -> bytes:
    """Return the `.eml` file to those with a valid address. Raises ValueError where there is none."""
    from email.header import Header
    from email.message import EmailMessage
    from email.policy import SMTP

    receivers = [(mailbox.name, address) for mailbox in to if (address := parse_address(mailbox.email))]
    if not receivers:
        raise ValueError("a mail draft needs an address")
    title = Header(subject, header_name="Subject").encode(linesep="\r\n")
    lines = ["X-Unsent: 1", f"Subject: {title}"]
    if sent_by := parse_address(sender.email):
        lines.append(f"From: {format_mailbox(sender.name, sent_by)}")
    lines.append("To: " + ",\r\n ".join(format_mailbox(name, address) for name, address in receivers))
    message = EmailMessage(policy=SMTP)
    message.set_content(text, cte="quoted-printable")
    for attachment in attachments:
        main_type, subtype = FILE_TYPES[attachment.name.rpartition(".")[2]]
        message.add_attachment(attachment.content, main_type, subtype, filename=attachment.name)
    if attachments:
        message.set_boundary("=_ahtc_return")
    return "".join(f"{line}\r\n" for line in lines).encode("ascii") + message.as_bytes()


def format_greeting(salutation: str | None) -> str:
    """Return the first line of a letter, with the opening once, whatever the salutation begins with."""
    return _("Dear {name},").format(name=strip_opening(clean_line(salutation))) if salutation else _("Dear colleague,")


def format_closing(sender: Sender | None) -> str:
    """Return the last lines of a letter."""
    return "\n".join((_("With thanks,"), clean_line(sender.shown_name))) if sender else _("With thanks")


def build_mailbox(party: Addressee | Sender | None) -> Mailbox:
    """Return name and address of a party in the language of the file; an empty mailbox for None."""
    return Mailbox(party.shown_name, party.email) if party else Mailbox(None, None)


def format_mailbox(name: str | None, email: str) -> str:
    """Return name and address as in a header (RFC 5322 section 3.4, RFC 2047 for non-ASCII characters)."""
    from email.header import Header
    from email.utils import formataddr

    shown = format_person_name(name)
    if shown.isascii():
        return formataddr((shown, email))
    return f"{Header(shown, 'utf-8').encode(linesep=chr(13) + chr(10))} <{email}>"
