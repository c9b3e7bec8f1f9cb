"""Drafts that a chair edited in LibreOffice come back: no word lost, nothing applied unasked, no deletion reversed."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from ahtc_tui.domain.documents.meeting_document import Cut
from ahtc_tui.domain.i18n import Language
from ahtc_tui.domain.imports.minutes import MinutesFileReport
from ahtc_tui.domain.imports.report import ImportOptions
from ahtc_tui.domain.text.normalization import normalize_text
from ahtc_tui.formats.received_documents.reader import read_document
from ahtc_tui.services.imports.minutes.service import MinutesRequest, import_minutes
from ahtc_tui.services.minutes.lifecycle import issue_minutes, write_issued_copy
from ahtc_tui.services.minutes.service import edit_paragraph
from ahtc_tui.services.workspace import Workspace
from tests.builders import make_line, make_minuted_meeting, query_rows
from tests.clients.libreoffice_edits import OfficeEdits, edit_documents
from tests.clients.programs import find_program

pytestmark = [pytest.mark.clients, pytest.mark.long]

BUDGET = "The costs were discussed at length. The group wants a full budget by the spring."
THANKS = "Members thanked the university for the room."
FORCES = "The data sets of three forces are complete, and the fourth one follows in the new year."
FIGURES = "No figures are published before the next meeting."
SEND = "Send the figures to the forces"
CUT = ", and the fourth one follows in the new year"


@dataclass(frozen=True)
class Draft:
    """What a chair does to the issue, the lines that change at once, and the number of questions."""

    name: str
    commands: tuple[tuple[str, ...], ...]
    changed: tuple[tuple[str, str], ...] = ()
    questions: int = 0
    is_bilingual: bool = False


TRACK = ("track", "on")
TABLE = ("add paragraph", "No figures are", "The police sent their table.")
DRAFTS = (
    Draft("opened and saved", ()),
    Draft("bold", (("bold", "Members thanked"),)),
    Draft("words, tracked", (TRACK, ("replace", "full budget", "costed plan")), ((BUDGET, "costed plan"),)),
    Draft("words, plain", (("replace", "full budget", "costed plan"),), ((BUDGET, "costed plan"),)),
    Draft("clause cut, tracked", (TRACK, ("replace", CUT, "")), ((FORCES, "forces are complete."),)),
    Draft("clause cut, plain", (("replace", CUT, ""),), ((FORCES, "forces are complete."),)),
    Draft("line removed, tracked", (TRACK, ("delete paragraph", "Members thanked")), questions=1),
    Draft("line removed, plain", (("delete paragraph", "Members thanked"),), questions=1),
    Draft("line moved, tracked", (TRACK, ("move paragraph", "Members thanked", "No figures are")), questions=1),
    Draft("line moved, plain", (("move paragraph", "Members thanked", "No figures are"),), questions=1),
    Draft("line split, tracked", (TRACK, ("split", "The group wants")), questions=1),
    Draft("line split, plain", (("split", "The group wants"),), questions=1),
    Draft("comment", (("comment", "No figures", "Is that still so?"),), questions=1),
    Draft("new line, tracked", (TRACK, TABLE), questions=1),
    Draft("new line, plain", (TABLE,), questions=1),
    Draft(
        "two editors in turn",
        (TRACK, ("author", "Chair"), ("replace", "full budget", "costed plan"), ("author", "Deputy"),
         ("replace", "for the room", "for the hall")),
        ((BUDGET, "costed plan"), (THANKS, "for the hall")),
    ),
    Draft(
        "Welsh half",
        (TRACK, ("replace", "am yr ystafell", "am ei hystafell")),
        ((THANKS, "am ei hystafell"),),
        is_bilingual=True,
    ),
    Draft(
        "words and a comment, tracked",
        (TRACK, ("replace", "at length", "briefly"), ("comment", "thanked", "Which one?")),
        ((BUDGET, "briefly"),),
        questions=1,
    ),
)  # fmt: skip


@pytest.fixture(scope="module")
def soffice() -> str:
    """LibreOffice, in which the drafts are edited."""
    return find_program("soffice", "apt-get install libreoffice-writer libreoffice-calc")


@pytest.fixture(scope="module")
def profile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder for the profile of LibreOffice and for the files."""
    return tmp_path_factory.mktemp("edits")


