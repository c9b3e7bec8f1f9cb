"""Each answer to each kind of question has the effect that its text promises, and any other answer is refused."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import pytest

from ahtc_tui.domain.errors import BadInput
from ahtc_tui.domain.imports.report import FileReport, ImportOptions
from ahtc_tui.services.actions.service import show_action
from ahtc_tui.services.imports.dispatch import ImportRequest, detect_kind, plan_import
from ahtc_tui.services.workspace import Workspace
from tests.services.imports.foreign_calendars.model import build_calendar, build_event
from tests.services.imports.foreign_calendars.scoring import add_known_meetings

TITLE = "{DP-17}"
"""Place of the title of an action in a file."""
RING = "Ring the harbour about the rota"
REFUSED = "refused"


class Asked(NamedTuple):
    """A file with one question about a field, and the effect of each answer."""

    field: str
    name: str
    lines: tuple[str, ...]
    effects: dict[str, set[str]]
    """Changes as "REF field=value" and additions as "+title field=value", by answer; {REFUSED} for an error."""


NOTHING: set[str] = set()
_LATER = ("DTSTART:20140121T100000Z", "DTEND:20140121T120000Z")
_GUEST = "ATTENDEE;CN=Bawso:mailto:bawso@example.org"


def _log(field: str, headings: str, row: str, effects: dict[str, set[str]], *rows: str) -> Asked:
    return Asked(field, "log.csv", (headings, row, *rows), effects)


def _change(field: str, value: str) -> set[str]:
    return {f"DP-17 {field}={value}"}


ACTIONS = [
    _log(
        "due",
        "Ref,Action,Due",
        f"DP-17,{TITLE},01/06/2014",
        {
            "theirs": _change("due", "2014-06-01"),
            "ours": NOTHING,
            "3 July 2014": _change("due", "2014-07-03"),
            "01/01/1900": {REFUSED},
        },
    ),
    _log(
        "due_text",
        "Ref,Action,Due",
        f"DP-17,{TITLE},ASAP",
        {
            "theirs": _change("due_text", "ASAP"),
            "ours": NOTHING,
            "2014-07-03": _change("due", "2014-07-03"),
        },
    ),
    _log(
        "lead",
        "Ref,Action,Lead",
        "DP-38,{DP-38},Bawso",
        {
            "theirs": {"DP-38 lead=Bawso"},
            "ours": NOTHING,
            "Gwent Police": {"DP-38 lead=Gwent Police"},
            "Nobody Here": {REFUSED},
        },
    ),
    _log(
        "leads",
        "Ref,Action,Lead",
        "DP-38,{DP-38},AHTC / Bawso",
        {
            "theirs": {"DP-38 support=Bawso"},
            "ours": NOTHING,
            "Bawso": {"DP-38 lead=Bawso"},
            "Nobody Here": {REFUSED},
        },
    ),
    _log(
        "lead_text",
        "Ref,Action,Lead",
        f"DP-17,{TITLE},tbc",
        {
            "theirs": {REFUSED},
            "ours": NOTHING,
            "Bawso": _change("lead", "Bawso"),
            "Nobody Here": {REFUSED},
        },
    ),
    _log(
        "title",
        "Ref,Action,Update",
        f"DP-17,{RING},",
        {"theirs": _change("title", RING), "ours": NOTHING, "A title": _change("title", "A title")},
    ),
    _log(
        "support",
        "Ref,Action,Support",
        f"DP-17,{TITLE},Bawso",
        {
            "theirs": _change("support", "Bawso"),
            "ours": NOTHING,
            "Gwent Police": _change("support", "Gwent Police"),
            "Nobody Here": {REFUSED},
        },
    ),
    _log(
        "objective",
        "Ref,Action,Objective",
        f"DP-17,{TITLE},5",
        {
            "theirs": _change("objective", "5"),
            "ours": NOTHING,
            "3": _change("objective", "3"),
            "99": {REFUSED},
        },
    ),
    _log(
        "status",
        "Ref,Action,Status",
        f"DP-17,{TITLE},Complete?",
        {
            "theirs": _change("status", "proposed_complete"),
            "ours": NOTHING,
            "on_hold": _change("status", "on_hold"),
            "whatever": {REFUSED},
        },
    ),
    _log(
        "brag",
        "Ref,Action,Status",
        f"DP-17,{TITLE},slipped",
        {
            "theirs": _change("brag", "A"),
            "ours": NOTHING,
            "R": _change("brag", "R"),
            "pink": {REFUSED},
        },
    ),
    _log(
        "progress",
        "Ref,Action,Update",
        f"DP-17,{TITLE},as above",
        {
            "theirs": _change("progress", "as above"),
            "ours": NOTHING,
            "Two meetings": _change("progress", "Two meetings"),
        },
    ),
    _log(
        "new_action",
        "Ref,Action,Status",
        f"DP-17,{TITLE},",
        {
            "theirs": {f"+{RING}"},
            "ours": NOTHING,
            "DP-18": {"DP-18 status=on_hold"},
            "ZZ-1": {REFUSED},
        },
        f",{RING},On hold",
    ),
    _log(
        "lead",
        "Ref,Action,Lead",
        f"F-1,{RING},Zyx Wvu Unit",
        {
            "theirs": {f"+{RING} lead=Zyx Wvu Unit"},
            "ours": {f"+{RING}"},
            "Bawso": {f"+{RING} lead=Bawso"},
            "Nobody Here": {REFUSED},
        },
    ),
    _log(
        "objective",
        "Ref,Action,Objective",
        f"F-1,{RING},Harbours",
        {
            "theirs": {f"+{RING} objective=8"},
            "ours": {f"+{RING}"},
            "5": {f"+{RING} objective=5"},
            "99": {REFUSED},
        },
    ),
    _log(
        "month_first",
        "Ref,Action,Lead,Due",
        f"F-1,{RING},AHTC,03/04/2014",
        {
            "theirs": {f"+{RING} due=2014-03-04", "+Book a room due=2014-02-13"},
            "ours": {f"+{RING} due=2014-04-03", "+Book a room due=02/13/2014"},
            "2014-05-05": {REFUSED},
        },
        "F-2,Book a room,AHTC,02/13/2014",
    ),
    _log(
        "column",
        "Zyx of it,Who,By when",
        f"{RING},Bawso,31/01/2014",
        {
            "theirs": {f"+{RING} due=2014-01-31"},
            "ours": NOTHING,
            "Another": {REFUSED},
        },
    ),
    _log(
        "sheet",
        "Code,Description",
        "1,The north of the region",
        {
            "theirs": {"+The north of the region", "+The south of the region"},
            "ours": NOTHING,
            "yes please": {REFUSED},
        },
        "2,The south of the region",
    ),
]

CONTACTS = [
    Asked(
        "organisation",
        "people.csv",
        ("Name,Organisation", "An Officer,Bawsoo"),
        {
            "theirs": {"+Bawsoo", "+An Officer organisation=Bawsoo"},
            "ours": {"+An Officer organisation=Bawso"},
            "Gwent Police": {"+An Officer organisation=Gwent Police"},
            "Nobody Here": {REFUSED},
        },
    ),
]

MEETINGS = [
    Asked(
        "starts",
        "a.ics",
        tuple(build_calendar("COUNTER", build_event(_GUEST, *_LATER)).splitlines()),
        {
            "theirs": {"{ref} starts=2014-01-21T10:00:00"},
            "ours": NOTHING,
            "noon": {REFUSED},
        },
    ),
    Asked(
        "venue",
        "a.ics",
        tuple(
            build_calendar(
                "COUNTER",
                build_event(_GUEST, "DTSTART:20140114T100000Z", "DTEND:20140114T120000Z", "LOCATION:County Hall"),
            ).splitlines()
        ),
        {
            "theirs": {"{ref} venue=County Hall"},
            "ours": NOTHING,
            "Newport": {"{ref} venue=Newport"},
        },
    ),
    Asked(
        "refresh",
        "a.ics",
        tuple(build_calendar("REFRESH", build_event(_GUEST)).splitlines()),
        {
            "theirs": {REFUSED},
            "ours": NOTHING,
            "noon": {REFUSED},
        },
    ),
    Asked(
        "tz",
        "a.ics",
        tuple(
            build_calendar(
                "", build_event("DTSTART;TZID=Office hours:20140701T090000", "SUMMARY:Visit", uid="v")
            ).splitlines()
        ),
        {
            "theirs": {"+Visit starts=2014-07-01T09:00:00"},
            "ours": NOTHING,
            "Europe/Paris": {"+Visit starts=2014-07-01T08:00:00"},
            "Nowhere": {REFUSED},
        },
    ),
    Asked(
        "invited",
        "a.ics",
        tuple(
            build_calendar(
                "REQUEST",
                build_event(_GUEST, "DTSTART:20140114T100000Z", "DTEND:20140114T120000Z", "LOCATION:Cathays Park"),
            ).splitlines()
        ),
        {
            "theirs": {"{ref} invited=Bawso <bawso@example.org>"},
            "ours": NOTHING,
            "somebody": {REFUSED},
        },
    ),
]
CASES = [(asked, answer) for asked in (*ACTIONS, *CONTACTS, *MEETINGS) for answer in asked.effects]


@pytest.mark.sample(4)
@pytest.mark.parametrize(("asked", "answer"), CASES, ids=lambda each: each.field if isinstance(each, Asked) else each)
def test_an_answer_does_what_it_says(wales: Workspace, tmp_path: Path, asked: Asked, answer: str) -> None:
    uids = add_known_meetings(wales) if asked in MEETINGS else {}
    titles = {ref: show_action(wales, ref).row.title for ref in ("DP-17", "DP-38")}
    path = tmp_path / asked.name
    text = "\n".join(asked.lines)
    for place, value in (*titles.items(), *uids.items()):
        text = text.replace(f"{{{place}}}", value if place in uids else f'"{value}"')
    path.write_text(text + "\n", encoding="utf-8")
    request = ImportRequest(detect_kind(path), (path,))
    (report,) = plan_import(wales, request)[1].files
    (question,) = [question for question in report.questions if question.field == asked.field]
    options = ImportOptions(answers={question.id: answer})
    effects = {effect.format(ref=question.ref) for effect in asked.effects[answer]}
    if effects == {REFUSED}:
        with pytest.raises(BadInput):
            plan_import(wales, request, options)
        return
    (answered,) = plan_import(wales, request, options)[1].files
    assert question.id not in {open_question.id for open_question in answered.questions}
    results = _list_effects(answered)
    missing = {effect for effect in effects if not any(result.startswith(effect) for result in results)}
    assert missing == set(), results
    assert len(results) == len(_list_effects(report)) or effects, results
    if not effects:
        assert results == _list_effects(report)


def _list_effects(report: FileReport) -> list[str]:
    """Return the changes and additions of a report; an addition once for each of its values."""
    changes = [f"{change.ref} {change.field}={change.now}" for change in report.changed]
    added = [
        f"+{record.values.get('title') or record.values.get('name')} {name}={value}"
        for record in report.added
        for name, value in record.values.items()
    ]
    return changes + added
