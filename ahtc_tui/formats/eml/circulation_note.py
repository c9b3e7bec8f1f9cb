"""A text for agreement as a mail draft to one member: minutes attached, or the words of a proposed decision."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from ahtc_tui.domain.actions.model import Marking
from ahtc_tui.domain.correspondence.model import Answer
from ahtc_tui.domain.dates.formatting import format_weekday_date
from ahtc_tui.domain.documents.chasers import Addressee, Sender
from ahtc_tui.domain.i18n import _, render_in_each_language, render_one_line
from ahtc_tui.domain.text.cleaning import clean_line
from ahtc_tui.formats.eml.draft import (
    Attachment,
    build_draft,
    build_mailbox,
    format_closing,
    format_greeting,
)


@dataclass(frozen=True, slots=True)
class CirculationLetter:
    """Contents of the letter to each member."""

    ref: str
    title: str
    until: date
    marking: Marking
    sender: Sender | None
    decision: str = ""
    """The words of a proposed decision; empty for minutes, which are attached."""
    decision_cy: str | None = None
    file: Attachment | None = None


def build_circulation_draft(letter: CirculationLetter, to: Addressee) -> bytes:
    """Return the `.eml` file in the current language or languages. Raises ValueError without an address."""
    return build_draft(
        [build_mailbox(to)],
        build_mailbox(letter.sender),
        render_one_line(lambda: _format_subject(letter)),
        render_in_each_language(lambda: _format_letter(letter, to)),
        *filter(None, (letter.file,)),
    )


def _format_subject(letter: CirculationLetter) -> str:
    subject = _("proposed decision for agreement: {ref}") if letter.decision else _("minutes for agreement: {ref}")
    return f"{letter.marking.label}: {subject.format(ref=letter.ref)}"


def _format_letter(letter: CirculationLetter, to: Addressee) -> str:
    if letter.decision:
        opening = _("This decision is proposed to be agreed by correspondence:")
        text = clean_line(letter.decision)
    else:
        opening, text = _("The draft minutes of this meeting are attached: {title}.").format(title=letter.title), ""
    answers = "\n".join(f"    {answer.label.upper()}" for answer in Answer)
    parts = (
        letter.marking.label,
        format_greeting(to.salutation),
        opening,
        text,
        _("Please answer by {date}. Begin your reply with one of these lines:").format(
            date=format_weekday_date(letter.until)
        ),
        answers,
        "" if letter.decision else _("To propose changes, edit the attached file and return it with your reply."),
        format_closing(letter.sender),
    )
    return "\n\n".join(part for part in parts if part) + "\n"
