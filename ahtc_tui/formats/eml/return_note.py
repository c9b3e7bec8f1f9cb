"""The covering note of a return as a mail draft with the workbook attached."""

from __future__ import annotations

from pathlib import Path

from ahtc_tui.domain.dates.date_as_known import format_long_date
from ahtc_tui.domain.i18n import _, render_in_each_language, render_one_line
from ahtc_tui.domain.returns.model import Return
from ahtc_tui.domain.text.cleaning import clean_line
from ahtc_tui.formats.eml import draft as eml_draft
from ahtc_tui.formats.ics.invitation_text import parse_address


def has_address(lead_return: Return) -> bool:
    """Return whether the lead has a valid e-mail address."""
    return lead_return.addressee is not None and parse_address(lead_return.addressee.email) is not None


def build_draft(lead_return: Return, workbook: Path) -> bytes:
    """Return the `.eml` file. Raises ValueError if the lead has no address."""
    to = lead_return.addressee
    if to is None:
        raise ValueError("a mail draft needs an address")
    return eml_draft.build_draft(
        [eml_draft.build_mailbox(to)],
        eml_draft.build_mailbox(lead_return.sender),
        render_one_line(lambda: _format_subject(lead_return)),
        format_letter(lead_return),
        eml_draft.Attachment(workbook.name, workbook.read_bytes()),
    )


def _format_subject(lead_return: Return) -> str:
    subject = _("your return on the Delivery Plan, as at {date}").format(date=format_long_date(lead_return.as_at))
    return f"{lead_return.marking.label}: {subject}"


def format_letter(lead_return: Return) -> str:
    """Return the text in every language of the file."""
    return render_in_each_language(lambda: _format_letter(lead_return))


def _format_letter(lead_return: Return) -> str:
    to = lead_return.addressee
    opening = _("The attached workbook has the open actions with {lead} as at {day}: {refs}.")
    refs = ", ".join(row.ref for row in lead_return.rows)
    parts = (
        lead_return.marking.label,
        eml_draft.format_greeting(to.salutation if to else None),
        opening.format(
            lead=clean_line(to.shown_name) if to else "–", day=format_long_date(lead_return.as_at), refs=refs
        ),
        _(
            "Please fill in the tinted columns with what has been done, the rating, the status, and a date if "
            "it must move."
        )
        + " "
        + _("Leave everything else as it is, then send the workbook back."),
        _("Do not include anything that could identify a victim or suspect."),
        eml_draft.format_closing(lead_return.sender),
    )
    return "\n\n".join(parts) + "\n"
