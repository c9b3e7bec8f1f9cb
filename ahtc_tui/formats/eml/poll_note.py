"""A date poll as a mail draft with a tentative event for each proposed time, and its withdrawal."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from ahtc_tui.domain.actions.model import Marking
from ahtc_tui.domain.correspondence.polls import PollAnswer
from ahtc_tui.domain.dates.formatting import format_hours, format_weekday_date
from ahtc_tui.domain.documents.chasers import Sender
from ahtc_tui.domain.i18n import _, render_in_each_language, render_one_line
from ahtc_tui.domain.text.cleaning import clean_line
from ahtc_tui.formats.eml.draft import (
    Attachment,
    Mailbox,
    build_draft,
    build_mailbox,
    format_closing,
    format_greeting,
)


@dataclass(frozen=True, slots=True)
class PollLetter:
    """Contents of the letter of a poll: the times by number, with a calendar file for each."""

    ref: str
    title: str
    times: tuple[tuple[int, datetime], ...]
    files: tuple[Attachment, ...]
    sender: Sender | None
    marking: Marking = Marking.OFFICIAL
    chosen: datetime | None = None
    """The time that was chosen; the others are withdrawn."""


def build_poll_draft(letter: PollLetter, to: Sequence[Mailbox]) -> bytes:
    """Return the `.eml` file in the current language or languages. Raises ValueError without an address."""
    return build_draft(
        to,
        build_mailbox(letter.sender),
        render_one_line(lambda: _format_subject(letter)),
        render_in_each_language(lambda: _format_letter(letter)),
        *letter.files,
    )


def _format_subject(letter: PollLetter) -> str:
    subject = _("dates withdrawn: {title}") if letter.chosen else _("when can you come? {title}")
    return f"{letter.marking.label}: {subject.format(title=clean_line(letter.title))} [{letter.ref}]"


def _format_letter(letter: PollLetter) -> str:
    times = "\n".join(f"{number}  {format_time(starts)}" for number, starts in letter.times)
    if letter.chosen:
        opening = _("The meeting takes place on {time}. These times are withdrawn:").format(
            time=format_time(letter.chosen)
        )
        request = ""
    else:
        opening = _("When can you come to this meeting? {title}").format(title=clean_line(letter.title))
        answers = ", ".join(answer.label for answer in PollAnswer)
        request = _("Answer the attached calendar entries, or reply with a line for each number: {answers}.").format(
            answers=answers
        )
    parts = (letter.marking.label, format_greeting(None), opening, times, request, format_closing(letter.sender))
    return "\n\n".join(part for part in parts if part) + "\n"


def format_time(starts: datetime) -> str:
    """Return a time in words: "Wednesday 12 February 2014, 10am"."""
    return f"{format_weekday_date(starts.date())}, {format_hours(starts, None)}"
