"""Every kind of file in Welsh or in both languages: its own words are said, those of people stay, all is read back."""

from __future__ import annotations

import ast
import csv
import re
import string
from collections.abc import Callable
from pathlib import Path

import pytest

from ahtc_tui.cli.main import run
from ahtc_tui.domain.actions.model import Brag, Status
from ahtc_tui.domain.dates.parser import read_date
from ahtc_tui.domain.documents.meeting_document import Language
from ahtc_tui.domain.drafts.decisions import decision_draft
from ahtc_tui.domain.drafts.meetings import meeting_draft
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.returns.readers import brag_of, field_of, status_of
from ahtc_tui.domain.welsh import file_language
from ahtc_tui.domain.welsh.file_language import ALL_WELSH, in_turn, language_now, said_in
from ahtc_tui.formats.xlsx.action_log_rows import brag_label
from ahtc_tui.formats.xlsx.return_workbook import headings
from ahtc_tui.services.meetings.decisions import add_decision, export_decisions
from ahtc_tui.services.meetings.service import add_meeting
from ahtc_tui.services.workspace import Workspace
from tests.builders import TODAY
from tests.services.documents.test_office_papers import words_of
from tests.shape.tree import PACKAGE

KINDS = {
    "actions": "log.xlsx",
    "actions --late": "late.csv",
    "returns": "returns",
    "chasers --again": "chasers",
    "invites --meeting LG-2013-01": "invite.ics",
    "deadlines": "deadlines.ics",
    "contacts": "contacts.xlsx",
    "contacts --kind post": "posts.csv",
    "contacts --kind person": "people.vcf",
    "plan": "plan.xlsx",
    "matrix": "matrix.xlsx",
    "evidence": "evidence.xlsx",
    "attendance": "attendance.xlsx",
    "decisions": "decisions.md",
    "brief idmg": "brief.docx",
    "handover ahtc": "handover.md",
    "paper celg-4-31-13": "paper.docx",
    "since": "since.docx",
    "dashboard": "dashboard.html",
    "pack LG-2014-01": "pack",
}
NOT_IN_FILES = {
    "method", "meeting", "decision", "invite", "chase", "chase {refs}", "send returns", "send returns: {names}",
    "brief-{group}", "handover-{post}", "since-{day}", "group", "open", "commission",
    '"{title}" has no day, only "{when}".', "{ref} left out: {reason}",
    "its lead proposes it as complete: the group closes it",
    "chased on {day}, so not again before {next} (--again does)",
}  # fmt: skip
"""Words of the journal, of names of files, and of messages."""


@pytest.fixture
def office(busy: Workspace) -> Workspace:
    for starts in ("2013-11-05 10:00", "2014-01-21 10:00"):
        add_meeting(busy, meeting_draft({"group": "leadership-group", "starts": starts}, TODAY))
    add_decision(busy, decision_draft({"text": "Adopt the plan", "text_cy": "Mabwysiadu'r cynllun"}, TODAY))
    return busy


def export(office: Workspace, language: str, kind: str, out: str) -> Path:
    """The file of a kind as the command writes it."""
    name, *more = kind.split()
    subject = [more.pop(0)] if more and not more[0].startswith("-") else []
    target = office.root / out
    flags = ["--workspace", str(office.root), "--as-at", "2013-12-31", "--lang", language]
    assert run([*flags, "export", name, *subject, str(target), *more]) in (0, 1)
    return target


