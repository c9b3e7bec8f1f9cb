"""Every kind of export of one workspace, written once per run and language."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from ahtc_tui.cli.main import run
from tests.builders import edit_database_directly
from tests.conftest import Worlds

MEETING, NEXT = "LG-2013-01", "LG-2014-01"
RECORDS = (
    "meetings add Meeting --group LG --starts=2013-12-10_10:00 --minutes 60",
    "meetings add Meeting --group LG --starts=2014-03-11_10:00 --minutes 60",
    f"meetings agenda {MEETING} --add Welcome --standing",
    f"meetings agenda {MEETING} --add Matters_arising --minutes 10 --presenter AHTC",
    f"meetings agenda {MEETING} --add Training --section Part_two --minutes 60",
    f"meetings agenda {NEXT} --add Matters_arising",
    f"meetings attend {MEETING} Gwent_Police apologies",
    f"meetings attend {MEETING} Bawso absent",
    f"meetings attend {MEETING} AHTC present",
    f"meetings attend {MEETING} SPOC_Gwent online",
    f"meetings minute {MEETING} --item 1 The_group_heard_of_<b>two</b>_&_more_courses",
    f"meetings minute {MEETING} --item 3 d:_adopt_the_course",
    f"meetings minute {MEETING} --item 3 a:_agree_dates_@ahtc_due_end_jan",
    f"meetings minute {MEETING} --item 3 a:_find_a_room",
    "actions add Ask_for_prices --marking official-sensitive --due 2013-12-01 --lead AHTC",
    f"meetings state {MEETING} agreed",
    f"meetings amend {MEETING} 1.1 The_group_heard_of_three_courses --reason Recounted",
)
"""Commands that fill the workspace; a lower line stands for a space inside a word."""

ACCOUNT, DEVICE = "planted-account", "planted-device"
"""Names in the history that no file for other people may hold."""

CUTS = ("chair", "circulated", "published")
EXPORTS = {
    "actions": ("--all actions.xlsx", "--late late-official-sensitive.csv", "--all actions.json"),
    "returns": ("returns",),
    "invites": (f"--meeting {NEXT} invite.ics",),
    "chasers": ("chasers",),
    "deadlines": ("deadlines.ics",),
    "contacts": ("contacts.xlsx", "contacts.vcf"),
    "calendars": ("calendars",),
    "cards": ("cards",),
    "attendance": ("attendance.xlsx",),
    "transparency": ("--from 2013-01-01 --to 2013-12-31 transparency-official-sensitive.csv",),
    "plan": ("plan.xlsx",),
    "matrix": ("matrix.xlsx",),
    "evidence": ("evidence.xlsx",),
    "agenda": tuple(f"{ref} --cut {cut} agenda-{ref}-{cut}.docx" for ref in (MEETING, NEXT) for cut in CUTS),
    "minutes": tuple(f"{MEETING} --cut {cut} minutes-{cut}.{end}" for cut in CUTS for end in ("docx", "md")),
    "letters": (f"{NEXT} --to jeff-farrar letters",),
    "note": (f"{MEETING} note.docx",),
    "signin": tuple(f"{ref} signin-{ref}.docx" for ref in (MEETING, NEXT)),
    "nameplates": tuple(f"{ref} nameplates-{ref}.docx" for ref in (MEETING, NEXT)),
    "after": (f"{MEETING} after",),
    "pack": (f"{NEXT} pack",),
    "brief": ("leadership-group brief.docx",),
    "highlight": ("highlight.docx", "--from 2013-06-01 highlight-2013.docx", "highlight.pptx"),
    "handover": ("ahtc handover.docx",),
    "paper": ("celg-4-31-13 paper.docx",),
    "dashboard": ("dashboard.html",),
    "decisions": ("decisions.xlsx",),
    "foi": ("Bawso foi.zip",),
    "since": ("--from 2013-12-01 since.docx",),
    "everything": ("everything.zip",),
}
"""Arguments of each kind, the last of which is the file or folder."""

FURTHER_FORMATS = {
    "actions": ("actions.csv", "actions.json"),
    "contacts": ("contacts.csv", "contacts.vcf", "--vcard 4 contacts-4.vcf"),
    "dashboard": ("dashboard.htm",),
    "decisions": ("decisions.csv", "decisions.md"),
    "deadlines": ("--as-events days.ics",),
    "invites": ("--all meetings.ics", "--group LG --method request drafts"),
    "agenda": tuple(f"{MEETING} --cut {cut} agenda-{cut}.{ending}" for cut in CUTS for ending in ("html", "md", "txt")),
    "minutes": tuple(
        f"{MEETING} --cut {cut} minutes-{cut}.{ending}" for cut in CUTS for ending in ("txt", "html", "eml")
    ),
    "note": (f"{MEETING} note.md", f"{MEETING} note.html"),
    "signin": (f"{NEXT} signin.md", f"{NEXT} signin.html"),
    "brief": ("leadership-group brief.md", "leadership-group brief.html"),
    "highlight": ("highlight.md", "highlight.html"),
    "handover": ("ahtc handover.md", "ahtc handover.html"),
    "paper": ("celg-4-31-13 paper.md", "celg-4-31-13 --with-refs refs.md", "celg-4-31-13 paper.html"),
    "since": ("--from 2013-12-01 since.md", "--from 2013-12-01 since.html"),
}
"""Arguments of further formats."""

CONVERTED_FORMATS = {
    "actions": ("actions.ods",),
    "agenda": tuple(f"{MEETING} --cut {cut} agenda-{cut}.{ending}" for cut in CUTS for ending in ("odt", "pdf")),
    "minutes": tuple(f"{MEETING} --cut {cut} minutes-{cut}.{ending}" for cut in CUTS for ending in ("odt", "pdf")),
    "brief": ("leadership-group brief.odt", "leadership-group brief.pdf"),
    "letters": (f"{NEXT} --to jeff-farrar --format odt letters-odt",),
    "note": (f"{MEETING} note.odt", f"{MEETING} note.pdf"),
    "signin": (f"{NEXT} signin.odt", f"{NEXT} signin.pdf"),
    "nameplates": (f"{NEXT} nameplates.odt", f"{NEXT} nameplates.pdf"),
    "pack": (f"{NEXT} pack.pdf",),
    "highlight": ("highlight.odt", "highlight.pdf"),
    "handover": ("ahtc handover.odt", "ahtc handover.pdf"),
    "paper": ("celg-4-31-13 paper.odt", "celg-4-31-13 paper.pdf"),
    "since": ("--from 2013-12-01 since.odt", "--from 2013-12-01 since.pdf"),
}
"""Arguments of formats that LibreOffice writes."""

PUBLISHED = ((MEETING, "minutes"), (MEETING, "agenda"), (NEXT, "agenda"), (MEETING, "note"))
"""Documents of meetings that are written as published copies."""


def release_documents(desk: tuple[str, ...]) -> None:
    """Release what is written as a published copy, with every text kept."""
    answers = Path(desk[1]) / "keep.json"
    answers.write_text('{"*": "keep"}', encoding="utf-8")
    for ref, document in PUBLISHED:
        command = ("meetings", "publish", ref, "--document", document, "--answers", str(answers))
        assert run([*desk, *command]) == 0, command


Exports = Callable[[str, str], Path]


@pytest.fixture(scope="session")
def exports(world: Worlds, tmp_path_factory: pytest.TempPathFactory) -> Exports:
    """Return a function that returns the folder with all exports in a language and with a marking."""
    office = tmp_path_factory.mktemp("schema") / "office"
    shutil.copytree(world("wales"), office)
    desk = ("--workspace", str(office), "--as-at", "2013-12-31", "--quiet")
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("AHTC_USER", ACCOUNT)
        for record in RECORDS:
            assert run([*desk, *(word.replace("_", " ") for word in record.split())]) in (0, 1), record
    query = f"UPDATE setting SET value = '{DEVICE}' WHERE name = 'device'"
    edit_database_directly(office / "data" / "ahtc.db", query)
    assert run([*desk, "actions", "update", "DP-29", "Bawso asked for a date."]) == 0
    release_documents(desk)
    folders: dict[tuple[str, str], Path] = {}

    def write_exports(language: str, marking: str) -> Path:
        if (language, marking) not in folders:
            folders[language, marking] = folder = tmp_path_factory.mktemp(f"{language}-{marking}")
            for kind, variants in EXPORTS.items():
                for variant in variants:
                    *words, out = variant.split()
                    languages = () if kind == "everything" else ("--lang", language)
                    command = [*desk, *languages, "export", kind, *words, str(folder / out)]
                    is_refused = "published" in words and marking != "official"
                    codes = (6,) if is_refused else (0, 1)
                    assert run([*command, "--marking", marking, "--force"]) in codes, command
        return folders[language, marking]

    return write_exports
