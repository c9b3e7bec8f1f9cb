"""Text that looks like case data gives a warning when it is typed or sent, and is accepted."""

from __future__ import annotations

import zipfile
from pathlib import Path, PurePath

import pytest

from ahtc_tui.cli.main import run
from ahtc_tui.domain.actions.filters import ActionFilter
from ahtc_tui.domain.actions.saved_views import SavedView
from ahtc_tui.domain.case_data.detector import find_case_data
from ahtc_tui.domain.case_data.reporter import CaseDataReporter, check_export, check_record, report_case_data_to
from ahtc_tui.domain.drafts.contacts import build_contact_draft
from ahtc_tui.domain.drafts.evidence import build_adoption_draft, build_answer_draft, build_figure_draft
from ahtc_tui.domain.imports.report import ImportOptions, TakeMode
from ahtc_tui.formats.files import text_extraction
from ahtc_tui.formats.files.text_extraction import extract_text
from ahtc_tui.services.actions.saved_views import save_view
from ahtc_tui.services.actions.service import edit_action, show_action
from ahtc_tui.services.contacts.service import edit_contact
from ahtc_tui.services.evidence import practice, recommendations
from ahtc_tui.services.evidence import service as evidence
from ahtc_tui.services.exports.action_log import export_actions
from ahtc_tui.services.imports.dispatch import ImportKind, ImportRequest, apply_import, plan_import
from ahtc_tui.services.workspace import Workspace
from tests.builders import TODAY, make_action, make_action_draft, make_line, make_update, query_rows

CASE = "DOB 12/03/1999"


def test_case_data_is_reported_in_every_text_field_and_kept(busy: Workspace) -> None:
    meeting = query_rows(busy, "SELECT ref FROM meetings WHERE day = '2013-10-18'")[0][0]
    heard: list[str] = []
    with report_case_data_to(CaseDataReporter(heard.append)):
        make_action(busy, f"Call back {CASE}")
        edit_action(busy, "DP-45", make_action_draft(detail=CASE))
        edit_action(busy, "DP-45", make_action_draft(due="spring 2014", reason=f"It waits for {CASE}"))
        make_update(busy, "DP-45", CASE)
        edit_contact(busy, "Bawso", build_contact_draft({"note": CASE}, TODAY))
        evidence.edit_figure(busy, "nrm-wales-2012", build_figure_draft({"caveat": CASE}, TODAY))
        practice.set_adoption(busy, "ht-marac", "Gwent", build_adoption_draft("planned", None, CASE, None, TODAY))
        recommendations.answer_recommendation(busy, "greta-2012", build_answer_draft(CASE))
        make_line(busy, meeting, f"n: Seen, {CASE}")
        save_view(busy, SavedView(f"mine {CASE}", ""))
    assert [sentence.split("(")[1].split(")")[0] for sentence in heard] == [
        "actions, title",
        "actions, detail",
        "slips, reason",
        "updates, text",
        "parties, note",
        "figures, caveat",
        "adoptions, evidence",
        "recommendations, response",
        "minute lines, text",
        "views, name",
    ]
    assert all("a date of birth" in sentence and CASE not in sentence for sentence in heard)
    assert show_action(busy, "DP-45").detail == CASE


def test_welsh_text_is_checked_and_its_field_is_named(busy: Workspace) -> None:
    heard: list[str] = []
    with report_case_data_to(CaseDataReporter(heard.append)):
        make_action(busy, "Siarad am y ferch, 17 oed, o Fietnam")
        make_action(busy, "Cyfarfod 12 Mawrth 2014 am bobl ifanc 16 i 24 oed")
    assert heard == [
        "This looks like a person in a case (actions, title). Remove it, because case data must not be kept here."
    ]


def test_same_text_in_the_same_field_is_reported_once(busy: Workspace) -> None:
    heard: list[str] = []
    with report_case_data_to(CaseDataReporter(heard.append)):
        make_action(busy, "Call back")
        for text in (CASE, "nothing", CASE):
            edit_action(busy, "DP-45", make_action_draft(detail=text))
        assert len(heard) == 1
        check_export("log.csv", CASE)
        check_export("log.csv", CASE)
        check_export("other.csv", CASE)
    assert len(heard) == 3


