"""What the command line promises to other programs, as tables: keys, flags, exit codes, kinds of file."""

from __future__ import annotations

import json
from typing import Any

import pytest

from ahtc_tui.cli.main import run

Captured = pytest.CaptureFixture[str]

ACTION = (
    "ref title objective status brag confidence lead lead_kind support due due_text due_precision original_due slips"
    " days_left late review_on urgency source latest_update latest_update_on closed_on marking"
)
MEETING = "ref group title starts ends tz venue state uid sequence"
READS = {
    "today": "date late due_soon awaiting_review next_meetings chase",
    "search Bawso --limit 3": "kind ref title snippet",
    "history --limit 1": "at user label kind changes",
    "history DP-01": "",
    "paths": "workspace database backups exports",
    "doctor": "check ok detail",
    "check": "whole faults",
    "backup --list": "",
    "actions list": ACTION,
    "actions list --closed": ACTION,
    "actions list --lead AHTC --objective 1 --sort urgency --limit 1": ACTION,
    "actions list --due-before 2014-01-31 --sort due": ACTION,
    "actions list --group leadership-group --all --sort ref": "",
    "actions list training --all": ACTION,
    "actions show DP-07": ACTION,
    "actions show DP\N{EN DASH}07": ACTION,
    "actions why DP-07": "urgency terms",
    "plan show": "aims objectives total by_brag by_status",
    "meetings list": f"{MEETING} agenda attendance lines",
    "meetings show nrm-introduced": f"{MEETING} agenda attendance lines",
    "meetings carry nrm-introduced": "",
    "meetings close nrm-introduced": "",
    "groups list": "ref name kind state area chair seats open_actions next_meeting source",
    "groups show leadership-group": "ref name kind state",
    "groups seats": "ref group member holder role from_on to_on vacant source",
    "groups seats leadership-group --vacant": "",
    "groups seats --ending-within 90d": "",
    "groups attendance": "",
    "groups attendance leadership-group --from 2013-01-01 --to 2013-12-31": "",
    "contacts list": "ref kind name organisation email phone source",
    "contacts list --kind organisation": "ref kind name",
    "contacts list --kind post": "ref kind name holder",
    "contacts show bawso": "ref kind name",
    "contacts stale --over 90d": "",
    "contacts duplicates": "",
    "practice list": "ref title adoptions source",
    "practice matrix": "places rows",
    "evidence list": "ref title value unit period source",
    "evidence show nrm-wales-2012": "ref title value source",
    "recommendations list": "ref title document response source",
    "recommendations documents": "ref title published_on source",
    "recommendations show greta-2012": "ref title document",
    "decisions list": "ref decided_on body text reason",
    "commissions list": "ref title asked_by reference due sent_on questions paragraphs source",
    "commissions show celg-4-31-13": "ref title due marking questions stale",
    "commissions stale celg-4-31-13": "",
}
"""A read to the keys of its document, or of the first row where it is a list."""

FLAGS = {
    "actions list": "--open --closed --all --late --continuing --lead --group --objective --meeting --due-before --sort"
    " --limit --json",
    "actions add": "--lead --objective --due --meeting",
    "actions update": "--brag --status",
    "actions done": "--on",
    "meetings add": "--group --starts --ends --minutes --venue --link --repeat",
    "meetings agenda": "--add --presenter --minutes --section --standing",
    "meetings attend": "--for --items --reason",
    "meetings minute": "--item",
    "meetings close": "--yes",
    "meetings carry": "--to",
    "groups seats": "--vacant --ending-within",
    "groups seat": "--role --from --to --deputy",
    "groups attendance": "--from --to",
    "contacts add": "--kind --organisation --email --phone",
    "contacts appoint": "--from",
    "contacts engage": "",
    "contacts stale": "--over",
    "contacts duplicates": "--json",
    "contacts merge": "",
    "contacts erase": "--dry-run",
    "contacts subject-access": "",
    "practice set": "--on --evidence",
    "evidence add": "",
    "evidence edit": "",
    "recommendations answer": "",
    "init": "--reference",
    "demo": "--into --no-screen",
    "search": "--limit --json",
    "export actions": "--marking --force --late --all --lead",
    "export returns": "--marking --force",
    "export agenda": "--cut --marking --force",
    "export minutes": "--cut --marking --force",
    "export invites": "--meeting --group --all --method --marking --force",
    "export deadlines": "--as-events --late --all --lead --marking --force",
    "export contacts": "--vcard --kind --marking --force",
    "export plan": "--marking --force",
    "export matrix": "--marking --force",
    "export attendance": "--marking --force",
    "export brief": "--marking --force",
    "export handover": "--marking --force",
    "export paper": "--marking --force --without-refs",
    "export foi": "--marking --force --received",
    "export chasers": "--marking --force",
    "export everything": "--marking --force --json",
    "import everything": "--dry-run --json",
    "backup": "--list --force --json",
    "restore": "--yes --dry-run --json",
    "import actions": "--dry-run --take --answers --json",
    "import replies": "--dry-run --take --answers --json",
    "import contacts": "--dry-run --take --answers --json",
    "import meetings": "--dry-run --take --answers --json",
}

