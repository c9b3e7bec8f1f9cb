"""She types, or sends out, what looks as if it spoke of one person: she is told, and nothing is held up."""

from __future__ import annotations

import zipfile
from pathlib import Path, PurePath

import pytest

from ahtc_tui.cli.main import run
from ahtc_tui.domain.actions.saved_views import View
from ahtc_tui.domain.case_data.detector import heed_outgoing, heed_record, listening, looks_like_case_data
from ahtc_tui.domain.drafts.contacts import contact_draft
from ahtc_tui.domain.drafts.evidence import figure_draft
from ahtc_tui.domain.drafts.practice import adoption_draft
from ahtc_tui.domain.drafts.recommendations import answer_draft
from ahtc_tui.domain.imports.report import Take, Wishes
from ahtc_tui.formats.files.text_extraction import readable
from ahtc_tui.services.actions.saved_views import save_view
from ahtc_tui.services.actions.service import edit_action, show_action
from ahtc_tui.services.contacts.service import edit_contact
from ahtc_tui.services.evidence import practice, recommendations
from ahtc_tui.services.evidence import service as evidence
from ahtc_tui.services.imports.dispatch import ImportKind, Incoming, apply_import, plan_import
from ahtc_tui.services.minutes.service import add_line
from ahtc_tui.services.workspace import Workspace
from tests.builders import TODAY, a_draft, an_action, an_update, ask

CASE = "DOB 12/03/1999"


def test_whatever_is_typed_is_looked_at_wherever_it_goes_and_kept_all_the_same(busy: Workspace) -> None:
    meeting = ask(busy, "SELECT ref FROM meetings WHERE day = '2013-10-18'")[0][0]
    heard: list[str] = []
    with listening(heard.append):
        an_action(busy, f"Call back {CASE}")
        edit_action(busy, "DP-45", a_draft(detail=CASE))
        edit_action(busy, "DP-45", a_draft(due="spring 2014", reason=f"It waits for {CASE}"))
        an_update(busy, "DP-45", CASE)
        edit_contact(busy, "Bawso", contact_draft({"note": CASE}, TODAY))
        evidence.edit_figure(busy, "nrm-wales-2012", figure_draft({"caveat": CASE}, TODAY))
        practice.set_adoption(busy, "ht-marac", "Gwent", adoption_draft("planned", None, CASE, None, TODAY))
        recommendations.answer_recommendation(busy, "greta-2012", answer_draft(CASE))
        add_line(busy, meeting, f"n: Seen, {CASE}")
        save_view(busy, View(f"mine {CASE}", ""))
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


def test_welsh_is_looked_at_like_english_and_the_place_is_named(busy: Workspace) -> None:
    heard: list[str] = []
    with listening(heard.append):
        an_action(busy, "Siarad am y ferch, 17 oed, o Fietnam")
        an_action(busy, "Cyfarfod 12 Mawrth 2014 am bobl ifanc 16 i 24 oed")
    assert heard == [
        "This looks like a person in a case (actions, title): the desk keeps no case data, so take it out again."
    ]


def test_the_same_text_in_the_same_place_is_told_of_once(busy: Workspace) -> None:
    heard: list[str] = []
    with listening(heard.append):
        an_action(busy, "Call back")
        for text in (CASE, "nothing", CASE):
            edit_action(busy, "DP-45", a_draft(detail=text))
        assert len(heard) == 1
        heed_outgoing("log.csv", CASE)
        heed_outgoing("log.csv", CASE)
        heed_outgoing("other.csv", CASE)
    assert len(heard) == 3


def test_what_the_plan_of_an_import_named_is_not_told_again_when_it_is_written(busy: Workspace, tmp_path: Path) -> None:
    file = tmp_path / "log.csv"
    file.write_text("Ref,Action,Lead,Update\n,V1 moved to Swansea,Victim B,Mae NRM 4711 yn aros\n", encoding="utf-8")
    asked, heard = Incoming(ImportKind.ACTIONS, (file,)), list[str]()
    with listening(heard.append):
        (planned,) = plan_import(busy, asked)[1].files
        assert apply_import(busy, asked, Wishes(Take.ALL)).applied
        assert not heard
        an_action(busy, f"Call back {CASE}")
    assert [(one.cell, one.reason.split(":")[0]) for one in planned.warnings if "looks like" in one.reason] == [
        ("B2", "the text looks like a person in a case"),
        ("C2", "the text looks like a person in a case"),
        ("D2", "the text looks like an NRM number"),
    ]
    assert len(heard) == 1


