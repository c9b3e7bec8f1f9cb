"""The action to book the interpreter of a meeting, and the yearly figures on the use of Welsh."""

from __future__ import annotations

from ahtc_tui.domain.actions.model import ActionRow
from ahtc_tui.domain.dates.date_as_known import DateAsKnown, Precision
from ahtc_tui.domain.errors import BadInput, Refused
from ahtc_tui.domain.i18n import Language, _, use_language
from ahtc_tui.domain.meetings.kinds import MeetingState
from ahtc_tui.domain.meetings.language_wishes import INTERPRETER_TASK, WelshYear, compute_booking_day
from ahtc_tui.services import record_lookup
from ahtc_tui.services.actions.writer import insert_action
from ahtc_tui.services.workspace import Workspace
from ahtc_tui.store.actions.queries import read_action
from ahtc_tui.store.meetings import invitations as stored
from ahtc_tui.store.meetings.queries import read_meeting


def plan_interpreter(workspace: Workspace, ref: str, lead: str | None = None) -> ActionRow:
    """Add the action to book the interpreter of a meeting, due 28 days before it or today, and return it.

    Raises NotFound; BadInput for a meeting without a day; Refused for a meeting that is over, and where the action
    exists already.
    """
    from ahtc_tui.domain.drafts.actions import build_action_draft

    today = workspace.today()
    with workspace.database.write(f"interpreter for {ref}") as ledger:
        key, ref = record_lookup.find_meeting(ledger.cursor, ref)
        row = read_meeting(ledger.cursor, key)
        if row.state in (MeetingState.HELD, MeetingState.CANCELLED):
            sentence = _("{ref} is {state}. It needs no interpreter.")
            raise Refused(sentence.format(ref=ref, state=row.state.label.lower()))
        if row.day is None or row.day.precision is not Precision.DAY:
            raise BadInput(_("{ref} has no date yet. Give it one first.").format(ref=ref))
        if existing := stored.find_booking(ledger.cursor, ref, row.title, row.day.latest):
            raise Refused(
                _("{ref} has the action {action} for the interpreter already.").format(ref=ref, action=existing.ref)
            )
        fields = {
            "title": _title_booking(ref, Language.EN),
            "title_cy": _title_booking(ref, Language.CY),
            "due": DateAsKnown(max(compute_booking_day(row.day.latest), today)),
            "lead": lead,
            "group": row.group_ref,
        }
        draft = build_action_draft({name: value for name, value in fields.items() if value}, today)
        return read_action(ledger.cursor, insert_action(ledger, draft, today), today)


def _title_booking(ref: str, language: Language) -> str:
    with use_language(language):
        return ": ".join((ref, _(INTERPRETER_TASK)))


def count_welsh_year(workspace: Workspace, year: int | None = None) -> WelshYear:
    """Return the figures of a calendar year for the report on the Welsh Language Standards; by default this year."""
    with workspace.database.read() as cursor:
        return stored.count_welsh_year(cursor, year or workspace.today().year)