REFUSED = {
    "nosuch": 2,
    "--lang fr actions list": 2,
    "--as-at 31/12/2013 today": 2,
    "--as-at 20131231 today": 2,
    "--as-at= today": 2,
    "--as-at 9999-12-31 today": 2,
    "--as-at 0001-01-01 today": 2,
    "--workspace= actions list": 2,
    "actions list --open --closed": 2,
    "actions list --limit -5": 2,
    "actions list --limit=--": 2,
    "meetings occurrence -- nrm-introduced --": 2,
    "actions list --sort size": 2,
    "actions list --due-before soonish": 2,
    "actions list --lead nobody-of-that-name": 3,
    "actions show DP-99": 3,
    "actions why DP-99": 3,
    "actions edit DP-01 colour=red": 2,
    "actions edit DP-01 title": 2,
    "actions edit DP-01 title=": 2,
    "actions edit DP-01 due=9999-12-31": 2,
    "actions edit DP-01 status=finished": 2,
    "actions edit DP-12 blocked_by=DP-12": 6,
    "actions update DP-99 text": 3,
    "actions update DP-12 text --brag X": 2,
    "actions done DP-99": 3,
    "actions done DP-12 --on tomorrowish": 2,
    "actions reopen DP-07": 6,
    "meetings show nosuch": 3,
    "meetings add --starts soon --group leadership-group": 2,
    "meetings add X --starts 2013-12-10T10:00 --group nosuch": 3,
    "meetings agenda nrm-introduced --from-template --add X": 2,
    "meetings template leadership-group --add X --remove 1": 2,
    "meetings papers nrm-introduced --add X --published 1": 2,
    "meetings forward leadership-group --add X --remove 1": 2,
    "meetings attend nrm-introduced ahtc asleep": 2,
    "meetings edit nrm-introduced colour=red": 2,
    "groups show nosuch": 3,
    "groups seat nosuch bawso": 3,
    "groups seats --ending-within sometime": 2,
    "contacts show nosuch": 3,
    "contacts add X --kind animal": 2,
    "contacts appoint nobody-known ahtc --from 2014-01-01": 3,
    "contacts merge bawso nosuch": 3,
    "contacts merge bawso bawso": 6,
    "contacts erase nosuch --dry-run": 3,
    "contacts erase bawso --yes": 2,
    "contacts subject-access nosuch answer.zip": 3,
    "practice set nosuch Gwent adopted": 3,
    "practice set ht-marac Gwent maybe": 2,
    "evidence show nosuch": 3,
    "recommendations show nosuch": 3,
    "history DP-99": 3,
    "init": 6,
    "undo": 6,
    "redo": 6,
    "export actions log.exe": 2,
    "export actions nofolder/log.xlsx": 5,
    "export actions log.xlsx --marking secret": 2,
    "export invites x.ics": 2,
    "export invites x.ics --meeting nosuch": 3,
    "export deadlines x.txt": 2,
    "export deadlines x.ics --as-events": 6,
    "export agenda nosuch x.docx": 3,
    "export brief nosuch x.docx": 3,
    "export handover nosuch x.docx": 3,
    "export paper nosuch x.docx": 3,
    "export nosuch x": 2,
    "import actions": 2,
    "import actions nosuch.xlsx": 4,
    "import actions .": 4,
    "import contacts nosuch.vcf": 4,
    "import meetings nosuch.ics": 4,
    "import replies nosuch.ics": 4,
    "import nosuch x": 2,
    "export everything x.tar": 2,
    "export everything nofolder/x.zip": 5,
    "import everything nosuch.zip": 4,
    "import everything .": 4,
    "import everything one.zip two.zip": 2,
    "backup nofolder/x.db": 5,
    "backup .": 6,
    "backup x.db --list": 2,
    "restore": 2,
    "restore nosuch.db --yes": 4,
    "restore . --yes": 4,
}

NOT_YET = ("pack", "open-pack", "merge", "sync", "conflicts", "resolve", "passphrase")


KINDS = {
    "actions": ".xlsx .csv .json",
    "deadlines": ".ics",
    "contacts": ".vcf .csv .xlsx",
    "attendance": ".xlsx",
    "matrix": ".xlsx",
    "plan": ".xlsx",
    "brief leadership-group": ".docx .md",
    "handover ahtc": ".docx .md",
    "paper celg-4-31-13": ".docx .md",
    "agenda LG-2014-01": ".docx .md",
    "minutes LG-2014-01": ".docx .md",
    "invites --meeting=LG-2014-01": ".ics",
    "everything": ".zip",
}


def code(*words: str) -> int:
    """The exit code of a command, wrong usage included."""
    try:
        return run(list(words))
    except SystemExit as left:
        return int(left.code or 0)


def data_of(captured: Captured, *words: str) -> Any:
    """What a command prints as JSON."""
    assert code("--as-at", "2013-12-31", *words, "--json") in (0, 1)
    return json.loads(captured.readouterr().out)
