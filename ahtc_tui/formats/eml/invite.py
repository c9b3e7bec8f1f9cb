"""An invitation or a cancellation as a mail draft to open, read and send. Never sent from here, never dated.

X-Unsent makes Outlook open the file as a draft. The parts follow RFC 6047: text, then text/calendar with its method.
"""

from __future__ import annotations

import hashlib

from ahtc_tui.domain.errors import BadInput
from ahtc_tui.domain.i18n import _
from ahtc_tui.formats.eml.draft import mailbox
from ahtc_tui.formats.ics.invitation_text import address, letter, subject
from ahtc_tui.formats.ics.invites import Invite, Method, cancel, request
from ahtc_tui.formats.ics.people import recipients

_FOLD = ",\r\n "


def draft(invite: Invite, method: Method) -> bytes:
    """The `.eml` of one meeting; the same record gives the same bytes. Raises Refused as `request` and `cancel` do.

    PUBLISH raises BadInput: a mail programme shows it as raw text.
    """
    if method is Method.PUBLISH:
        raise BadInput(_("A mail draft is an invitation or a cancellation: choose request or cancel."))
    cancelled = method is Method.CANCEL
    calendar = cancel(invite) if cancelled else request(invite)
    return _headers(invite, cancelled=cancelled) + _body(letter(invite.card, cancelled=cancelled), calendar, method)


def _headers(invite: Invite, *, cancelled: bool) -> bytes:
    """The header lines, written here: the standard library's folding moves spaces inside long Welsh names."""
    from email.header import Header

    card = invite.card
    title = Header(subject(card, cancelled=cancelled), header_name="Subject").encode(linesep="\r\n")
    lines = ["X-Unsent: 1", f"Subject: {title}"]
    if sender := address(card.organiser_email):
        lines.append(f"From: {mailbox(card.organiser, sender)}")
    if guests := [mailbox(name, email) for name, email, _row in recipients(card)]:
        lines.append(f"To: {_FOLD.join(guests)}")
    return "".join(f"{line}\r\n" for line in lines).encode("ascii")


def _body(text: str, calendar: bytes, method: Method) -> bytes:
    from email.message import EmailMessage
    from email.policy import SMTP

    message = EmailMessage(policy=SMTP)
    message.set_content(text, cte="quoted-printable")
    message.add_alternative(
        calendar, maintype="text", subtype="calendar", params={"method": method.value, "charset": "utf-8"}
    )
    message.set_boundary(f"=_{hashlib.sha256(calendar).hexdigest()[:32]}")
    return message.as_bytes()
