"""One-page report of changes to the plan since a date: actions added, closed, slipped and re-rated, and no updates."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from types import MappingProxyType

from ahtc_tui.domain.actions.model import Confidence, Marking, find_highest_marking
from ahtc_tui.domain.dates.date_as_known import format_long_date
from ahtc_tui.domain.dates.formal_dates import format_day
from ahtc_tui.domain.dates.parser import read_date_alone
from ahtc_tui.domain.dates.quarters import find_previous_quarter_end
from ahtc_tui.domain.documents.office_paper import OfficePaper, PaperKind, PaperPart, format_counted_heading
from ahtc_tui.domain.errors import BadInput, NotFound
from ahtc_tui.domain.i18n import Language, _, choose_printed_text, get_current_language, mark_untranslated, pgettext
from ahtc_tui.domain.keys import RowKey
from ahtc_tui.domain.plan.changes_since import (
    PeriodStart,
    PlanChanges,
    RatingMove,
    SilentLead,
    format_counts,
)
from ahtc_tui.domain.plan.model import format_rating_name
from ahtc_tui.domain.text.collation import build_sort_key
from ahtc_tui.services import record_lookup
from ahtc_tui.services.documents.office_papers import Target, find_target, load_welsh_names, write_in_languages
from ahtc_tui.services.workspace import Workspace
from ahtc_tui.store.contacts.party_lookup import find_party
from ahtc_tui.store.meetings.queries import read_meeting
from ahtc_tui.store.plan import changes_since as stored
from ahtc_tui.store.records.cursor import Cursor

MAX_LINES = 100
LEADERSHIP_GROUP = "leadership-group"
"""Reference of the group whose last meeting is the default start."""


def show_changes_since(
    workspace: Workspace, from_: str | None = None, to: str | None = None, group: str | None = None
) -> PlanChanges:
    """Return the changes since a day or a meeting, by default since the group's last meeting.

    Raises NotFound, and BadInput for an invalid or too late day.
    """
    today = workspace.today()
    last = read_date_alone(to, today).latest if to else today
    with workspace.database.read() as cursor:
        party = find_party(cursor, group, ("group",)) if group else None
        if from_:
            start = _read_start(cursor, from_, today)
        else:
            start_group = party or find_party(cursor, LEADERSHIP_GROUP, ("group",))
            start = _find_last_meeting(cursor, start_group.key, start_group.name, last)
        if last < start.day:
            sentence = _("{last} comes before {first}. Give the earlier date first.")
            raise BadInput(sentence.format(first=start.day, last=last))
        return stored.read_changes_since(cursor, start, last, today, (party.key, party.name) if party else None)


def show_changes_since_last(workspace: Workspace) -> PlanChanges:
    """Return the changes since the last Leadership Group, or since the start of the quarter if none was held."""
    try:
        return show_changes_since(workspace)
    except NotFound:
        first = find_previous_quarter_end(workspace.today()) + timedelta(days=1)
        return show_changes_since(workspace, first.isoformat())


def _find_last_meeting(cursor: Cursor, group: RowKey, name: str, last: date) -> PeriodStart:
    start = stored.find_last_held(cursor, group, last)
    if start is None:
        sentence = _("{group} held no meeting before {day}. Give a date or a meeting with --from.")
        raise NotFound(sentence.format(group=name, day=format_long_date(last)))
    return start


def _read_start(cursor: Cursor, typed: str, today: date) -> PeriodStart:
    """Return the typed day, or the day of the meeting with this reference."""
    try:
        return PeriodStart(read_date_alone(typed, today).latest)
    except BadInput as error:
        try:
            key, ref = record_lookup.find_meeting(cursor, typed)
        except NotFound:
            if typed.strip()[:1].isdigit():
                raise error from None
            raise NotFound(_('"{text}" is neither a date nor a meeting.').format(text=typed)) from None
    meeting = read_meeting(cursor, key)
    if meeting.day is None:
        raise BadInput(_("{ref} has no date. Give one with --from.").format(ref=ref))
    return PeriodStart(meeting.day.latest, ref, meeting.title, meeting.title_cy)


def export_changes_since(
    workspace: Workspace,
    target: Target,
    changes: PlanChanges,
    marking: Marking = Marking.OFFICIAL,
    force: bool = False,
    language: Language = Language.EN,
) -> Path:
    """Write the report in the format of its target.

    The marking is the highest of its parts. Raises BadInput, Refused.
    """

    def name_file() -> str:
        first = format_long_date(changes.first)
        return _("{date} Changes since {first}").format(date=changes.last.isoformat(), first=first)

    names = load_welsh_names(workspace, language)

    def build() -> OfficePaper:
        return build_paper(changes, marking, names if get_current_language() is Language.CY else {})

    place = find_target(workspace, PaperKind.SINCE, target, name_file)
    return write_in_languages(workspace, PaperKind.SINCE, place, build, force, language)


def build_paper(changes: PlanChanges, marking: Marking, names: Mapping[str, str] = MappingProxyType({})) -> OfficePaper:
    """Build the report; parts without entries appear only in the figures.

    `names` are the names that the report prints by name of the record, in whose order leads are.
    """
    day = format_long_date(changes.first)
    title = _("Changes since {title}, {day}") if changes.meeting_title else _("Changes since {day}")
    title = title.format(title=choose_printed_text(changes.meeting_title or "", changes.meeting_title_cy), day=day)
    period = _("{first} to {last}").format(first=format_long_date(changes.first), last=format_long_date(changes.last))
    facts = [(_("In numbers"), format_counts(changes))]
    facts.append((_("Open actions"), _("{open}, {late} late").format(open=changes.open, late=changes.late)))
    if changes.meeting:
        facts.append((_("Meeting"), changes.meeting))
    if changes.group:
        facts.append((_("Group"), changes.group))
    parts = (
        _build_move_part(_("Fallen ratings"), changes.fallen, format_rating_name),
        _build_slip_part(changes),
        *_build_action_parts(changes),
        _build_move_part(_("Other changes in rating"), changes.other_ratings, format_rating_name),
        _build_move_part(_("Confidence"), changes.confidence, _format_confidence),
        build_updates_part(changes),
    )
    page_parts = (*(_shorten_part(part) for part in parts if part.rows), _build_silent_part(changes, names))
    highest_marking = find_highest_marking(marking, [changes.marking])
    return OfficePaper(title, period, changes.last, tuple(facts), page_parts, highest_marking)


def _shorten_part(part: PaperPart) -> PaperPart:
    """Limit a part to `MAX_LINES`; its heading gives the full number."""
    left = len(part.rows) - MAX_LINES
    if left <= 0:
        return part
    more = _("and {n} more").format(n=left)
    rows = (*part.rows[:MAX_LINES], ("", more, *("" for _cell in part.head[2:])))
    return replace(part, rows=rows)


def _build_action_parts(changes: PlanChanges) -> tuple[PaperPart, PaperPart]:
    head = (_("Ref"), _("Action"), _("Lead"))
    sizes = (2.8, 6.1, 4.1, 3.4)
    added = tuple((row.ref, row.printed_title, row.lead_in_full, format_day(row.due) or "–") for row in changes.added)
    closed = tuple(
        (row.ref, row.printed_title, row.lead_in_full, f"{row.status.label}, {format_day(row.closed_on) or '–'}")
        for row in changes.closed
    )
    return (
        PaperPart(format_counted_heading(_("Added"), len(added)), (), (*head, _("Due")), added, sizes),
        PaperPart(format_counted_heading(_("Closed"), len(closed)), (), (*head, _("Closed")), closed, sizes),
    )


def _build_slip_part(changes: PlanChanges) -> PaperPart:
    rows = tuple(
        (
            slip.ref,
            slip.printed_title,
            format_day(slip.from_due) or "–",
            format_day(slip.to_due) or "–",
            mark_untranslated(slip.reason) or "–",
        )
        for slip in changes.slipped
    )
    head = (_("Ref"), _("Action"), _("From"), pgettext("date", "To"), _("Reason"))
    return PaperPart(format_counted_heading(_("Slipped"), len(rows)), (), head, rows, (2.8, 4.6, 3.2, 3.2, 2.6))


def _format_confidence(value: str | None) -> str:
    return Confidence(value).label if value else _("not stated")


def _build_move_part(heading: str, moves: tuple[RatingMove, ...], format_value: object) -> PaperPart:
    assert callable(format_value)
    rows = tuple(
        (
            move.ref,
            move.printed_title,
            " → ".join(
                (
                    format_value(move.before),
                    *(f"{format_value(step.value)}, {format_long_date(step.on)}" for step in move.steps),
                )
            ),
        )
        for move in moves
    )
    return PaperPart(
        format_counted_heading(heading, len(rows)), (), (_("Ref"), _("Action"), _("Change")), rows, (2.8, 6.8, 6.8)
    )


def build_updates_part(changes: PlanChanges) -> PaperPart:
    """Build the part with all progress updates."""
    rows = tuple((update.ref, format_long_date(update.on), update.printed_text) for update in changes.updates)
    head = (_("Ref"), _("Date"), _("Update"))
    return PaperPart(format_counted_heading(_("Updates"), len(rows)), (), head, rows, (2.8, 3.6, 10.0))


def _build_silent_part(changes: PlanChanges, names: Mapping[str, str]) -> PaperPart:
    """Build the table of leads without an update, by printed name, with the references of their open actions."""

    def build_order(row: SilentLead) -> tuple[bool, str]:
        return row.lead is None, build_sort_key(names.get(row.lead or "", row.lead or ""))

    silent_leads = sorted(changes.no_update, key=build_order)
    number = sum(len(lead.actions) for lead in silent_leads)
    rows = tuple((row.lead or _("No lead"), str(len(row.actions)), ", ".join(row.actions)) for row in silent_leads)
    head = (_("Lead"), _("Count"), _("Actions"))
    none = _("All open actions have an update.") if changes.open else _("No open actions.")
    heading = format_counted_heading(_("No update on open actions"), number)
    return PaperPart(heading, (), head, rows, (6.6, 1.8, 8.0), none)
