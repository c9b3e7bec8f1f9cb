"""Reads calendar files, and asks once for each time zone that a file leaves unclear."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from ahtc_tui.domain.dates.formatting import format_wall_time
from ahtc_tui.domain.errors import BadInput
from ahtc_tui.domain.i18n import _, ngettext
from ahtc_tui.domain.imports.meetings import CalendarFile, UnclearZone
from ahtc_tui.domain.imports.report import FileWarning, ImportOptions, Question
from ahtc_tui.domain.meetings.model import LONDON
from ahtc_tui.formats.ics.meetings import read_meetings
from ahtc_tui.formats.ics.zone_names import find_iana_name, find_named_zone, normalize_zone_name
from ahtc_tui.services.imports.file_plan import FilePlan, build_question_id

ReadCalendar = tuple[CalendarFile, tuple[Question, ...]]
"""A calendar file with the questions about its time zones."""
BY_DESCRIPTION = ""
"""Answer that the description of a zone in the file is right."""


def read_calendar_file(path: Path, options: ImportOptions, data: bytes | None = None) -> ReadCalendar:
    """Return a file, or `data` in its place, with the zones that are answered.

    Raises BadFile, and BadInput for an invalid answer.
    """
    zones: dict[str, str] = {}
    while True:
        file = read_meetings(path, zones, include_private=options.include_private, data=data)
        plan = FilePlan(path, file.read, options)
        decisions = {normalize_zone_name(zone.name): _decide_zone(plan, zone) for zone in file.unclear_zones}
        answers = {
            name: answer for name, answer in decisions.items() if answer is not None and zones.get(name) != answer
        }
        if not answers:
            return _add_warnings(file, plan), tuple(plan.questions)
        zones |= answers


def _decide_zone(plan: FilePlan, zone: UnclearZone) -> str | None:
    """Return the IANA name that a person gave, or BY_DESCRIPTION; None for an open question. Raises BadInput."""
    question = _build_question(zone)
    answer = plan.decide_question(question)
    if not answer:
        return None
    if answer in ("ours", "skip", "both"):
        count = ngettext("1 event is left out", "{n} events are left out", zone.events)
        reason = _('{count}: the time zone "{name}" is not clear').format(count=count, name=zone.name[:60])
        plan.add_warning(zone.position, reason)
        return None
    if answer == "theirs":
        return BY_DESCRIPTION if zone.described else LONDON
    named = find_named_zone(answer)
    iana_name = find_iana_name(named, 2013) if named else None
    if iana_name is None:
        sentence = _('The answer to {id} is "{answer}". Answer with a time zone, like Europe/Paris.')
        raise BadInput(sentence.format(id=question.id, answer=answer))
    return iana_name


def _build_question(zone: UnclearZone) -> Question:
    """Return the question about a zone: taken, it is the description in the file, or London."""
    name = zone.name[:60]
    count = ngettext("1 event waits", "{n} events wait", zone.events)
    if zone.described:
        sentence = _(
            'the file describes the time zone "{name}" differently from usual: {described} or {usual} in London;'
            " {count}. Answer theirs for the first, or with a time zone for the second"
        )
        described, usual = map(format_wall_time, zone.described)
        reason = sentence.format(name=name, described=described, usual=usual, count=count)
        proposed = None
    else:
        sentence = _(
            'the time zone "{name}" is not known; {count}. Answer theirs for London time, or with a time zone like'
            " Europe/Paris"
        )
        reason, proposed = sentence.format(name=name, count=count), LONDON
    identifier = build_question_id("zone", normalize_zone_name(zone.name), bool(zone.described))
    return Question(identifier, None, "tz", None, None, name, reason, zone.position, proposed=proposed)


def _add_warnings(file: CalendarFile, plan: FilePlan) -> CalendarFile:
    """Return a file with the warnings of the plan, and how to take private events if there is nothing else."""
    warnings = [*file.warnings, *plan.warnings]
    if file.private:
        sentence = ngettext(
            "1 private event is left out. To import it as OFFICIAL-SENSITIVE, add --private",
            "{n} private events are left out. To import them as OFFICIAL-SENSITIVE, add --private",
            file.private,
        )
        warnings.append(FileWarning("", sentence))
    return replace(file, warnings=tuple(warnings))
