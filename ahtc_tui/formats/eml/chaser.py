"""A chaser as a mail draft, undated and without attachments, and the texts of its letter.

X-Unsent makes Outlook open the file as a draft. Equal records give equal bytes.
"""

from __future__ import annotations

from datetime import date

from ahtc_tui.domain.actions.model import ActionRow, Status
from ahtc_tui.domain.dates.date_as_known import Precision, format_long_date
from ahtc_tui.domain.dates.formal_dates import format_day
from ahtc_tui.domain.dates.formatting import format_days_from_today
from ahtc_tui.domain.documents.chasers import Chaser
from ahtc_tui.domain.i18n import _, ngettext, render_in_each_language, render_one_line
from ahtc_tui.domain.text.cleaning import clean_line
from ahtc_tui.formats.eml import draft as eml_draft
from ahtc_tui.formats.ics.invitation_text import parse_address

_MAX_UPDATE_LENGTH = 300
"""Maximum length of a quoted update in characters."""


def build_draft(chaser: Chaser) -> bytes:
    """Return the `.eml` file of a chaser. Raises ValueError if the lead has no address."""
    return eml_draft.build_draft(
        [eml_draft.build_mailbox(chaser.to)],
        eml_draft.build_mailbox(chaser.sender),
        format_subject(chaser),
        format_letter(chaser),
    )


def has_address(chaser: Chaser) -> bool:
    """Whether the lead has a valid e-mail address."""
    return parse_address(chaser.to.email) is not None


def format_subject(chaser: Chaser) -> str:
    """Return marking and contents: "OFFICIAL: Your actions: 1 late, 2 due by 15 February 2014"."""
    return render_one_line(lambda: _format_subject(chaser))


def _format_subject(chaser: Chaser) -> str:
    counts = (
        (len(chaser.overdue), _("{n} late")),
        (len(chaser.due_soon), _("{n} due by {day}")),
        (len(chaser.agreed), _("{n} agreed")),
        (len(chaser.to_review), _("{n} to review")),
    )
    parts = ", ".join(template.format(n=n, day=format_long_date(chaser.soon_until)) for n, template in counts if n)
    return ": ".join((chaser.marking.label, _("Your actions"), parts))


def format_letter(chaser: Chaser) -> str:
    """Return the text in every language of the file."""
    return render_in_each_language(lambda: _format_letter(chaser))


def _format_letter(chaser: Chaser) -> str:
    sections = (_format_section(heading, rows, chaser.today) for heading, rows in list_sections(chaser))
    parts = [chaser.marking.label, *format_opening(chaser), *sections, *format_ending(chaser)]
    return "\n\n".join(part for part in parts if part) + "\n"


def format_opening(chaser: Chaser) -> tuple[str, str]:
    """Return the greeting and the first paragraph."""
    count, day = len(chaser.actions), format_long_date(chaser.today)
    if chaser.to.is_reader:
        opening = ngettext(
            "This action is with you as at {day}. Please send a short update.",
            "These actions are with you as at {day}. Please send a short update on each.",
            count,
            day=day,
        )
    else:
        opening = ngettext(
            "This action is with {lead} as at {day}. Please send a short update.",
            "These actions are with {lead} as at {day}. Please send a short update on each.",
            count,
            lead=clean_line(chaser.to.shown_name),
            day=day,
        )
    return eml_draft.format_greeting(chaser.to.salutation), opening


def list_sections(chaser: Chaser) -> list[tuple[str, tuple[ActionRow, ...]]]:
    """Return the actions by heading, in the order of the letter; without headings that have none."""
    sections = (
        (_("Late"), chaser.overdue),
        (_("Due by {date}").format(date=format_long_date(chaser.soon_until)), chaser.due_soon),
        (_("Agreed at the meeting"), chaser.agreed),
        (_("Continuing duties to review"), chaser.to_review),
    )
    return [(heading, rows) for heading, rows in sections if rows]


def format_ending(chaser: Chaser) -> tuple[str, str]:
    """Return the last paragraph, and the closing with the name of the sender below it."""
    request = ngettext(
        "One line is enough. If you cannot meet the date, please give a revised date and the reason.",
        "One line for each is enough. If you cannot meet a date, please give a revised date and the reason.",
        len(chaser.actions),
    )
    return request, eml_draft.format_closing(chaser.sender)


def _format_section(heading: str, rows: tuple[ActionRow, ...], today: date) -> str:
    return "\n\n".join((heading, *("\n    ".join(format_action(row, today)) for row in rows)))


def format_action(row: ActionRow, today: date) -> tuple[str, ...]:
    """Return three lines: reference and title, due date, and latest update."""
    return f"{row.ref}  {clean_line(row.printed_title)}", _format_due(row, today), _format_last_update(row)


def _format_due(row: ActionRow, today: date) -> str:
    if row.status is Status.CONTINUING or row.due is None:
        return _("Review due: {date}.").format(date=row.review_on) if row.review_on else _("No date was agreed.")
    if row.due.precision is Precision.WORDS:
        return _("Due: {words}.").format(words=clean_line(str(row.due)))
    days = (row.due.latest - today).days
    return _("Due: {words} ({days}).").format(words=clean_line(format_day(row.due)), days=format_days_from_today(days))


def _format_last_update(row: ActionRow) -> str:
    if not row.printed_update or not row.latest_update_on:
        return _("Last update: none so far.")
    update = clean_line(row.printed_update)
    quotation = update if len(update) <= _MAX_UPDATE_LENGTH else update[: _MAX_UPDATE_LENGTH - 1].rstrip() + "…"
    return _("Last update ({day}): {words}").format(day=format_long_date(row.latest_update_on), words=quotation)
