"""A mail draft to open, read and send: headers, plain words, files with it. Never sent from here, never dated.

X-Unsent makes Outlook open the file as a draft. The same content gives the same bytes.
"""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from ahtc_tui.formats.ics.invitation_text import parse_address
from ahtc_tui.formats.ics.people import format_person_name

XLSX_TYPE = ("application", "vnd.openxmlformats-officedocument.spreadsheetml.sheet")


class Mailbox(NamedTuple):
    """A name and an address, either of which may be missing or unfit."""

    name: str | None
    email: str | None


def build_draft(to: Mailbox, sender: Mailbox, subject: str, text: str, attachment: Path | None = None) -> bytes:
    """The `.eml` of one letter, with a workbook if one is named. Raises ValueError without an address to send to."""
    from email.header import Header
    from email.message import EmailMessage
    from email.policy import SMTP

    receiver = parse_address(to.email)
    if receiver is None:
        raise ValueError("a mail draft needs an address")
    title = Header(subject, header_name="Subject").encode(linesep="\r\n")
    lines = ["X-Unsent: 1", f"Subject: {title}"]
    if sent_by := parse_address(sender.email):
        lines.append(f"From: {format_mailbox(sender.name, sent_by)}")
    lines.append(f"To: {format_mailbox(to.name, receiver)}")
    message = EmailMessage(policy=SMTP)
    message.set_content(text, cte="quoted-printable")
    if attachment:
        message.add_attachment(attachment.read_bytes(), *XLSX_TYPE, filename=attachment.name)
        message.set_boundary("=_ahtc_return")
    return "".join(f"{line}\r\n" for line in lines).encode("ascii") + message.as_bytes()


def format_mailbox(name: str | None, email: str) -> str:
    """A name and an address as a header writes them (RFC 5322 section 3.4, RFC 2047 for letters beyond ASCII)."""
    from email.header import Header
    from email.utils import formataddr

    shown = format_person_name(name)
    if shown.isascii():
        return formataddr((shown, email))
    return f"{Header(shown, 'utf-8').encode(linesep=chr(13) + chr(10))} <{email}>"
