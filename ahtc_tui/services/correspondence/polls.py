"""Date polls: tentative events out, answers in, and the meeting of the chosen time. Nothing is sent."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from ahtc_tui.domain.actions.model import Marking
from ahtc_tui.domain.correspondence.answer_text import strip_quoted_text
from ahtc_tui.domain.correspondence.polls import PollAnswer, PollOptionRow, PollQuestion, PollReport
from ahtc_tui.domain.dates.date_as_known import DateAsKnown, Precision
from ahtc_tui.domain.documents.chasers import Addressee
from ahtc_tui.domain.drafts.meetings import Moment, build_meeting_draft, read_moment
from ahtc_tui.domain.errors import BadFile, BadInput, NotFound, Refused
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.labelled_enum import find_member
from ahtc_tui.domain.meetings.kinds import InviteRole, MeetingKind, MeetingState, Reply
from ahtc_tui.domain.meetings.model import LONDON, InviteeRow, MeetingCard, MeetingRow
from ahtc_tui.formats.eml.draft import Attachment, build_mailbox
from ahtc_tui.formats.eml.invite import build_draft as build_invitation_draft
from ahtc_tui.formats.eml.notes import PollLetter, build_poll_draft
from ahtc_tui.formats.eml.reader import Mail, list_mail_files, read_mail
from ahtc_tui.formats.files.atomic_write import make_bytes_writer
from ahtc_tui.formats.ics.invitation_text import parse_address
from ahtc_tui.formats.ics.invites import Invite, Method, build_calendar, build_events
from ahtc_tui.formats.ics.replies import parse_replies
from ahtc_tui.services import record_lookup
from ahtc_tui.services.correspondence.answers import find_answering
from ahtc_tui.services.meetings.calendar_files import build_invite
from ahtc_tui.services.meetings.service import insert_meeting
from ahtc_tui.services.output_folders import find_dated_path, format_file_name, remove_on_failure, write_files
from ahtc_tui.services.record_lookup import CONTACT_KINDS
from ahtc_tui.store.contacts.names import read_name_on
from ahtc_tui.store.contacts.party_lookup import find_party
from ahtc_tui.store.correspondence import members
from ahtc_tui.store.correspondence import queries as stored
from ahtc_tui.store.correspondence.queries import StoredOption, StoredPoll, StoredPollAnswer
from ahtc_tui.store.documents.chasers import read_addressee, read_sender
from ahtc_tui.store.meetings.queries import find_secretariat, read_change_time
from ahtc_tui.store.meetings.series import store_sent_sequences
from ahtc_tui.store.records.references import mint_ref

if TYPE_CHECKING:
    from ahtc_tui.domain.documents.chasers import Sender
    from ahtc_tui.domain.keys import RowKey
    from ahtc_tui.services.output_folders import Writer
    from ahtc_tui.services.workspace import Workspace
    from ahtc_tui.store.correspondence.members import Member
    from ahtc_tui.store.journal.ledger import Ledger
    from ahtc_tui.store.records.cursor import Cursor

LENGTH = 60
"""Minutes of a meeting whose length is not given."""
MOST_OPTIONS = 40
ANSWERS = {Reply.ACCEPTED: PollAnswer.YES, Reply.TENTATIVE: PollAnswer.MAYBE, Reply.DECLINED: PollAnswer.NO}
"""What the answer to a calendar entry means."""
_NUMBERS = re.compile(r"\d+")
_WORDS = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class WrittenPoll:
    """The files of a poll, and the members to ask another way."""

    poll: PollReport
    files: tuple[Path, ...]
    without_address: tuple[str, ...]

    @property
    def ref(self) -> str:
        """Reference of the poll."""
        return self.poll.ref


@dataclass(frozen=True, slots=True)
class _Parties:
    """Sender and members of a poll."""

    sender: Sender | None
    members: tuple[Addressee, ...]

    @property
    def reached(self) -> list[Addressee]:
        return [member for member in self.members if parse_address(member.email)]

    @property
    def without_address(self) -> tuple[str, ...]:
        return tuple(member.shown_name for member in self.members if parse_address(member.email) is None)


def list_polls(workspace: Workspace) -> list[PollReport]:
    """Return all polls with their answers, those without a meeting first."""
    with workspace.database.read() as cursor:
        return [_build_report(cursor, _find_poll(cursor, ref), workspace.today()) for ref in stored.list_polls(cursor)]


def add_poll(
    workspace: Workspace,
    group: str,
    title: str,
    options: Sequence[str],
    folder: Path | None = None,
    *,
    minutes: int = LENGTH,
    force: bool = False,
) -> WrittenPoll:
    """Add a poll and write a calendar file for each option, and one draft to the members with all of them.

    Without a title it has the name of the group. Raises NotFound for an unknown group; BadInput for an option without
    day and time and one that is given twice; Refused for a time that has passed, a group without members, and where a
    file exists.
    """
    today = workspace.today()
    moments = _read_options(options, today)
    with remove_on_failure() as created, workspace.database.write(f"date poll: {title[:50]}") as ledger:
        group_key = find_party(ledger.cursor, group, ("group",)).key
        title = " ".join(title.split()) or read_name_on(ledger.cursor, group_key, today)
        parties = _read_parties(ledger.cursor, group_key, today)
        if not parties.members:
            raise Refused(_("{group} has no members to ask. Give it seats first.").format(group=group))
        ref = mint_ref(ledger.cursor, "polls", "POLL-{year}-{n:02}", year=today.year)
        values = {"ref": ref, "group": group_key, "title": title, "minutes": minutes}
        poll = ledger.add("polls", {**values, "sent_on": today.isoformat()})
        for number, (day, at) in enumerate(moments, 1):
            key = ledger.create_key()
            time_values = {"day": day.isoformat(), "start_time": f"{at:%H:%M}", "uid": f"{key.hex()}@ahtc"}
            ledger.add("poll_options", {"poll": poll, "number": number, **time_values}, key)
        row = stored.read_poll(ledger.cursor, poll)
        folder = folder or find_dated_path(workspace, lambda: _("Date poll {ref}").format(ref=ref))
        files = _build_poll_files(ledger.cursor, row, parties, folder)
        write_files(folder, files, force, created)
        report = _build_report(ledger.cursor, row, today)
    return WrittenPoll(report, tuple(files), parties.without_address)


def show_poll(workspace: Workspace, ref: str) -> PollReport:
    """Return a poll with its answers. Raises NotFound."""
    with workspace.database.read() as cursor:
        return _build_report(cursor, _find_poll(cursor, ref), workspace.today())


def read_poll_folder(workspace: Workspace, ref: str, folder: Path) -> PollReport:
    """Store the answers of the mails in a folder, of each member the latest, and return all answers.

    An answer to a calendar entry counts for its option, a line "2 yes" for that number; a mail without either, or of
    somebody who is not a member, is a question. Raises NotFound; BadFile for a folder without mails; Refused where
    an option was chosen already.
    """
    mails, questions = [], []
    for path in list_mail_files(folder):
        try:
            mails.append(read_mail(path))
        except BadFile as error:
            questions.append(PollQuestion(path.name, "", str(error)))
    today = workspace.today()
    with workspace.database.write(f"answers {ref.upper()}") as ledger:
        poll = _find_open_poll(ledger.cursor, ref)
        ledger.label = f"answers {poll.ref}"
        options = stored.read_options(ledger.cursor, poll.key)
        asked = members.read_members(ledger.cursor, members.list_member_keys(ledger.cursor, poll.group, today), today)
        for mail in sorted(mails, key=lambda mail: (mail.sent_on or date.min, mail.file)):
            questions += _take_mail(ledger, poll, options, asked, mail)
        report = _build_report(ledger.cursor, poll, today)
    return replace(report, questions=tuple(questions))


def set_poll_answer(workspace: Workspace, ref: str, person: str, number: int, answer: PollAnswer) -> PollReport:
    """Store the answer of one member to one option.

    Raises NotFound; Refused for somebody who is not a member, and where an option was chosen already.
    """
    today = workspace.today()
    with workspace.database.write(f"answer {ref.upper()}") as ledger:
        poll = _find_open_poll(ledger.cursor, ref)
        option = _find_option(ledger.cursor, poll, number)
        keys = members.list_member_keys(ledger.cursor, poll.group, today)
        party = find_party(ledger.cursor, person, CONTACT_KINDS).key
        asked = members.read_members(ledger.cursor, keys, today)
        matches = [m.key for m in asked if m.key == party] or [m.key for m in asked if party in m.parties]
        if len(matches) != 1:
            sentence = _("Only members of {group} are asked, and {person} is not one.")
            raise Refused(sentence.format(person=person, group=poll.group_name))
        ledger.label = f"answer {poll.ref}: {person[:40]} {number} {answer.value}"
        _write_answer(ledger, poll, option, matches[0], answer, today)
        return _build_report(ledger.cursor, poll, today)


def choose_option(
    workspace: Workspace, ref: str, number: int, folder: Path | None = None, *, force: bool = False
) -> WrittenPoll:
    """Make the meeting of an option, and write its invitation and a withdrawal of each other option into a folder.

    The meeting has the UID of the option, so that the tentative entry becomes it. Raises NotFound, Refused.
    """
    with remove_on_failure() as created, workspace.database.write(f"choose {ref.upper()}") as ledger:
        cursor = ledger.cursor
        poll = _find_open_poll(cursor, ref)
        option = _find_option(cursor, poll, number)
        ledger.label = f"choose {poll.ref} {number}"
        others = [other for other in stored.read_options(cursor, poll.key) if other.number != number]
        meeting = _add_meeting(ledger, workspace, poll, option)
        parties = _read_parties(cursor, poll.group, workspace.today())
        folder = folder or find_dated_path(workspace, lambda: _("Date chosen {ref}").format(ref=poll.ref))
        for other in others:
            ledger.update("poll_options", other.key, {"sequence": other.sequence + 1})
        files = _build_withdrawal_files(cursor, poll, option, others, parties, folder)
        files |= _build_invitation_files(build_invite(cursor, meeting, workspace.today()), parties, folder)
        write_files(folder, files, force, created)
        report = _build_report(cursor, _find_poll(cursor, ref), workspace.today())
    return WrittenPoll(report, tuple(files), parties.without_address)


def _read_options(options: Sequence[str], today: date) -> list[tuple[date, time]]:
    """Return day and time of each option. Raises BadInput, Refused."""
    if not 1 <= len(options) <= MOST_OPTIONS:
        raise BadInput(_("A date poll needs at least one option, and at most {n}.").format(n=MOST_OPTIONS))
    moments: list[tuple[date, time]] = []
    for text in options:
        moment = read_moment(text, today)
        if moment.day is None or moment.day.precision is not Precision.DAY or moment.at is None:
            raise BadInput(_('"{text}" is not a date with a time, like "12 February 2014, 10am".').format(text=text))
        if moment.day.latest < today:
            raise Refused(_('"{text}" is in the past. Propose dates to come.').format(text=text))
        if (moment.day.latest, moment.at) in moments:
            raise BadInput(_('"{text}" is given twice.').format(text=text))
        moments.append((moment.day.latest, moment.at))
    return moments


def _find_poll(cursor: Cursor, ref: str) -> StoredPoll:
    return stored.read_poll(cursor, record_lookup.find_record(cursor, "polls", ref, _("date poll"))[0])


def _find_open_poll(cursor: Cursor, ref: str) -> StoredPoll:
    poll = _find_poll(cursor, ref)
    if poll.meeting:
        sentence = _("{ref} is decided. {meeting} was created from it.")
        raise Refused(sentence.format(ref=poll.ref, meeting=poll.meeting))
    return poll


def _find_option(cursor: Cursor, poll: StoredPoll, number: int) -> StoredOption:
    option = next((row for row in stored.read_options(cursor, poll.key) if row.number == number), None)
    if option is None:
        raise NotFound(_("{ref} has no option {n}.").format(ref=poll.ref, n=number))
    return option


def _read_parties(cursor: Cursor, group: RowKey | None, today: date) -> _Parties:
    office = find_secretariat(cursor)
    keys = members.list_member_keys(cursor, group, today)
    return _Parties(
        read_sender(cursor, office) if office else None,
        tuple(read_addressee(cursor, key, today, group) for key in keys),
    )


def _build_report(cursor: Cursor, poll: StoredPoll, today: date) -> PollReport:
    answers = stored.read_poll_answers(cursor, poll.key)
    rows = [
        _build_option_row(cursor, poll, option, [row for row in answers if row.option == option.key])
        for option in stored.read_options(cursor, poll.key)
    ]
    asked = [read_addressee(cursor, key, today) for key in members.list_member_keys(cursor, poll.group, today)]
    answered = {row.party for row in answers}
    return PollReport(
        poll.ref,
        poll.group_name,
        poll.title,
        poll.minutes,
        poll.sent_on,
        tuple(rows),
        tuple(member.name for member in asked if member.key not in answered),
        poll.meeting,
        members=tuple(member.name for member in asked),
    )


def _build_option_row(
    cursor: Cursor, poll: StoredPoll, option: StoredOption, answers: Sequence[StoredPollAnswer]
) -> PollOptionRow:
    """Return an option with the answers to it."""
    yes, maybe, no = (tuple(row.who for row in answers if row.answer is answer) for answer in PollAnswer)
    quorum = members.read_group_quorum(cursor, poll.group)
    coming = [row.party for row in answers if row.answer is PollAnswer.YES]
    votes = members.count_votes(cursor, poll.group, option.day, coming)
    return PollOptionRow(
        n=option.number,
        starts=option.starts,
        yes=len(yes),
        maybe=len(maybe),
        no=len(no),
        quorate=votes >= quorum if quorum else None,
        uid=option.uid,
        can_come=yes,
        may_come=maybe,
        cannot_come=no,
        key=option.key,
    )


def _take_mail(
    ledger: Ledger, poll: StoredPoll, options: Sequence[StoredOption], asked: Sequence[Member], mail: Mail
) -> list[PollQuestion]:
    """Store the answers of one mail; return what a person has to read."""
    if mail.is_automatic:
        return []
    senders = find_answering(asked, mail)
    if len(senders) != 1:
        reason = _("{sender} was not asked. Record the answers with `ahtc meetings poll-answer`.")
        return [PollQuestion(mail.file, mail.sender, reason.format(sender=mail.email or mail.sender))]
    by_uid, by_number = ({option.uid: option for option in options}, {option.number: option for option in options})
    answers = {
        by_uid[reply.uid].key: ANSWERS[reply.reply]
        for calendar in mail.calendars
        for reply in parse_replies(calendar)
        if reply.uid in by_uid and reply.reply in ANSWERS
    }
    for number, answer in read_numbered_answers(mail.text).items():
        if number in by_number:
            answers.setdefault(by_number[number].key, answer)
    if not answers:
        reason = _("{sender} does not say which dates are possible. Read the email.")
        return [PollQuestion(mail.file, mail.sender, reason.format(sender=mail.sender))]
    for option in options:
        if option.key in answers:
            day = mail.sent_on or poll.sent_on
            _write_answer(ledger, poll, option, senders[0].key, answers[option.key], day)
    return []


def read_numbered_answers(text: str) -> dict[int, PollAnswer]:
    """Return the answer by number from lines such as "2 yes", "1, 3: no" or "Maybe 4"; other lines mean nothing."""
    answers: dict[int, PollAnswer] = {}
    for line in strip_quoted_text(text).splitlines():
        numbers = [int(number) for number in _NUMBERS.findall(line)]
        named = {answer for word in _WORDS.findall(line) if (answer := find_member(word, PollAnswer))}
        if numbers and len(named) == 1 and len(_WORDS.findall(line)) <= len(numbers) + 3:
            answers |= dict.fromkeys(numbers, named.pop())
    return answers


def _write_answer(
    ledger: Ledger, poll: StoredPoll, option: StoredOption, party: RowKey, answer: PollAnswer, day: date
) -> None:
    rows = stored.read_poll_answers(ledger.cursor, poll.key)
    known = next((row.key for row in rows if (row.option, row.party) == (option.key, party)), None)
    values = {"answer": answer.value, "answered_on": day.isoformat()}
    if known:
        ledger.update("poll_answers", known, values)
    else:
        ledger.add("poll_answers", {"option": option.key, "party": party, **values})


def _add_meeting(ledger: Ledger, workspace: Workspace, poll: StoredPoll, option: StoredOption) -> RowKey:
    """Add the meeting of an option with its UID, one SEQUENCE later than its tentative entry."""
    moment = Moment(DateAsKnown(option.day), option.start_time)
    values = {"title": poll.title, "group": stored.find_group_ref(ledger.cursor, poll.group), "starts": moment}
    draft = build_meeting_draft({**values, "minutes": str(poll.minutes)}, workspace.today())
    meeting = insert_meeting(ledger, draft, workspace.today())
    sequence = option.sequence + 1
    ledger.update("meetings", meeting, {"uid": option.uid, "sequence": sequence})
    ledger.update("polls", poll.key, {"meeting": meeting})
    store_sent_sequences(ledger.cursor, {meeting: sequence})
    return meeting


def _build_card(poll: StoredPoll, option: StoredOption, parties: _Parties) -> MeetingCard:
    """Return an option as a tentative meeting with its guests."""
    sender = parties.sender
    invitees = tuple(
        InviteeRow(member.name, member.ref, member.email, InviteRole.REQUIRED, Reply.NEEDS_ACTION, None, member.name_cy)
        for member in parties.members
    )
    return MeetingCard(
        row=_build_row(poll, option),
        organiser=sender.name if sender else None,
        organiser_email=sender.email if sender else None,
        organiser_cy=sender.name_cy if sender else None,
        agenda=(),
        invitees=invitees,
        attendance=(),
        lines=(),
        decisions=(),
        actions=(),
        area=None,
        host=None,
        keynote=None,
        occasion=None,
        attendance_text=None,
        note=None,
    )


def _build_row(poll: StoredPoll, option: StoredOption) -> MeetingRow:
    return MeetingRow(
        key=option.key,
        ref=poll.ref,
        kind=MeetingKind.MEETING,
        title=poll.title,
        group=poll.group_name,
        group_ref=None,
        day=DateAsKnown(option.day),
        start_time=option.start_time,
        ends=option.starts + timedelta(minutes=poll.minutes),
        tz=LONDON,
        place=None,
        venue=None,
        link=None,
        state=MeetingState.TENTATIVE,
        uid=option.uid,
        sequence=option.sequence,
        recurrence=None,
        all_day=False,
        agenda_items=0,
        source=None,
        marking=Marking.OFFICIAL,
    )


def _build_calendar(cursor: Cursor, card: MeetingCard, method: Method) -> bytes:
    """Return one event; without an address of the office no calendar can answer, so a request is published."""
    if method is Method.REQUEST and parse_address(card.organiser_email) is None:
        method = Method.PUBLISH
    return build_calendar(build_events(Invite(card, read_change_time(cursor, card.row.key)), method), method)


def _name_file(poll: StoredPoll, option: StoredOption, words: str = "") -> str:
    parts = (poll.ref, str(option.number), f"{option.starts:%Y-%m-%d %H%M}", words)
    return format_file_name(lambda: " ".join(part for part in parts if part)) + ".ics"


def _build_poll_files(cursor: Cursor, poll: StoredPoll, parties: _Parties, folder: Path) -> dict[Path, Writer]:
    options = stored.read_options(cursor, poll.key)
    attachments = tuple(
        Attachment(
            _name_file(poll, option), _build_calendar(cursor, _build_card(poll, option, parties), Method.REQUEST)
        )
        for option in options
    )
    times = tuple((option.number, option.starts) for option in options)
    letter = PollLetter(poll.ref, poll.title, times, attachments, parties.sender)
    return _build_letter_files(letter, parties, folder)


def _build_withdrawal_files(
    cursor: Cursor,
    poll: StoredPoll,
    chosen: StoredOption,
    others: Sequence[StoredOption],
    parties: _Parties,
    folder: Path,
) -> dict[Path, Writer]:
    attachments = tuple(
        Attachment(
            _name_file(poll, option, "cancelled"),
            _build_calendar(cursor, _cancel(_build_card(poll, option, parties)), Method.CANCEL),
        )
        for option in others
    )
    if not attachments:
        return {}
    times = tuple((option.number, option.starts) for option in others)
    letter = PollLetter(poll.ref, poll.title, times, attachments, parties.sender, chosen=chosen.starts)
    return _build_letter_files(letter, parties, folder)


def _cancel(card: MeetingCard) -> MeetingCard:
    return replace(card, row=replace(card.row, sequence=card.row.sequence + 1, state=MeetingState.CANCELLED))


def _build_letter_files(letter: PollLetter, parties: _Parties, folder: Path) -> dict[Path, Writer]:
    """Return each calendar file, and where somebody has an address the draft with all of them."""
    files = {folder / file.name: make_bytes_writer(file.content) for file in letter.files}
    if parties.reached:
        draft = build_poll_draft(letter, [build_mailbox(member) for member in parties.reached])
        name = f"{letter.ref} withdrawn" if letter.chosen else letter.ref
        files[folder / f"{name}.eml"] = make_bytes_writer(draft)
    return files


def _build_invitation_files(invite: Invite, parties: _Parties, folder: Path) -> dict[Path, Writer]:
    """Return the invitation to the chosen time: a draft, or a calendar file where the office has no address."""
    path = folder / invite.card.row.ref
    if parse_address(invite.card.organiser_email) is None:
        calendar = build_calendar(build_events(invite, Method.PUBLISH), Method.PUBLISH)
        return {path.with_name(f"{path.name}.ics"): make_bytes_writer(calendar)}
    return {path.with_name(f"{path.name}.eml"): make_bytes_writer(build_invitation_draft(invite, Method.REQUEST))}