def test_the_version_of_a_plan_is_no_person(busy: Workspace) -> None:
    heard: list[str] = []
    with listening(heard.append):
        heed_record("plans", {"version": "V2"})
        heed_record("plans", {"note": "V2 was moved"})
    assert len(heard) == 1


def test_nothing_in_the_wales_data_is_taken_for_a_case(wales: Workspace) -> None:
    with wales.database.read() as cursor:
        lines = cursor.execute("SELECT json_each.value FROM change, json_each(change.value)").fetchall()
    texts = {text for (text,) in lines if isinstance(text, str)}
    assert len(texts) > 500
    assert not [text for text in texts if looks_like_case_data(text)]


def a_zip(path: Path, **members: str) -> bytes:
    with zipfile.ZipFile(path, "w") as archive:
        for name, text in members.items():
            archive.writestr(name.replace("__", "/").replace("_", "."), text)
    return path.read_bytes()


def test_the_words_in_a_file_that_leaves_are_read_as_a_person_reads_them(tmp_path: Path) -> None:
    zipped = tmp_path / "any"
    word = a_zip(zipped, word__document_xml="<w:p><w:r>Date of </w:r><w:r>birth</w:r></w:p><w:p>A &amp; B</w:p>")
    assert list(readable(PurePath("a.docx"), word)) == ["Date of birth\nA & B\n"]
    word = a_zip(zipped, word__document_xml="<w:p>1.1<w:tab/>Suspect: J Smith<w:br/>B</w:p>")
    assert "".join(readable(PurePath("a.docx"), word)).split("\n") == ["1.1", "Suspect: J Smith", "B", ""]
    sheet = a_zip(zipped, xl__sheet_xml="<c><t>one</t></c><c><v>2</v></c>", xl__styles_xml="<x>no</x>")
    assert "".join(readable(PurePath("a.xlsx"), sheet)).split() == ["one", "2"]
    assert list(readable(PurePath("a.zip"), a_zip(zipped, a_json='"x"', b_bin="?"))) == ['"x"']
    assert list(readable(PurePath("a.ics"), b"SUMMARY:Date o\r\n f birth\\nB\\, C")) == ["SUMMARY:Date of birth\nB, C"]
    assert list(readable(PurePath("a.json"), b'{\n "a": "x\\nDOB"\n}')) == ['{\n "a": "x\nDOB"\n}']
    mail = b"Subject: =?utf-8?q?caf=C3=A9?=\nContent-Transfer-Encoding: quoted-printable\n\nD=4FB\n"
    assert [text.strip() for text in readable(PurePath("a.eml"), mail)] == ["café", "DOB"]
    invitation = b"Content-Type: text/calendar\n\nSUMMARY:Date o\n f birth\n"
    assert [text.strip() for text in readable(PurePath("a.eml"), invitation)] == ["", "SUMMARY:Date of birth"]
    assert list(readable(PurePath("a.eml"), b"\nDate\n of birth")) == ["", "Date\n of birth"]
    assert list(readable(PurePath("a.png"), b"DOB")) == list(readable(PurePath("a.docx"), b"DOB")) == []


@pytest.mark.parametrize("name", ["log.xlsx", "log.csv", "log.json"])
def test_an_export_that_holds_it_says_so_and_leaves_it_to_decide(
    wales: Workspace, tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    office, out = ["--workspace", str(wales.root)], str(tmp_path / name)
    assert run([*office, "export", "actions", out]) == 0
    assert run([*office, "actions", "update", "DP-07", CASE]) == 0
    assert "looks like a date of birth (updates, text)" in capsys.readouterr().err
    assert run([*office, "export", "actions", out, "--force"]) == 1
    said = capsys.readouterr()
    assert f"{name} holds what looks like a date of birth" in said.err
    assert said.out.strip() == out
    assert run([*office, "actions", "show", "DP-07"]) == 0


def test_the_words_are_shown_where_they_stand_in_a_long_line() -> None:
    heard: list[str] = []
    with listening(heard.append):
        heed_outgoing("log.csv", f"{'many words before ' * 20}{CASE} and behind {'more ' * 20}")
    assert heard[0].split('"')[1].startswith("…before many words before DOB 12/03/1999 and behind more")
