"""Letters of one shape as mail drafts: minutes, a text for agreement, a date poll, and a return, with their files."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from ahtc_tui.domain.actions.model import Marking
from ahtc_tui.domain.correspondence.model import Answer
from ahtc_tui.domain.correspondence.polls import PollAnswer
from ahtc_tui.domain.dates.date_as_known import format_long_date
from ahtc_tui.domain.dates.formatting import format_hours, format_weekday_date
from ahtc_tui.domain.documents.chasers import Addressee, Sender
from ahtc_tui.domain.documents.meeting_document import MeetingDocument
from ahtc_tui.domain.i18n import _, get_current_language, render_in_each_language, render_one_line
from ahtc_tui.domain.meetings.model import InviteeRow
from ahtc_tui.domain.returns.model import Return
from ahtc_tui.domain.text.cleaning import clean_line
from ahtc_tui.formats.eml.draft import (
    Attachment,
    Mailbox,
    build_draft,
    build_mailbox,
    format_closing,
    format_greeting,
)
from ahtc_tui.formats.ics.invitation_text import parse_address


def _build_note(
    to: Sequence[Mailbox],
    sender: Sender | None,
    marking: Marking,
    format_subject: Callable[[], str],
    format_text: Callable[[], str],
    attachments: Iterable[Attachment],
) -> bytes:
    """Return the `.eml` file in the current language or languages. Raises ValueError without an address."""
    subject = render_one_line(lambda: f"{marking.label}: {format_subject()}")
    return build_draft(to, build_mailbox(sender), subject, render_in_each_language(format_text), *attachments)


def _join_parts(marking: Marking, sender: Sender | None, salutation: str | None, *paragraphs: str) -> str:
    """Return a letter with its marking, its greeting, the paragraphs that are not empty, and its closing."""
    parts = (marking.label, format_greeting(salutation), *paragraphs, format_closing(sender))
    return "\n\n".join(part for part in parts if part) + "\n"


@dataclass(frozen=True, slots=True)
class Circulation:
    """Sender and recipients of minutes, some of whom may have no address."""

    sender: Sender | None
    recipients: tuple[InviteeRow, ...]

    @property
    def without_address(self) -> tuple[str, ...]:
        """Names of the recipients without a valid address."""
        return tuple(guest.name for guest in self.recipients if parse_address(guest.email) is None)


def build_minutes_draft(documents: Sequence[MeetingDocument], circulation: Circulation, minutes: Attachment) -> bytes:
    """Return the covering note of minutes, which are attached. Raises ValueError without a recipient."""
    by_language = {document.language: document for document in documents}
    return _build_note(
        [Mailbox(guest.shown_name, guest.email) for guest in circulation.recipients],
        circulation.sender,
        documents[0].marking,
        lambda: _format_minutes_subject(by_language[get_current_language()]),
        lambda: _format_minutes_text(by_language[get_current_language()], circulation.sender),
        [minutes],
    )


def _format_minutes_subject(document: MeetingDocument) -> str:
    return _("minutes: {group}, {day}").format(group=clean_line(document.group), day=_format_day(document))


def _format_minutes_text(document: MeetingDocument, sender: Sender | None) -> str:
    attached = _("The minutes of this meeting are attached: {group}, {day}.")
    draft = _("They are a draft until they are agreed. Please send corrections to this address.")
    return _join_parts(
        document.marking,
        sender,
        None,
        attached.format(group=clean_line(document.group), day=_format_day(document)),
        "" if document.is_agreed else draft,
        _("Next meeting: {day}").format(day=document.next_meeting) if document.next_meeting else "",
    )


def _format_day(document: MeetingDocument) -> str:
    """Return the day of the meeting within a sentence, where Welsh has no capital: "dydd Gwener"."""
    return format_weekday_date(document.day) if document.day else document.when


@dataclass(frozen=True, slots=True)
class CirculationLetter:
    """A text for agreement by correspondence: minutes, which are attached, or the words of a proposed decision."""

    ref: str
    title: str
    until: date
    marking: Marking
    sender: Sender | None
    decision: str = ""
    """The words of a proposed decision; empty for minutes."""
    decision_cy: str | None = None
    file: Attachment | None = None


def build_circulation_draft(letter: CirculationLetter, to: Addressee) -> bytes:
    """Return the letter to one member. Raises ValueError without an address."""
    return _build_note(
        [build_mailbox(to)],
        letter.sender,
        letter.marking,
        lambda: _format_circulation_subject(letter),
        lambda: _format_circulation_text(letter, to),
        filter(None, (letter.file,)),
    )


def _format_circulation_subject(letter: CirculationLetter) -> str:
    subject = _("proposed decision for agreement: {ref}") if letter.decision else _("minutes for agreement: {ref}")
    return subject.format(ref=letter.ref)


def _format_circulation_text(letter: CirculationLetter, to: Addressee) -> str:
    if letter.decision:
        opening = _("This decision is proposed to be agreed by correspondence:")
    else:
        opening = _("The draft minutes of this meeting are attached: {title}.").format(title=letter.title)
    request = _("Please answer by {date}. Begin your reply with one of these lines:")
    return _join_parts(
        letter.marking,
        letter.sender,
        to.salutation,
        opening,
        clean_line(letter.decision),
        request.format(date=format_weekday_date(letter.until)),
        "\n".join(f"    {answer.label.upper()}" for answer in Answer),
        "" if letter.decision else _("To propose changes, edit the attached file and return it with your reply."),
    )


@dataclass(frozen=True, slots=True)
class PollLetter:
    """The proposed times of a meeting by number, with a calendar file for each, or their withdrawal."""

    ref: str
    title: str
    times: tuple[tuple[int, datetime], ...]
    files: tuple[Attachment, ...]
    sender: Sender | None
    marking: Marking = Marking.OFFICIAL
    chosen: datetime | None = None
    """The time that was chosen; the others are withdrawn."""


def build_poll_draft(letter: PollLetter, to: Sequence[Mailbox]) -> bytes:
    """Return the letter of a poll. Raises ValueError without an address."""
    return _build_note(
        to,
        letter.sender,
        letter.marking,
        lambda: _format_poll_subject(letter),
        lambda: _format_poll_text(letter),
        letter.files,
    )


def _format_poll_subject(letter: PollLetter) -> str:
    subject = _("dates withdrawn: {title}") if letter.chosen else _("when can you come? {title}")
    return f"{subject.format(title=clean_line(letter.title))} [{letter.ref}]"


def _format_poll_text(letter: PollLetter) -> str:
    request = ""
    if letter.chosen:
        opening = _("The meeting takes place on {time}. These times are withdrawn:")
        opening = opening.format(time=_format_time(letter.chosen))
    else:
        opening = _("When can you come to this meeting? {title}").format(title=clean_line(letter.title))
        request = _("Answer the attached calendar entries, or reply with a line for each number: {answers}.")
        request = request.format(answers=", ".join(answer.label for answer in PollAnswer))
    times = "\n".join(f"{number}  {_format_time(starts)}" for number, starts in letter.times)
    return _join_parts(letter.marking, letter.sender, None, opening, times, request)


def _format_time(starts: datetime) -> str:
    """Return a time in words: "Wednesday 12 February 2014, 10am"."""
    return f"{format_weekday_date(starts.date())}, {format_hours(starts, None)}"


def has_address(lead_return: Return) -> bool:
    """Return whether the lead has a valid e-mail address."""
    return lead_return.addressee is not None and parse_address(lead_return.addressee.email) is not None


def build_return_draft(lead_return: Return, workbook: Path) -> bytes:
    """Return the covering note of a return, whose workbook is attached. Raises ValueError without an address."""
    return _build_note(
        [build_mailbox(lead_return.addressee)],
        lead_return.sender,
        lead_return.marking,
        lambda: _format_return_subject(lead_return),
        lambda: format_return_text(lead_return),
        [Attachment(workbook.name, workbook.read_bytes())],
    )


def _format_return_subject(lead_return: Return) -> str:
    subject = _("your action return, as at {date}")
    return subject.format(date=format_long_date(lead_return.as_at))


def format_return_text(lead_return: Return) -> str:
    """Return the covering note of a return in the current language."""
    to = lead_return.addressee
    opening = _("The attached workbook has the open actions with {lead} as at {day}: {refs}.")
    request = _(
        "Please fill in the tinted columns with what has been done, the rating, the status, and a date if it must move."
    )
    return_request = _("Leave everything else as it is, then send the workbook back.")
    return _join_parts(
        lead_return.marking,
        lead_return.sender,
        to.salutation if to else None,
        opening.format(
            lead=clean_line(to.shown_name) if to else "–",
            day=format_long_date(lead_return.as_at),
            refs=", ".join(row.ref for row in lead_return.rows),
        ),
        f"{request} {return_request}",
        _("Do not include anything that could identify a victim or suspect."),
    )