def test_warnings_of_an_import_plan_are_not_repeated_on_write(busy: Workspace, tmp_path: Path) -> None:
    file = tmp_path / "log.csv"
    file.write_text("Ref,Action,Lead,Update\n,V1 moved to Swansea,Victim B,Mae NRM 4711 yn aros\n", encoding="utf-8")
    incoming, heard = ImportRequest(ImportKind.ACTIONS, (file,)), list[str]()
    with report_case_data_to(CaseDataReporter(heard.append)):
        (planned,) = plan_import(busy, incoming)[1].files
        assert apply_import(busy, incoming, ImportOptions(TakeMode.ALL)).applied
        assert not heard
        make_action(busy, f"Call back {CASE}")
    assert [
        (warning.cell, warning.reason.split(". ")[0]) for warning in planned.warnings if "looks like" in warning.reason
    ] == [
        ("B2", "the text looks like a person in a case"),
        ("C2", "the text looks like a person in a case"),
        ("D2", "the text looks like an NRM number"),
    ]
    assert len(heard) == 1


@pytest.mark.parametrize("ending", ["xlsx", "csv", "json"])
def test_cells_of_a_row_are_not_read_as_one_sentence(busy: Workspace, tmp_path: Path, ending: str) -> None:
    heard: list[str] = []
    with report_case_data_to(CaseDataReporter(heard.append)):
        make_action(busy, "Brief the fora", lead="SPOC Gwent", due="2014-01-31")
        make_action(busy, "28 Feb", lead="Gwent Police", due="2014-02-28", evidence="Police")
        export_actions(busy, tmp_path / f"log.{ending}", ActionFilter())
        assert not heard
        make_action(busy, "Police reference number: 62 130041")
        export_actions(busy, tmp_path / f"again.{ending}", ActionFilter())
    assert len(heard) == 2


def test_version_of_a_plan_is_not_reported(busy: Workspace) -> None:
    heard: list[str] = []
    with report_case_data_to(CaseDataReporter(heard.append)):
        check_record("plans", {"version": "V2"})
        check_record("plans", {"note": "V2 was moved"})
    assert len(heard) == 1


def test_reference_data_has_no_case_data(wales: Workspace) -> None:
    with wales.database.read() as cursor:
        lines = cursor.execute("SELECT json_each.value FROM change, json_each(change.value)").fetchall()
    texts = {text for (text,) in lines if isinstance(text, str)}
    assert len(texts) > 500
    assert not [text for text in texts if find_case_data(text)]


def write_zip(path: Path, **members: str) -> bytes:
    with zipfile.ZipFile(path, "w") as archive:
        for name, text in members.items():
            archive.writestr(name.replace("__", "/").replace("_", "."), text)
    return path.read_bytes()