@pytest.mark.parametrize("language", ["cy", "both"])
@pytest.mark.parametrize("kind", KINDS)
def test_no_word_of_ours_stays_english(
    office: Workspace, language: str, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    english: set[str] = set()

    def listening(say: Callable[[str], str]) -> Callable[[str], str]:
        def heard(text: str) -> str:
            if text not in ALL_WELSH and text not in NOT_IN_FILES:
                english.add(text)
            return say(text)

        return heard

    for name in ("in_welsh", "in_both"):
        monkeypatch.setattr(file_language, name, listening(getattr(file_language, name)))
    assert export(office, language, kind, KINDS[kind]).exists()
    assert english == set()


def test_every_welsh_word_has_the_same_places_for_names_and_numbers() -> None:
    def places(text: str) -> list[str]:
        return sorted(name for _text, name, _spec, _how in string.Formatter().parse(text) if name)

    assert [english for english, welsh in ALL_WELSH.items() if places(english) != places(welsh)] == []


@pytest.mark.parametrize("path", sorted(PACKAGE.glob("formats/xlsx/[!_]*.py")), ids=lambda path: path.name)
def test_no_workbook_has_a_word_without_welsh(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    told = {id(part) for error in ast.walk(tree) if isinstance(error, ast.Raise) for part in ast.walk(error)}
    said = {
        call.args[0].value
        for call in ast.walk(tree)
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id == "_"
        if isinstance(call.args[0], ast.Constant) and id(call) not in told
    }
    assert said <= set(ALL_WELSH)


def test_no_page_for_a_browser_has_a_word_without_welsh() -> None:
    page = (PACKAGE / "formats" / "templates" / "dashboard_body.html").read_text(encoding="utf-8")
    said = set(re.findall(r"_\('([^']*)'\)", page))
    assert len(said) > 70
    assert said <= set(ALL_WELSH)


@pytest.mark.parametrize("language", ["cy", "both"])
def test_a_return_in_welsh_comes_back_without_a_change(
    office: Workspace, language: str, capsys: pytest.CaptureFixture[str]
) -> None:
    import json

    folder = export(office, language, "returns", "returns")
    books = sorted(str(path) for path in folder.glob("*.xlsx"))
    log = str(export(office, language, "actions", "log.csv"))
    assert len(books) > 5
    capsys.readouterr()
    for files in (books, [log]):
        flags = ["--workspace", str(office.root), "--as-at", "2013-12-31"]
        assert run([*flags, "import", "actions", *files, "--dry-run", "--json"]) == 0
        found = json.loads(capsys.readouterr().out)
        for report in found if isinstance(found, list) else [found]:
            assert (report["added"], report["changed"], report["questions"], report["warnings"]) == ([], [], [], [])
            assert report["unchanged"] > 0


@pytest.mark.parametrize("language", list(Language))
def test_every_choice_of_a_return_is_read_back_as_what_it_says(language: Language) -> None:
    with said_in(language):
        assert [status_of(status.label) for status in Status] == list(Status)
        assert [brag_of(brag_label(brag)) for brag in Brag] == list(Brag)
        fields = [field_of(heading) for heading in headings()]
        march = f"{_('March')} 2014"
    english = [field_of(heading) for heading in headings()]
    assert fields == english
    assert read_date(march, TODAY).iso == "2014-03"


def test_a_log_in_welsh_has_its_headings_and_states_and_the_words_of_people(office: Workspace) -> None:
    path = export(office, "cy", "actions", "log.csv")
    rows = list(csv.DictReader(path.read_text(encoding="utf-8-sig").splitlines()))
    first = next(row for row in rows if row["Cyf"] == "DP-45")
    assert (first["Cam gweithredu"], first["Statws"], first["BRAG"]) == (
        "Brief the four SPOCs",
        "Wedi'i gynllunio",
        "A Ambr",
    )
    both = export(office, "both", "actions", "both.csv").read_text(encoding="utf-8-sig")
    assert both.startswith("Cyf / Ref,Ffynhonnell / Source,")
    assert "Wedi'i gynllunio / Planned" in both


def test_a_paper_in_both_languages_is_whole_twice_welsh_first(office: Workspace) -> None:
    said = words_of(export(office, "both", "handover ahtc", "h.docx"))
    english_alone = words_of(export(office, "en", "handover ahtc", "e.docx"))
    welsh, english = said.index("Trosglwyddo: "), said.index("Hand-over: ")
    assert welsh < english
    assert said.count("DP-33") == 2 * english_alone.count("DP-33") > 0
    text = export(office, "both", "since", "s.md").read_text(encoding="utf-8")
    assert text.startswith("**SWYDDOGOL**\n")
    assert "5 Tachwedd 2013" in text.split("**OFFICIAL**")[0]
    assert "5 November 2013" in text.split("**OFFICIAL**")[1]


def test_only_our_own_words_are_tagged_as_welsh(office: Workspace) -> None:
    import docx
    from docx.oxml.ns import qn

    page = docx.Document(str(export(office, "cy", "handover ahtc", "h.docx")))
    tagged = {}
    for run_ in page.element.body.iter(qn("w:r")):
        text = "".join(node.text or "" for node in run_.iter(qn("w:t")))
        language = run_.find(f"{qn('w:rPr')}/{qn('w:lang')}")
        tagged[text] = None if language is None else language.get(qn("w:val"))
    assert tagged["Deiliad: "] == tagged["Cam gweithredu"] == "cy-GB"
    assert tagged["Attend the Inter-Departmental Ministerial Group with the Minister"] is None
    assert page.core_properties.language == "cy-GB"


def test_bodies_have_their_welsh_names_and_decisions_their_welsh_words(office: Workspace) -> None:
    said = export(office, "cy", "dashboard", "d.html").read_text(encoding="utf-8")
    assert '<html lang="cy">' in said
    assert "Heddlu Gwent" in said
    assert "SWYDDOGOL" in said
    text = export(office, "cy", "decisions", "d.md").read_text(encoding="utf-8")
    assert "Mabwysiadu'r cynllun" in text
    assert "Adopt the plan" not in text
    with said_in(Language.BOTH):
        export_decisions(office, office.root / "b.csv")
    assert "Mabwysiadu'r cynllun / Adopt the plan" in (office.root / "b.csv").read_text(encoding="utf-8-sig")


def test_minutes_carry_the_marking_in_their_language(office: Workspace) -> None:
    for language, marking in (("en", "OFFICIAL"), ("cy", "SWYDDOGOL"), ("both", "SWYDDOGOL / OFFICIAL")):
        text = export(office, language, "agenda LG-2014-01", f"a-{language}.md").read_text(encoding="utf-8")
        assert text.startswith(f"**{marking}**\n")


@pytest.mark.parametrize(("kind", "out"), [("foi Bawso", "f.zip")])
def test_what_is_in_the_words_of_its_records_alone_is_refused_in_another_language(
    office: Workspace, capsys: pytest.CaptureFixture[str], kind: str, out: str
) -> None:
    for language in ("cy", "both"):
        flags = ["--workspace", str(office.root), "--lang", language]
        assert run([*flags, "export", *kind.split(), str(office.root / out)]) == 6
        assert "leave out --lang" in capsys.readouterr().err
        assert not (office.root / out).exists()


def test_no_kind_of_file_is_forgotten() -> None:
    from argparse import ArgumentParser, _SubParsersAction

    from ahtc_tui.cli.exports import commands as export

    parser = ArgumentParser()
    export.build(parser, "export")
    kinds = next(action for action in parser._actions if isinstance(action, _SubParsersAction)).choices
    refused, with_words_of_a_meeting, for_programs = {"foi"}, {"agenda", "minutes", "after"}, {"everything"}
    assert set(kinds) == {kind.split()[0] for kind in KINDS} | refused | with_words_of_a_meeting | for_programs


def test_a_letter_in_both_languages_is_two_letters() -> None:
    with said_in(Language.BOTH):
        said = in_turn(lambda: f"{_('Dear colleague,')}\n{_('With thanks')}")
        assert language_now() is Language.BOTH
    assert said == "Annwyl gydweithiwr,\nGyda diolch\n\n* * *\n\nDear colleague,\nWith thanks"
    assert language_now() is Language.EN


def test_what_is_said_inside_ends_with_the_file() -> None:
    with said_in(Language.CY):
        assert _("Status") == "Statws"
        with said_in(Language.EN):
            assert _("Status") == "Status"
        assert _("Status") == "Statws"
    assert _("Status") == "Status"
