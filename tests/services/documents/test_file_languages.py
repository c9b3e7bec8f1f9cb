"""Files in Welsh or both languages: headings are translated, texts of users are not, files can be imported again."""

from __future__ import annotations

import ast
import csv
import json
import re
import sys
from argparse import _SubParsersAction
from gettext import NullTranslations
from pathlib import Path

import pytest

from ahtc_tui.cli.console.parser import CommandParser
from ahtc_tui.cli.exports import commands as export
from ahtc_tui.cli.main import run
from ahtc_tui.domain import i18n
from ahtc_tui.domain.actions.model import Brag, Status
from ahtc_tui.domain.dates.parser import read_date
from ahtc_tui.domain.drafts.meetings import build_meeting_draft
from ahtc_tui.domain.drafts.minutes import build_decision_draft
from ahtc_tui.domain.i18n import (
    BilingualTranslations,
    Language,
    _,
    get_current_language,
    load_translations,
    render_in_each_language,
    use_language,
)
from ahtc_tui.domain.returns.headings import resolve_heading
from ahtc_tui.domain.returns.statuses import parse_brag, parse_status
from ahtc_tui.formats.xlsx.return_workbook import return_columns
from ahtc_tui.services.meetings.decisions import add_decision, export_decisions
from ahtc_tui.services.meetings.service import add_meeting
from ahtc_tui.services.welsh import queue
from ahtc_tui.services.workspace import Workspace
from tests.builders import TODAY
from tests.services.documents.test_office_papers import read_word_text
from tests.shape.messages import list_translated
from tests.shape.tree import PACKAGE

KINDS = {
    "actions": "log.xlsx",
    "actions --late": "late.csv",
    "returns": "returns",
    "chasers --again": "chasers",
    "invites --meeting LG-2013-01": "invite.ics",
    "deadlines": "deadlines.ics",
    "calendars": "calendars",
    "cards": "cards",
    "contacts": "contacts.xlsx",
    "contacts --kind post": "posts.csv",
    "contacts --kind person": "people.vcf",
    "plan": "plan.xlsx",
    "matrix": "matrix.xlsx",
    "evidence": "evidence.xlsx",
    "attendance": "attendance.xlsx",
    "decisions": "decisions.md",
    "transparency --from 2013-01-01 --to 2013-11-30": "transparency.csv",
    "brief idmg": "brief.docx",
    "handover ahtc": "handover.md",
    "paper celg-4-31-13 --force": "paper.docx",
    "since": "since.docx",
    "dashboard": "dashboard.html",
    "highlight": "highlight.docx",
    "highlight --from 2013-11-01": "highlight.pptx",
    "note LG-2013-01": "note.docx",
    "signin LG-2014-01": "signin.docx",
    "nameplates LG-2014-01": "nameplates.docx",
    "letters LG-2014-01 --to jeff-farrar": "letters",
    "pack LG-2014-01 --force": "pack",
    "foi Bawso": "foi.zip",
}
NOT_IN_FILES = {
    "method", "meeting", "decision",
    "{day} Brief, {group}", "{day} Handover, {post}", "{day} Changes since {first}",
    "{day} Action return, {lead}", "group", "open", "commission",
    '"{title}" has no date, only "{when}".', "{ref} left out: {reason}",
    "the lead proposes it as complete, and the group closes it",
    "chased on {day}, so not again before {next} (use --again to chase now)",
}  # fmt: skip
"""Words of the journal, of names of files, and of messages."""


@pytest.fixture
def office(busy: Workspace) -> Workspace:
    for starts in ("2013-11-05 10:00", "2014-01-21 10:00"):
        add_meeting(busy, build_meeting_draft({"group": "leadership-group", "starts": starts}, TODAY))
    add_decision(busy, build_decision_draft({"text": "Adopt the plan", "text_cy": "Mabwysiadu'r cynllun"}, TODAY))
    return busy


def export_file(office: Workspace, language: str, kind: str, out: str) -> Path:
    """Write a file of a kind with the command."""
    name, *more = kind.split()
    subject = [more.pop(0)] if more and not more[0].startswith("-") else []
    target = office.root / out
    flags = ["--workspace", str(office.root), "--as-at", "2013-12-31", "--lang", language]
    assert run([*flags, "export", name, *subject, str(target), *more]) in (0, 1)
    return target


class UntranslatedRecorder(NullTranslations):
    """Welsh translations that record each untranslated message of a file, without those of the command line."""

    def __init__(self) -> None:
        super().__init__()
        self.untranslated: set[str] = set()
        self._welsh = load_translations(Language.CY)
        self._translated = list_translated()

    def gettext(self, message: str) -> str:
        self._record(message)
        return self._welsh.gettext(message)

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        self._record(msgid1)
        return self._welsh.ngettext(msgid1, msgid2, n)

    def _record(self, message: str) -> None:
        frame = sys._getframe(2)
        while frame.f_back and frame.f_globals["__name__"] == i18n.__name__:
            frame = frame.f_back
        of_file = not frame.f_globals["__name__"].startswith("ahtc_tui.cli.")
        if of_file and message not in self._translated | NOT_IN_FILES:
            self.untranslated.add(message)

    def pgettext(self, context: str, message: str) -> str:
        return self._welsh.pgettext(context, message)