@pytest.fixture
def ref(wales: Workspace) -> str:
    """A meeting with lines in both languages, issued in English and in both."""
    ref = make_minuted_meeting(wales)
    for words, item in ((BUDGET, 1), (THANKS, 1), (FORCES, 2), (FIGURES, 2)):
        make_line(wales, ref, f"n: {words}", item)
    make_line(wales, ref, f"a: {SEND} @bawso due 31 jan 2014", 2)
    issue_minutes(wales, ref)
    edit_paragraph(wales, ref, "1.5", THANKS, "Diolchodd yr aelodau am yr ystafell.")
    issue_minutes(wales, ref, Cut.CIRCULATED, Language.BOTH)
    return ref


def edit_issue(workspace: Workspace, ref: str, draft: Draft, soffice: str, folder: Path, ending: str) -> Path:
    issue, target = workspace.root / "issue.docx", workspace.root / f"draft{ending}"
    language = Language.BOTH if draft.is_bilingual else Language.EN
    write_issued_copy(workspace, ref, 1, issue, force=True, language=language)
    edit_documents(soffice, issue, [OfficeEdits(target, draft.commands)], folder)
    return target


def bring_back(workspace: Workspace, path: Path) -> MinutesFileReport:
    (file,) = import_minutes(workspace, MinutesRequest(path, path.read_bytes()), ImportOptions()).files
    assert isinstance(file, MinutesFileReport)
    return file


def read_lines(workspace: Workspace) -> list[tuple[str, str]]:
    query = "SELECT text, COALESCE(text_cy, '') FROM minute_lines WHERE NOT deleted ORDER BY id"
    return [(str(text), str(welsh)) for text, welsh in query_rows(workspace, query)]


@pytest.mark.parametrize("ending", [".docx", ".odt"])
@pytest.mark.parametrize("draft", DRAFTS, ids=lambda draft: draft.name)
def test_an_edit_is_taken_or_asked_and_no_word_is_lost(
    wales: Workspace, ref: str, soffice: str, profile: Path, draft: Draft, ending: str
) -> None:
    before = read_lines(wales)
    path = edit_issue(wales, ref, draft, soffice, profile, ending)
    report = bring_back(wales, path)
    assert len(report.questions) == draft.questions
    after = read_lines(wales)
    changes = [(old, new) for old, new in zip(before, after, strict=True) if old != new]
    assert [old[0] for old, _new in changes] == [old for old, _new in draft.changed]
    assert all(words in " ".join(new) for (_old, new), (_line, words) in zip(changes, draft.changed, strict=True))
    record = " ".join(str(row) for row in (*after, *query_rows(wales, "SELECT title, due FROM actions")))
    asked = " ".join(str(question) for question in report.questions)
    issue = read_document(wales.root / "issue.docx").text
    missing = set(normalize_text(read_document(path).text).split()) - set(
        normalize_text(f"{record} {asked} {issue}").split()
    )
    assert not missing


@pytest.mark.parametrize("ending", [".docx", ".odt"])
def test_a_date_in_a_table_cell_changes_the_action(
    wales: Workspace, ref: str, soffice: str, profile: Path, ending: str
) -> None:
    commands = (TRACK, ("replace last", "31 January 2014", "28 February 2014"))
    bring_back(wales, edit_issue(wales, ref, Draft("cell", commands), soffice, profile, ending))
    assert query_rows(wales, "SELECT due FROM actions WHERE title LIKE 'Send the figures%'") == [("2014-02-28",)]


@pytest.mark.parametrize("ending", [".docx", ".odt"])
def test_the_editor_of_tracked_words_is_named(
    wales: Workspace, ref: str, soffice: str, profile: Path, ending: str
) -> None:
    (draft,) = [draft for draft in DRAFTS if draft.name == "two editors in turn"]
    report = bring_back(wales, edit_issue(wales, ref, draft, soffice, profile, ending))
    assert [change.author for change in report.changes] == ["Chair", "Deputy"]