def test_text_of_exported_files_is_extracted_as_readers_see_it(tmp_path: Path) -> None:
    zipped = tmp_path / "any"
    word = write_zip(zipped, word__document_xml="<w:p><w:r>Date of </w:r><w:r>birth</w:r></w:p><w:p>A &amp; B</w:p>")
    assert list(extract_text(PurePath("a.docx"), word)) == ["Date of birth\nA & B\n"]
    word = write_zip(zipped, word__document_xml="<w:p>1.1<w:tab/>Suspect: J Smith<w:br/>B</w:p>")
    assert "".join(extract_text(PurePath("a.docx"), word)).split("\n") == ["1.1", "Suspect: J Smith", "B", ""]
    odf = write_zip(zipped, content_xml="<text:h>Date of</text:h><text:p>b<text:span>irth</text:span></text:p>")
    assert list(extract_text(PurePath("a.odt"), odf)) == ["Date of\nbirth\n"]
    sheet = write_zip(zipped, xl__sheet_xml="<c><t>one</t></c><c><v>2</v></c>", xl__styles_xml="<x>no</x>")
    assert "".join(extract_text(PurePath("a.xlsx"), sheet)).split() == ["one", "2"]
    assert list(extract_text(PurePath("a.zip"), write_zip(zipped, a_json='"x"', b_bin="?"))) == ["x"]
    assert list(extract_text(PurePath("a.ics"), b"SUMMARY:Date o\r\n f birth\\nB\\, C")) == [
        "SUMMARY:Date of birth\nB, C"
    ]
    assert list(extract_text(PurePath("a.json"), b'{\n "a": "x\\nDOB", "n": 12}')) == ["a\nx\nDOB\nn\n12"]
    assert list(extract_text(PurePath("a.csv"), b'A,"B, C"\nPolice,123\n')) == ["A\nB, C\nPolice\n123"]
    assert list(extract_text(PurePath("a.md"), b"A | B\n| Police | 123 |\n")) == ["A | B\n\n Police \n 123 \n\n"]
    mail = b"Subject: =?utf-8?q?caf=C3=A9?=\nContent-Transfer-Encoding: quoted-printable\n\nD=4FB\n"
    assert [text.strip() for text in extract_text(PurePath("a.eml"), mail)] == ["café", "DOB"]
    invitation = b"Content-Type: text/calendar\n\nSUMMARY:Date o\n f birth\n"
    assert [text.strip() for text in extract_text(PurePath("a.eml"), invitation)] == ["", "SUMMARY:Date of birth"]
    assert list(extract_text(PurePath("a.eml"), b"\nDate\n of birth")) == ["", "Date\n of birth"]
    assert list(extract_text(PurePath("a.png"), b"DOB")) == list(extract_text(PurePath("a.docx"), b"DOB")) == []


@pytest.mark.parametrize("size", [1, 7, 64])
def test_a_file_read_in_parts_has_the_same_texts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, size: int) -> None:
    sheet = write_zip(tmp_path / "any", xl__sheet_xml="<c><t>Date of birth</t></c><c><v>2</v></c>" * 3)
    document = b'[{"title": "Say \\"yes\\"", "n": 1234}, {"title": "Date of birth", "n": 2}]'
    files = {"a.xlsx": sheet, "a.json": document, "a.csv": b'A,"Date of\nbirth"\nPolice,123\n'}
    whole = {name: sorted("\n".join(extract_text(PurePath(name), data)).split()) for name, data in files.items()}
    monkeypatch.setattr(text_extraction, "BLOCK_BYTES", size)
    parts = {name: sorted("\n".join(extract_text(PurePath(name), data)).split()) for name, data in files.items()}
    assert {name: set(words) for name, words in parts.items()} == {name: set(words) for name, words in whole.items()}
    assert set(whole["a.json"]) == {"title", "Say", '"yes"', "n", "1234", "Date", "of", "birth", "2"}


@pytest.mark.parametrize("name", ["log.xlsx", "log.csv", "log.json"])
def test_export_with_case_data_is_written_and_reported(
    wales: Workspace, tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    office, out = ["--workspace", str(wales.root)], str(tmp_path / name)
    assert run([*office, "export", "actions", out]) == 0
    assert run([*office, "actions", "update", "DP-07", CASE]) == 0
    assert "looks like a date of birth (updates, text)" in capsys.readouterr().err
    assert run([*office, "export", "actions", out, "--force"]) == 1
    output = capsys.readouterr()
    assert f"{name} contains what looks like a date of birth" in output.err
    assert output.out.strip() == out
    assert run([*office, "actions", "show", "DP-07"]) == 0


@pytest.mark.parametrize("key", ["01a21ea8-590a-74aa-b6b1-a61246721107", "01a21ea8590a74aab6b1a61246721107"])
def test_the_key_of_a_record_in_a_file_is_not_case_data(key: str) -> None:
    heard: list[str] = []
    with report_case_data_to(CaseDataReporter(heard.append)):
        check_export("contacts.vcf", f"UID:urn:uuid:{key}\nUID:{key}@ahtc.invalid")
    assert heard == []


def test_match_in_a_long_line_is_shown_with_its_context() -> None:
    heard: list[str] = []
    with report_case_data_to(CaseDataReporter(heard.append)):
        check_export("log.csv", f"{'many words before ' * 20}{CASE} and behind {'more ' * 20}")
    assert heard[0].split('"')[1].startswith("…before many words before DOB 12/03/1999 and behind more")
