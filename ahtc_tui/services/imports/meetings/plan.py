"""Plans the import of calendar events: new meetings, changes, invitations and questions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any

from ahtc_tui.domain.errors import BadInput
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.imports.meetings import CalendarEvent, Guest
from ahtc_tui.domain.imports.report import ChangedField, Question
from ahtc_tui.domain.keys import RowKey
from ahtc_tui.domain.meetings.kinds import MeetingState
from ahtc_tui.domain.meetings.model import LONDON, MeetingRow
from ahtc_tui.domain.meetings.wall_time import convert_wall_time
from ahtc_tui.domain.record_names import format_field
from ahtc_tui.services.imports.file_plan import FilePlan, build_choice_error, build_question_id
from ahtc_tui.services.imports.meetings.differences import (
    TEXT_COLUMNS,
    Difference,
    EventKey,
    compare_three_ways,
    explain_doubtful_day,
    find_differences,
    is_planned_in_series,
)
from ahtc_tui.services.imports.meetings.group_matching import match_group
from ahtc_tui.services.imports.meetings.new_meetings import (
    NewMeeting,
    build_day_uid,
    build_display_values,
    build_excluded_day,
    build_meeting_values,
    choose_uid,
    read_note,
    select_excluded_days,
)
from ahtc_tui.services.imports.meetings.proposals import (
    GUEST_METHODS,
    PUBLISHING_METHODS,
    ReceivedInvitations,
    build_day_question,
    build_guest_question,
    build_notice,
    build_onward_question,
    compute_next_sequence,
    explain_proposal,
    is_proposal,
    list_guests,
    list_proposed_guests,
    select_proposed,
)
from ahtc_tui.store.imports.meetings import MeetingRegister, list_invited
from ahtc_tui.store.journal.ledger import Ledger
from ahtc_tui.store.meetings import queries as stored
from ahtc_tui.store.meetings.series import read_own_days
from ahtc_tui.store.records.fields import read_field

if TYPE_CHECKING:
    from ahtc_tui.store.records.cursor import Cursor

Invited = tuple[set[RowKey], set[str]]
"""Parties and texts that a meeting invites already."""


@dataclass
class MeetingPlan:
    """The plan of all files of one import of meetings."""

    cursor: Cursor
    register: MeetingRegister
    today: date
    new_meetings: list[NewMeeting] = field(default_factory=list)
    changes: list[tuple[RowKey, dict[str, Any]]] = field(default_factory=list)
    invitations: list[dict[str, Any]] = field(default_factory=list)
    bases: Mapping[EventKey, CalendarEvent] = field(default_factory=dict)
    """Events as they were last exchanged with a folder."""
    _new_by_key: dict[RowKey, NewMeeting] = field(default_factory=dict)
    received: ReceivedInvitations = field(default_factory=ReceivedInvitations)

    def plan_event(self, file: FilePlan, event: CalendarEvent) -> None:
        """Plan one event: a new meeting, changes of a known one, a question or a warning."""
        base = self.bases.get((event.uid, event.instance))
        series = self._find_series(event)
        event = self._convert_instance(event, series)
        key, is_removed = self._find_record(event, series)
        if event.method == "REPLY":
            file.add_warning(event.position, _("is a reply to an invitation; use import replies"))
            return
        if event.is_onward and event.method not in GUEST_METHODS:
            self._decide_without_values(file, build_onward_question(event, self._read_stored(series)))
            return
        known_key = None if is_removed or key in self._new_by_key else key
        if event.method in GUEST_METHODS or ((known_key or self._is_stored(series)) and is_proposal(event)):
            self._ask_about_proposal(file, event, series if self._is_stored(series) else None, known_key)
            return
        if known_key:
            row = stored.read_meeting(self.cursor, known_key)
            if base:
                self._compare_with_base(file, event, base, row)
            else:
                self._compare_meeting(file, event, row)
        elif key in self._new_by_key:
            file.add_warning(event.position, _("is also in another file of this import, and is left out"))
        elif event.cancels and not (event.instance and series):
            file.add_warning(event.position, _("cancels an unknown meeting, and is left out"))
        elif event.instance and series and self._is_planned(event, series):
            file.unchanged += 1
        elif not self.received.declines(self.cursor, file, event):
            self._add_meeting(file, event, series, key)
        self._plan_excluded_days(file, event)

    def _read_stored(self, series: RowKey | None) -> MeetingRow | None:
        """Return the row of a series that was here before this import."""
        return stored.read_meeting(self.cursor, series) if series and self._is_stored(series) else None

    def _is_stored(self, series: RowKey | None) -> bool:
        """Return whether a series was here before this import."""
        return series is not None and series not in self._new_by_key

    def _ask_about_proposal(
        self, file: FilePlan, event: CalendarEvent, series: RowKey | None, key: RowKey | None
    ) -> None:
        """Ask about everything that a counter-proposal, or an invitation to a known meeting, would change."""
        known_key = key or series
        row = stored.read_meeting(self.cursor, known_key) if known_key else None
        count_before = file.result_count
        if row is None or event.method in ("DECLINECOUNTER", "REFRESH"):
            self._decide_without_values(file, build_notice(event, row))
        elif key is None:
            self._ask_about_day(file, event, row)
        else:
            self._ask_about_fields(file, event, row)
            self._plan_excluded_days(file, event)
        if file.result_count == count_before:
            file.unchanged += 1

    def _ask_about_fields(self, file: FilePlan, event: CalendarEvent, row: MeetingRow) -> None:
        """Ask about each field that a proposal changes, and about its new guests."""
        count_before = len(file.changed)
        for name, (ours, theirs, values) in select_proposed(event, find_differences(row, event)).items():
            reason = explain_proposal(event, event.starts or event.day if name == "starts" else theirs)
            self._ask_about_field(file, event, row, name, (ours, theirs, values, reason))
        if len(file.changed) > count_before:
            self.changes.append((row.key, {"sequence": compute_next_sequence(event, row)}))
        self._ask_about_guests(file, event, row, list_proposed_guests(event))

    def _ask_about_guests(
        self, file: FilePlan, event: CalendarEvent, row: MeetingRow, guests: tuple[Guest, ...]
    ) -> None:
        """Ask about guests who are not invited here."""
        invitations = self._build_invitations(row.key, guests, list_invited(self.cursor, row.key, self.today))
        if invitations and file.takes(build_guest_question(event, row, list(invitations))):
            self.invitations += invitations.values()
            file.changed.append(ChangedField(row.ref, "invited", None, ", ".join(invitations), event.position))

    def _ask_about_day(self, file: FilePlan, event: CalendarEvent, series: MeetingRow) -> None:
        """Ask about a day of a series that has no record yet; taking it adds the record."""
        if self._is_planned(event, series.key):
            return
        is_cancelled = event.cancels or event.state is MeetingState.CANCELLED
        if file.takes(build_day_question(event, series, event.instance if is_cancelled else None)):
            self._add_meeting(file, replace(event, title=event.title or series.title, guests=()), series.key, None)

    def _decide_without_values(self, file: FilePlan, question: Question) -> None:
        """Ask a question that changes nothing. Raises BadInput for any answer but "ours" and "skip"."""
        answer = file.decide_question(question)
        if answer not in ("", "ours", "skip"):
            sentence = _('Question {id} ({field}) has no value to take. Answer "ours", "skip" or a value.')
            raise BadInput(sentence.format(id=question.id, field=format_field(question.field)))

    def _find_series(self, event: CalendarEvent) -> RowKey | None:
        """Return the series of which an event is a day, unless it was removed."""
        if event.instance is None:
            return None
        key, is_removed = self.register.by_uid.get(event.uid, (None, False))
        return None if is_removed else key

    def _convert_instance(self, event: CalendarEvent, series: RowKey | None) -> CalendarEvent:
        """Return a day of a series with its planned time in the zone of the series."""
        if event.instance is None or series is None:
            return event
        new_series = self._new_by_key.get(series)
        values = new_series.values if new_series else {}
        tz, start_time = (
            values[name] if new_series else read_field(self.cursor, "meetings", series, name)
            for name in ("tz", "start_time")
        )
        if event.is_instance_day:
            planned = time.fromisoformat(start_time) if start_time else time.min
            return replace(event, instance=datetime.combine(event.instance.date(), planned))
        return replace(event, instance=convert_wall_time(event.instance, LONDON, tz))

    def _find_record(self, event: CalendarEvent, series: RowKey | None) -> tuple[RowKey | None, bool]:
        """Return the stored meeting of an event, and whether it was removed."""
        if event.instance is None:
            return self.register.by_uid.get(event.uid, (None, False))
        if series is None:
            return self.register.by_uid.get(build_day_uid(event), (None, False))
        return self.register.days.get((series, event.instance), (None, False))

    def _is_planned(self, event: CalendarEvent, series: RowKey) -> bool:
        """Return whether the rules of the series already move the day, such as after a bank holiday."""
        return series not in self._new_by_key and is_planned_in_series(stored.read_meeting(self.cursor, series), event)

    def _add_meeting(self, file: FilePlan, event: CalendarEvent, series: RowKey | None, removed: RowKey | None) -> None:
        key = removed or Ledger.create_key()
        if event.instance and series is None:
            file.add_warning(event.position, _("is one date in an unknown series, and is imported alone"))
        if doubt := explain_doubtful_day(event, self.today):
            file.add_warning(event.position, doubt)
        relations = {
            "uid": choose_uid(event, key, series),
            "group": self._find_series_group(series) if series else self._match_group(file, event, None),
            "series": series,
            "organiser": self._find_party(event.organiser),
            "note": read_note(file, event),
            "source": file.path.name,
        }
        values = build_meeting_values(event) | relations
        group = self.register.names.get(values["group"]) if values["group"] else None
        shown = build_display_values(event, values, group)
        self._register_meeting(NewMeeting(key, values, shown, event.position, file, is_restored=bool(removed)))
        self._add_invitations(key, list_guests(event, self.register.by_address), (set(), set()))

    def _register_meeting(self, new_meeting: NewMeeting) -> None:
        """Add a new meeting to the plan and to the register, for later events."""
        self.new_meetings.append(new_meeting)
        self._new_by_key[new_meeting.key] = new_meeting
        self.register.by_uid[new_meeting.values["uid"]] = (new_meeting.key, False)
        if (series := new_meeting.values["series"]) and (planned := new_meeting.values["recurrence_id"]):
            self.register.days[series, datetime.fromisoformat(planned)] = (new_meeting.key, False)

    def _find_series_group(self, series: RowKey) -> RowKey | None:
        if series in self._new_by_key:
            group: RowKey | None = self._new_by_key[series].values["group"]
        else:
            group = read_field(self.cursor, "meetings", series, "group")
        return group

    def _match_group(self, file: FilePlan, event: CalendarEvent, ref: str | None) -> RowKey | None:
        """Return the group that an event names; ask about a similar one."""
        match = match_group(event, self.register.groups)
        if match.body:
            return match.body.key
        if match.near is None:
            return None
        identifier = build_question_id("group", event.uid, match.near.ref)
        near = match.near.name
        question = Question(identifier, ref, "group", None, None, near, match.reason, event.position, event.title)
        answer = file.decide_question(question)
        if answer in ("", "ours", "skip"):
            return None
        if answer in ("theirs", "both"):
            return match.near.key
        groups = [body for body in self.register.groups if answer.strip().lower() in (body.ref, *body.names)]
        if not groups:
            sentence = _('The answer to {id} is "{answer}", but no group has this reference.')
            raise BadInput(sentence.format(id=identifier, answer=answer))
        return groups[0].key

    def _find_party(self, guest: Guest | None) -> RowKey | None:
        return self.register.by_address.get(guest.email) if guest and guest.email else None

    def _add_invitations(self, meeting: RowKey, guests: tuple[Guest, ...], already_invited: Invited) -> list[str]:
        """Add invitations for guests without one; return their names."""
        invitations = self._build_invitations(meeting, guests, already_invited)
        self.invitations += invitations.values()
        return list(invitations)

    def _build_invitations(
        self, meeting: RowKey, guests: tuple[Guest, ...], already_invited: Invited
    ) -> dict[str, dict[str, Any]]:
        """Return the invitations of guests without one by name."""
        parties, words = already_invited
        invitations: dict[str, dict[str, Any]] = {}
        for guest in guests:
            party = self._find_party(guest)
            guest_text = f"{guest.name} <{guest.email}>" if guest.name and guest.email else guest.name or guest.email
            if (party in parties) if party else guest_text.casefold() in words:
                continue
            row = {"meeting": meeting, "role": guest.role.value, "reply": guest.reply.value}
            if party:
                parties.add(party)
                invitations[self.register.names[party]] = row | {"party": party}
            else:
                words.add(guest_text.casefold())
                invitations[guest_text] = row | {"words": guest_text[:300]}
        return invitations

    def _compare_meeting(self, file: FilePlan, event: CalendarEvent, row: MeetingRow) -> None:
        """Apply the differences of a newer event; ask about those of an older or undated one."""
        count_before = file.result_count
        differing = find_differences(row, event)
        if row.group is None and event.instance is None and (group := self._match_group(file, event, row.ref)):
            self._add_change(file, event, row, "group", (None, self.register.names[group], {"group": group}))
        guests = () if event.cancels else event.guests
        is_newer, reason = self._compare_versions(event, row)
        doubt = explain_doubtful_day(event, self.today, row)
        for field_name, (ours, theirs, values) in differing.items():
            if is_newer and not (doubt and field_name == "starts"):
                self._add_change(file, event, row, field_name, (ours, theirs, values))
            else:
                self._ask_about_field(file, event, row, field_name, (ours, theirs, values, doubt or reason))
        if guests and (is_newer or not differing):
            already_invited = list_invited(self.cursor, row.key, self.today)
            if names := self._add_invitations(row.key, guests, already_invited):
                file.changed.append(ChangedField(row.ref, "invited", None, ", ".join(names), event.position))
        if file.result_count == count_before:
            file.unchanged += 1
        elif is_newer and event.sequence > row.sequence:
            self.changes.append((row.key, {"sequence": event.sequence}))

    def _compare_with_base(self, file: FilePlan, event: CalendarEvent, base: CalendarEvent, row: MeetingRow) -> None:
        """Apply what only the other side changed since the last exchange; ask about the rest."""
        count_before = file.result_count
        result = compare_three_ways(row, base, event, self.today)
        for name, difference in result.taken.items():
            self._add_change(file, event, row, name, difference)
        for name, disputed in result.asked.items():
            self._ask_about_field(file, event, row, name, disputed)
        file.kept += result.kept
        if self.changes and self.changes[-1][0] == row.key:
            self.changes.append((row.key, {"sequence": max(row.sequence + 1, event.sequence)}))
        self._ask_about_guests(file, event, row, result.guests)
        if file.result_count == count_before:
            file.unchanged += 1

    def _compare_versions(self, event: CalendarEvent, row: MeetingRow) -> tuple[bool, str]:
        """Return whether an event is newer than the stored meeting, and the reason if it is not."""
        if event.sequence != row.sequence:
            sentence = _("it is of an earlier version (SEQUENCE {theirs}, now {ours})")
            return event.sequence > row.sequence, sentence.format(theirs=event.sequence, ours=row.sequence)
        if event.modified is None:
            return False, _("it is unknown whether this or the other is newer")
        return event.modified > stored.read_change_time(self.cursor, row.key), _("it was changed on this laptop later")

    def _ask_about_field(
        self, file: FilePlan, event: CalendarEvent, row: MeetingRow, field_name: str, difference: tuple[Any, ...]
    ) -> None:
        ours, theirs, values, reason = difference
        identifier = build_question_id("meeting", event.uid, event.instance, field_name, theirs)
        question = Question(identifier, row.ref, field_name, None, ours, theirs, reason, event.position, row.title)
        answer = file.decide_question(question)
        if answer in ("", "ours", "skip", "both"):
            return
        if answer not in ("theirs", theirs):
            if field_name not in TEXT_COLUMNS:
                raise build_choice_error(identifier, answer)
            theirs, values = answer, {TEXT_COLUMNS[field_name]: answer}
        self._add_change(file, event, row, field_name, (ours, theirs, values))

    def _add_change(
        self, file: FilePlan, event: CalendarEvent, row: MeetingRow, name: str, difference: Difference
    ) -> None:
        ours, theirs, values = difference
        self.changes.append((row.key, values))
        if row.recurrence and values.get("tz", row.tz) != row.tz and values.get("start_time"):
            self._convert_recorded_days(row, values["tz"], time.fromisoformat(values["start_time"]))
        file.changed.append(ChangedField(row.ref, name, ours, theirs, event.position))

    def _convert_recorded_days(self, row: MeetingRow, tz: str, start_time: time) -> None:
        """Plan the planned times of the recorded days of a series for another zone."""
        for day in read_own_days(self.cursor, row.key):
            if day.recurrence_id:
                planned = datetime.combine(convert_wall_time(day.recurrence_id, row.tz, tz).date(), start_time)
                self.changes.append((day.key, {"recurrence_id": planned.isoformat("T", "minutes")}))
                self.register.days[row.key, planned] = (day.key, False)

    def _plan_excluded_days(self, file: FilePlan, event: CalendarEvent) -> None:
        """Plan the excluded days of a series as cancelled meetings."""
        series, is_removed = self.register.by_uid.get(event.uid, (None, False))
        if series is None or is_removed or not event.recurrence or event.instance:
            return
        row = self._read_stored(series)
        for planned in select_excluded_days(file, event):
            key, removed = self.register.days.get((series, planned), (None, False))
            if (key and not removed) or (row and is_planned_in_series(row, event, planned)):
                continue
            is_proposed = event.method not in PUBLISHING_METHODS
            if row and is_proposed and not file.takes(build_day_question(event, row, planned)):
                continue
            self._plan_excluded_day(file, event, (series, planned), key)

    def _plan_excluded_day(
        self, file: FilePlan, event: CalendarEvent, series_day: tuple[RowKey, datetime], removed: RowKey | None
    ) -> None:
        """Add or restore the record of an excluded day."""
        series, planned = series_day
        key = removed or Ledger.create_key()
        relations = {
            "uid": f"{key.hex()}@ahtc",
            "group": self._find_series_group(series),
            "series": series,
            "source": file.path.name,
        }
        values = build_excluded_day(event, planned) | relations
        starts = convert_wall_time(planned, event.tz, LONDON).isoformat()
        display_values = {"title": values["title"], "starts": starts, "state": values["state"], "uid": event.uid}
        self._register_meeting(NewMeeting(key, values, display_values, event.position, file, is_restored=bool(removed)))
