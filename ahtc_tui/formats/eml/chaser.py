"""A chaser as a mail draft to open, read and send, or as plain text. Never sent from here, never dated, no attachment.

X-Unsent makes Outlook open the file as a draft. The same record gives the same bytes.
"""

from __future__ import annotations

from datetime import date

from ahtc_tui.domain.actions.model import ActionRow, Status
from ahtc_tui.domain.dates.date_as_known import Precision, long_date
from ahtc_tui.domain.dates.formatting import say_days
from ahtc_tui.domain.documents.chasers import Chaser
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.welsh.file_language import in_turn
from ahtc_tui.formats.eml import draft as eml_draft
from ahtc_tui.formats.ics.invitation_text import address, one_line

_LAST_UPDATE = 300
"""Characters of the last update that a letter quotes."""


def draft(chaser: Chaser) -> bytes:
    """The `.eml` of one chaser; only for a lead with an address. Raises ValueError without one."""
    return eml_draft.draft(
        eml_draft.Mailbox(chaser.to.name, chaser.to.email),
        eml_draft.Mailbox(chaser.sender, chaser.sender_email),
        subject(chaser),
        letter(chaser),
    )


def text(chaser: Chaser) -> bytes:
    """The same words as a text file, for a lead without an address."""
    heading = f"{_('To')}: {one_line(chaser.to.name)}\n{_('Subject')}: {subject(chaser)}\n\n"
    return (heading + letter(chaser)).encode("utf-8")


def has_address(chaser: Chaser) -> bool:
    """Whether a mail programme takes the lead's address."""
    return address(chaser.to.email) is not None


def subject(chaser: Chaser) -> str:
    """The marking first, then what is asked: "OFFICIAL: Your actions: 1 overdue, 2 due by 15 February 2014"."""
    counts = (
        (len(chaser.overdue), _("{n} overdue")),
        (len(chaser.due_soon), _("{n} due by {day}")),
        (len(chaser.agreed), _("{n} agreed")),
        (len(chaser.to_review), _("{n} to review")),
    )
    said = ", ".join(words.format(n=n, day=long_date(chaser.until)) for n, words in counts if n)
    return f"{chaser.marking.label}: {_('Your actions')}: {said}"


def letter(chaser: Chaser) -> str:
    """The words in the language of the file."""
    return in_turn(lambda: _letter(chaser))


def _letter(chaser: Chaser) -> str:
    """The words of the letter, the marking first."""
    greeting = (
        _("Dear {name},").format(name=one_line(chaser.to.salutation)) if chaser.to.salutation else _("Dear colleague,")
    )
    said = (
        _("These actions are with you as at {day}. Would you tell us how each stands?")
        if chaser.to.salutation == chaser.to.name
        else _("These actions are with {lead} as at {day}. Would you tell us how each stands?")
    )
    parts = [
        chaser.marking.label,
        greeting,
        said.format(lead=one_line(chaser.to.name), day=long_date(chaser.today)),
        _section(_("Overdue"), chaser.overdue, chaser.today),
        _section(_("Due by {day}").format(day=long_date(chaser.until)), chaser.due_soon, chaser.today),
        _section(_("Agreed at the meeting"), chaser.agreed, chaser.today),
        _section(_("Continuing duties to review"), chaser.to_review, chaser.today),
        _("A line for each is enough. If a date cannot be met, please say which can, and what is in the way."),
        "\n".join((_("With thanks,"), one_line(chaser.sender))) if chaser.sender else _("With thanks"),
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def _section(heading: str, rows: tuple[ActionRow, ...], today: date) -> str:
    if not rows:
        return ""
    return "\n\n".join((heading, *("\n".join(_action(row, today)) for row in rows)))


def _action(row: ActionRow, today: date) -> tuple[str, ...]:
    """Three lines: reference and title, when it is due and how late, and what was said last."""
    return (f"{row.ref}  {one_line(row.title)}", f"    {_when(row, today)}", f"    {_last_update(row)}")


def _when(row: ActionRow, today: date) -> str:
    if row.status is Status.CONTINUING or row.due is None:
        return _("Review due: {day}.").format(day=row.review_on) if row.review_on else _("No date was agreed.")
    if row.due.precision is Precision.WORDS:
        return _("Due: {words}.").format(words=one_line(str(row.due)))
    days = (row.due.latest - today).days
    return _("Due: {words} ({days}).").format(words=one_line(str(row.due)), days=say_days(days))


def _last_update(row: ActionRow) -> str:
    if not row.latest_update or not row.latest_update_on:
        return _("Last update: none so far.")
    words = one_line(row.latest_update)
    said = words if len(words) <= _LAST_UPDATE else words[: _LAST_UPDATE - 1].rstrip() + "…"
    return _("Last update ({day}): {words}").format(day=long_date(row.latest_update_on), words=said)
