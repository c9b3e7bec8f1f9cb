"""What becomes of calendar events: which meetings they make or change, and what is left to a person. Writes nothing."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from ahtc_tui.domain.case_data.detector import looks_like_case_data
from ahtc_tui.domain.errors import BadInput
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.imports.meetings import CalendarEvent, Guest
from ahtc_tui.domain.imports.report import Changed, Question
from ahtc_tui.domain.meetings.model import MeetingRow
from ahtc_tui.services.imports.file_plan import FilePlan, question_id
from ahtc_tui.services.imports.meetings.differences import TEXTS, differences, slot_says_so
from ahtc_tui.services.imports.meetings.group_matching import whose
from ahtc_tui.services.imports.meetings.new_meetings import (
    NewMeeting,
    left_out_day,
    shown,
    uid_for,
    uid_of_day,
    values_of,
)
from ahtc_tui.store.imports.meetings import MeetingRegister, invited
from ahtc_tui.store.journal.ledger import new_key
from ahtc_tui.store.meetings import queries as stored
from ahtc_tui.store.records.fields import field_of

if TYPE_CHECKING:
    from ahtc_tui.store.records.cursor import Cursor


@dataclass
class MeetingPlan:
    """The plan of all files of one import."""

    cursor: Cursor
    register: MeetingRegister
    today: date
    new: list[NewMeeting] = field(default_factory=list)
    changes: list[tuple[bytes, dict[str, Any]]] = field(default_factory=list)
    invitations: list[dict[str, Any]] = field(default_factory=list)
    _made: dict[bytes, NewMeeting] = field(default_factory=dict)

    def take(self, plan: FilePlan, event: CalendarEvent) -> None:
        """Plan one event."""
        series = self._series(event)
        key, gone = self._standing(event, series)
        if key and not gone and key not in self._made:
            self._compare(plan, event, stored.by_key(self.cursor, key))
        elif key in self._made:
            plan.warn(event.at, _("is in another file of this import as well: left out"))
        elif event.cancels and not (event.instance and series):
            plan.warn(event.at, _("cancels a meeting that is not here: left out"))
        elif event.instance and series and self._planned_so(event, series):
            plan.unchanged += 1
        else:
            self._add(plan, event, series, key)
        self._exceptions(plan, event)

    def _series(self, event: CalendarEvent) -> bytes | None:
        """The series that an event is a day of."""
        if event.instance is None:
            return None
        key, gone = self.register.by_uid.get(event.uid, (None, False))
        return None if gone else key

    def _standing(self, event: CalendarEvent, series: bytes | None) -> tuple[bytes | None, bool]:
        """The record of an event, and whether it was removed."""
        if event.instance is None:
            return self.register.by_uid.get(event.uid, (None, False))
        if series is None:
            return self.register.by_uid.get(uid_of_day(event), (None, False))
        return self.register.days.get((series, event.instance), (None, False))

    def _planned_so(self, event: CalendarEvent, series: bytes) -> bool:
        """Whether the series itself holds that day just so: the bank holiday moved it."""
        return series not in self._made and slot_says_so(stored.by_key(self.cursor, series), event)

    def _add(self, plan: FilePlan, event: CalendarEvent, series: bytes | None, removed: bytes | None) -> None:
        key = removed or new_key()
        if event.instance and series is None:
            plan.warn(event.at, _("is one day of a series that is not here: it comes in alone"))
        belongs = {
            "uid": uid_for(event, key, series),
            "group": self._group_of(series) if series else self._group(plan, event, None),
            "series": series,
            "organiser": self._party(event.organiser),
            "note": self._note(plan, event),
            "source": plan.path.name,
        }
        values = values_of(event) | belongs
        self._make(NewMeeting(key, values, self._shown(event, values), event.at, plan, back=bool(removed)))
        self._invite(key, event.guests, (set(), set()))

    def _make(self, made: NewMeeting) -> None:
        """Put a new meeting on the plan, where later events find it."""
        self.new.append(made)
        self._made[made.key] = made
        self.register.by_uid[made.values["uid"]] = (made.key, False)
        if (series := made.values["series"]) and (planned := made.values["recurrence_id"]):
            self.register.days[series, datetime.fromisoformat(planned)] = (made.key, False)

    def _note(self, plan: FilePlan, event: CalendarEvent) -> str | None:
        """The description, but for one that seems to be about a person's case."""
        for name, words in ((_("title"), event.title), (_("place"), event.place)):
            if what := looks_like_case_data(words or ""):
                plan.warn(event.at, _("the {field} may hold {what}: check it").format(field=name, what=what))
        if what := looks_like_case_data(event.note):
            plan.warn(event.at, _("the description may hold {what}: left out").format(what=what))
            return None
        return event.note or None

    def _shown(self, event: CalendarEvent, values: dict[str, Any]) -> dict[str, Any]:
        return shown(event, values, self.register.names.get(values["group"]) if values["group"] else None)

    def _group_of(self, series: bytes) -> bytes | None:
        if series in self._made:
            group: bytes | None = self._made[series].values["group"]
            return group
        known: bytes | None = field_of(self.cursor, "meetings", series, "group")
        return known

    def _group(self, plan: FilePlan, event: CalendarEvent, ref: str | None) -> bytes | None:
        """The group that an event names; a near one is asked about."""
        found = whose(event, self.register.bodies)
        if found.body:
            return found.body.key
        if found.near is None:
            return None
        name = question_id("group", event.uid, found.near.ref)
        asked = Question(name, ref, "group", None, None, found.near.name, found.reason, event.at, party=event.title)
        answer = plan.decided(asked)
        if answer in ("", "ours", "skip"):
            return None
        if answer in ("theirs", "both"):
            return found.near.key
        chosen = [body for body in self.register.bodies if answer.strip().lower() in (body.ref, *body.names)]
        if not chosen:
            raise BadInput(
                _('The answer to {id} is "{answer}": there is no such group.').format(id=name, answer=answer)
            )
        return chosen[0].key

    def _party(self, guest: Guest | None) -> bytes | None:
        return self.register.by_address.get(guest.email) if guest and guest.email else None

    def _invite(self, meeting: bytes, guests: tuple[Guest, ...], standing: tuple[set[bytes], set[str]]) -> list[str]:
        """Invitations to those who have none yet; returns their names."""
        parties, words = standing
        names = []
        for guest in guests:
            party = self._party(guest)
            said = f"{guest.name} <{guest.email}>" if guest.name and guest.email else guest.name or guest.email
            if (party in parties) if party else said.casefold() in words:
                continue
            parties |= {party} if party else set()
            words |= set() if party else {said.casefold()}
            row = {"meeting": meeting, "role": guest.role.value, "reply": guest.reply.value}
            self.invitations.append(row | ({"party": party} if party else {"words": said[:300]}))
            names.append(self.register.names[party] if party else said)
        return names

    def _compare(self, plan: FilePlan, event: CalendarEvent, row: MeetingRow) -> None:
        """Write what a newer event says, and ask about what an older or undated one says differently."""
        before = len(plan.changed) + len(plan.questions)
        differing = differences(row, event)
        if row.group is None and event.instance is None and (group := self._group(plan, event, row.ref)):
            self._change(plan, event, row, "group", None, self.register.names[group], {"group": group})
        guests = () if event.cancels else event.guests
        newer, reason = self._newer(event, row)
        for name, (ours, theirs, values) in differing.items():
            if newer:
                self._change(plan, event, row, name, ours, theirs, values)
            else:
                self._ask(plan, event, row, name, (ours, theirs, values, reason))
        if guests and (newer or not differing):
            names = self._invite(row.key, guests, invited(self.cursor, row.key, self.today))
            if names:
                plan.changed.append(Changed(row.ref, "invited", None, ", ".join(names), event.at))
        if len(plan.changed) + len(plan.questions) == before:
            plan.unchanged += 1
        elif newer and event.sequence > row.sequence:
            self.changes.append((row.key, {"sequence": event.sequence}))

    def _newer(self, event: CalendarEvent, row: MeetingRow) -> tuple[bool, str]:
        """Whether an event is of a later version than the record, and why not."""
        if event.sequence != row.sequence:
            sentence = _("it is of an earlier version (SEQUENCE {theirs}, now {ours})")
            return event.sequence > row.sequence, sentence.format(theirs=event.sequence, ours=row.sequence)
        if event.modified is None:
            return False, _("nothing says which of the two is newer")
        return event.modified > stored.changed_at(self.cursor, row.key), _("it was changed here since")

    def _ask(self, plan: FilePlan, event: CalendarEvent, row: MeetingRow, name: str, said: tuple[Any, ...]) -> None:
        ours, theirs, values, reason = said
        name_of = question_id("meeting", event.uid, event.instance, name, theirs)
        answer = plan.decided(Question(name_of, row.ref, name, None, ours, theirs, reason, event.at, party=row.title))
        if answer in ("", "ours", "skip", "both"):
            return
        if answer not in ("theirs", theirs):
            if name not in TEXTS:
                sentence = _('The answer to {id} is "{answer}": answer ours or theirs.')
                raise BadInput(sentence.format(id=name_of, answer=answer))
            theirs, values = answer, {TEXTS[name]: answer}
        self._change(plan, event, row, name, ours, theirs, values)

    def _change(
        self, plan: FilePlan, event: CalendarEvent, row: MeetingRow, name: str, ours: Any, theirs: Any, values: Any
    ) -> None:
        self.changes.append((row.key, values))
        plan.changed.append(Changed(row.ref, name, ours, theirs, event.at))

    def _exceptions(self, plan: FilePlan, event: CalendarEvent) -> None:
        """Days that a series leaves out, as days that are called off."""
        series, gone = self.register.by_uid.get(event.uid, (None, False))
        if series is None or gone or not event.recurrence or event.instance:
            return
        row = None if series in self._made else stored.by_key(self.cursor, series)
        for planned in event.exceptions:
            key, removed = self.register.days.get((series, planned), (None, False))
            if (key and not removed) or (row and slot_says_so(row, event, planned)):
                continue
            self._call_off(plan, event, (series, planned), key)

    def _call_off(
        self, plan: FilePlan, event: CalendarEvent, which: tuple[bytes, datetime], removed: bytes | None
    ) -> None:
        """Make the record of a day that is left out, or bring it back."""
        series, planned = which
        key = removed or new_key()
        belongs = {
            "uid": f"{key.hex()}@ahtc",
            "group": self._group_of(series),
            "series": series,
            "source": plan.path.name,
        }
        values = left_out_day(event, planned) | belongs
        said = {"title": values["title"], "starts": planned.isoformat(), "state": values["state"], "uid": event.uid}
        self._make(NewMeeting(key, values, said, event.at, plan, back=bool(removed)))
