"""An invitation or a cancellation as a mail draft, undated.

X-Unsent makes Outlook open the file as a draft. The parts follow RFC 6047: text, then text/calendar with its method.
"""

from __future__ import annotations

import hashlib
from dataclasses import replace

from ahtc_tui.domain.errors import BadInput
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.meetings.model import MeetingCard
from ahtc_tui.formats.eml.draft import format_mailbox
from ahtc_tui.formats.ics.invitation_text import format_letter, format_subject, parse_address
from ahtc_tui.formats.ics.invites import Invite, Method, build_cancellation, build_request
from ahtc_tui.formats.ics.people import list_recipients

_FOLD = ",\r\n "


def build_draft(invite: Invite, method: Method) -> bytes:
    """Return the `.eml` file of a meeting; equal records give equal bytes.

    Raises Refused as `build_request` and `build_cancellation` do, and BadInput for PUBLISH, which mail programs show as
    raw text.
    """
    if method is Method.PUBLISH:
        raise BadInput(_("A draft email is an invitation or a cancellation. Choose request or cancel."))
    cancelled = method is Method.CANCEL
    calendar = build_cancellation(invite) if cancelled else build_request(invite)
    return _build_headers(invite, cancelled=cancelled) + _build_body(
        format_letter(_shown_card(invite), cancelled=cancelled), calendar, method
    )


def _build_headers(invite: Invite, *, cancelled: bool) -> bytes:
    """Return the header lines. The standard library moves spaces when it folds long names, so they are built here."""
    from email.header import Header

    card = _shown_card(invite)
    title = Header(format_subject(card, cancelled=cancelled), header_name="Subject").encode(linesep="\r\n")
    lines = ["X-Unsent: 1", f"Subject: {title}"]
    if sender := parse_address(card.organiser_email):
        lines.append(f"From: {format_mailbox(card.shown_organiser, sender)}")
    if guests := [format_mailbox(name, email) for name, email, _row in list_recipients(card)]:
        lines.append(f"To: {_FOLD.join(guests)}")
    return "".join(f"{line}\r\n" for line in lines).encode("ascii")


def _shown_card(invite: Invite) -> MeetingCard:
    """Return the card, of a series with the actual time of its first day."""
    return replace(invite.card, row=invite.shown) if invite.shown else invite.card


def _build_body(text: str, calendar: bytes, method: Method) -> bytes:
    from email.message import EmailMessage
    from email.policy import SMTP

    message = EmailMessage(policy=SMTP)
    message.set_content(text, cte="quoted-printable")
    message.add_alternative(
        calendar, maintype="text", subtype="calendar", params={"method": method.value, "charset": "utf-8"}
    )
    message.set_boundary(f"=_{hashlib.sha256(calendar).hexdigest()[:32]}")
    return message.as_bytes()