@pytest.mark.sample(10)
@pytest.mark.parametrize("language", [pytest.param("cy", marks=pytest.mark.long), "both"])
@pytest.mark.parametrize("kind", KINDS)
def test_every_file_is_fully_translated(
    office: Workspace, language: str, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    recorder = UntranslatedRecorder()
    by_language = {
        Language.EN: NullTranslations(),
        Language.CY: recorder,
        Language.BOTH: BilingualTranslations(recorder),
    }
    monkeypatch.setattr(i18n, "load_translations", by_language.__getitem__)
    assert export_file(office, language, kind, KINDS[kind]).exists()
    assert recorder.untranslated == set()


@pytest.mark.sample(4)
@pytest.mark.parametrize("path", sorted(PACKAGE.glob("formats/xlsx/[!_]*.py")), ids=lambda path: path.name)
def test_every_text_of_a_workbook_has_a_translation(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    error_nodes = {id(part) for error in ast.walk(tree) if isinstance(error, ast.Raise) for part in ast.walk(error)}
    texts = {
        call.args[0].value
        for call in ast.walk(tree)
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id == "_"
        if isinstance(call.args[0], ast.Constant) and id(call) not in error_nodes
    }
    assert texts <= list_translated()


def test_every_text_of_the_dashboard_has_a_translation() -> None:
    page = (PACKAGE / "formats" / "templates" / "dashboard_body.html").read_text(encoding="utf-8")
    texts = set(re.findall(r"_\('([^']*)'\)", page))
    assert len(texts) > 60
    assert texts <= list_translated()


@pytest.mark.long
@pytest.mark.parametrize("language", ["cy", "both"])
def test_welsh_return_is_imported_without_changes(
    office: Workspace, language: str, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = export_file(office, language, "returns", "returns")
    books = sorted(str(path) for path in folder.glob("*.xlsx"))
    log = str(export_file(office, language, "actions", "log.csv"))
    assert len(books) > 5
    capsys.readouterr()
    for files in (books, [log]):
        flags = ["--workspace", str(office.root), "--as-at", "2013-12-31"]
        assert run([*flags, "import", "actions", *files, "--dry-run", "--json"]) == 0
        reports = json.loads(capsys.readouterr().out)
        for report in reports if isinstance(reports, list) else [reports]:
            assert (report["added"], report["changed"], report["questions"], report["warnings"]) == ([], [], [], [])
            assert report["unchanged"] > 0


@pytest.mark.parametrize("language", list(Language))
def test_every_choice_of_a_return_is_read_back(language: Language) -> None:
    with use_language(language):
        assert [parse_status(status.label) for status in Status] == list(Status)
        assert [parse_brag(brag.option_label) for brag in Brag] == list(Brag)
        fields = [resolve_heading(heading) for heading in return_columns()]
        march = f"{_('March')} 2014"
    english = [resolve_heading(heading) for heading in return_columns()]
    assert fields == english
    assert read_date(march, TODAY).iso == "2014-03"


def test_welsh_log_translates_headings_and_states_and_marks_english_titles(office: Workspace) -> None:
    path = export_file(office, "cy", "actions", "log.csv")
    rows = list(csv.DictReader(path.read_text(encoding="utf-8-sig").splitlines()))
    first = next(row for row in rows if row["Cyf"] == "DP-45")
    assert (first["Cam gweithredu"], first["Statws"], first["Sgôr"]) == (
        "[Saesneg] Brief the four SPOCs",
        "Wedi'i gynllunio",
        "A Ambr",
    )
    both = export_file(office, "both", "actions", "both.csv").read_text(encoding="utf-8-sig")
    assert both.startswith("Cyf | Ref,Ffynhonnell | Source,")
    assert "Wedi'i gynllunio | Planned" in both


@pytest.mark.long
def test_bilingual_paper_has_welsh_first_then_english(office: Workspace) -> None:
    paper_text = read_word_text(export_file(office, "both", "handover ahtc", "h.docx"))
    english_alone = read_word_text(export_file(office, "en", "handover ahtc", "e.docx"))
    welsh, english = paper_text.index("Trosglwyddo: "), paper_text.index("Handover: ")
    assert welsh < english
    assert paper_text.count("DP-33") == 2 * english_alone.count("DP-33") > 0
    text = export_file(office, "both", "since", "s.md").read_text(encoding="utf-8")
    assert text.startswith("**SWYDDOGOL**\n")
    assert "5 Tachwedd 2013" in text.split("**OFFICIAL**")[0]
    assert "5 November 2013" in text.split("**OFFICIAL**")[1]


def test_welsh_text_is_tagged_as_welsh_and_marked_text_as_english(office: Workspace) -> None:
    import docx
    from docx.oxml.ns import qn

    queue.translate_text(office, "DP-33", "title", "")
    queue.translate_text(office, "DP-34", "title", "Cynrychioli Cymru ar fyrddau'r DU")
    page = docx.Document(str(export_file(office, "cy", "handover ahtc", "h.docx")))
    tagged = {}
    for run_ in page.element.body.iter(qn("w:r")):
        text = "".join(node.text or "" for node in run_.iter(qn("w:t")))
        language = run_.find(f"{qn('w:rPr')}/{qn('w:lang')}")
        tagged[text] = None if language is None else language.get(qn("w:val"))
    assert tagged["Deiliad: "] == tagged["Cam gweithredu"] == "cy-GB"
    assert tagged["[Saesneg] Attend the Inter-Departmental Ministerial Group with the Minister"] == "en-GB"
    assert tagged["Cynrychioli Cymru ar fyrddau'r DU"] == "cy-GB"
    due = {text: tag for text, tag in tagged.items() if text.endswith(": ") or "Saesneg" in text}
    assert due["Adolygu: "] == "cy-GB", "a run with both languages is split at the mark"
    assert {tag for text, tag in due.items() if "Saesneg" in text} == {"en-GB"}
    assert page.core_properties.language == "cy-GB"


def test_organisations_and_decisions_are_exported_in_welsh(office: Workspace) -> None:
    page = export_file(office, "cy", "dashboard", "d.html").read_text(encoding="utf-8")
    assert '<html lang="cy">' in page
    assert "Heddlu Gwent" in page
    assert "SWYDDOGOL" in page
    text = export_file(office, "cy", "decisions", "d.md").read_text(encoding="utf-8")
    assert "Mabwysiadu'r cynllun" in text
    assert "Adopt the plan" not in text
    with use_language(Language.BOTH):
        export_decisions(office, office.root / "b.csv")
    assert "Mabwysiadu'r cynllun\nAdopt the plan" in (office.root / "b.csv").read_text(encoding="utf-8-sig")


def test_minutes_carry_the_marking_in_their_language(office: Workspace) -> None:
    for language, markings in (("en", ["OFFICIAL"]), ("cy", ["SWYDDOGOL"]), ("both", ["SWYDDOGOL", "OFFICIAL"])):
        text = export_file(office, language, "agenda LG-2014-01", f"a-{language}.md").read_text(encoding="utf-8")
        assert re.findall(r"(?m)^\*\*([A-Z /]+)\*\*$", text) == [each for each in markings for _end in range(2)]


@pytest.mark.sample(2)
@pytest.mark.parametrize("kind", ["agenda LG-2014-01", "handover ahtc"])
def test_each_half_of_a_bilingual_word_file_has_its_own_header_and_footer(office: Workspace, kind: str) -> None:
    import docx

    page = docx.Document(str(export_file(office, "both", kind, "both.docx")))
    welsh, english = page.sections
    for part in ("header", "footer"):
        texts = ["\n".join(line.text for line in getattr(half, part).paragraphs) for half in (welsh, english)]
        assert "SWYDDOGOL" in texts[0]
        assert "OFFICIAL" not in texts[0]
        assert "OFFICIAL" in texts[1]
        assert "SWYDDOGOL" not in texts[1]
    assert ["Tudalen" in welsh.footer.paragraphs[1].text, "Page" in english.footer.paragraphs[1].text] == [True, True]
    assert " | " in page.core_properties.title


def test_every_kind_of_export_is_covered() -> None:
    parser = CommandParser()
    export.register(parser, "export")
    kinds = next(action for action in parser._actions if isinstance(action, _SubParsersAction)).choices
    with_words_of_a_meeting, for_programs = {"agenda", "minutes", "after"}, {"everything"}
    assert set(kinds) == {kind.split()[0] for kind in KINDS} | with_words_of_a_meeting | for_programs


def test_bilingual_letter_is_two_letters() -> None:
    with use_language(Language.BOTH):
        text = render_in_each_language(lambda: f"{_('Dear colleague,')}\n{_('With thanks')}")
        assert get_current_language() is Language.BOTH
    assert text == "Annwyl gydweithiwr,\nGyda diolch\n\n* * *\n\nDear colleague,\nWith thanks"
    assert get_current_language() is Language.EN


def test_language_context_ends_with_its_block() -> None:
    with use_language(Language.CY):
        assert _("Status") == "Statws"
        with use_language(Language.EN):
            assert _("Status") == "Status"
        assert _("Status") == "Statws"
    assert _("Status") == "Status"
