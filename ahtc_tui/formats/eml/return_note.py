"""The covering note of a return: a mail draft to its lead with the workbook in it. Never sent from here."""

from __future__ import annotations

from pathlib import Path

from ahtc_tui.domain.dates.date_as_known import long_date
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.returns.model import Return
from ahtc_tui.domain.welsh.file_language import in_turn
from ahtc_tui.formats.eml import draft as eml_draft
from ahtc_tui.formats.ics.invitation_text import address, one_line


def has_address(sent: Return) -> bool:
    """Whether a mail programme takes the lead's address."""
    return sent.to is not None and address(sent.to.email) is not None


def draft(sent: Return, workbook: Path) -> bytes:
    """The `.eml` with the workbook in it. Raises ValueError without an address to send to."""
    to = sent.to
    if to is None:
        raise ValueError("a mail draft needs an address")
    return eml_draft.draft(
        eml_draft.Mailbox(to.name, to.email),
        eml_draft.Mailbox(sent.sender, sent.sender_email),
        f"{sent.marking.label}: {_('your return on the Delivery Plan, as at {day}').format(day=long_date(sent.as_at))}",
        letter(sent),
        workbook,
    )


def letter(sent: Return) -> str:
    """The words in the language of the file."""
    return in_turn(lambda: _letter(sent))


def _letter(sent: Return) -> str:
    """The words of the note, the marking first."""
    to = sent.to
    greeting = _("Dear colleague,")
    if to and to.salutation:
        greeting = _("Dear {name},").format(name=one_line(to.salutation))
    opening = _("The open actions with {lead} are in the workbook with this note, as they stood on {day}: {refs}.")
    refs = ", ".join(row.ref for row in sent.rows)
    parts = (
        sent.marking.label,
        greeting,
        opening.format(lead=one_line(to.name) if to else "–", day=long_date(sent.as_at), refs=refs),
        _("Please fill in the tinted columns: what has been done, the rating, the status, and a date if it must move.")
        + " "
        + _("What is unchanged may stay as it is. Then send the workbook back."),
        _("Please leave out whatever would tell who a victim or a suspect is."),
        "\n".join((_("With thanks,"), one_line(sent.sender))) if sent.sender else _("With thanks"),
    )
    return "\n\n".join(parts) + "\n"
