"""Values typed in Welsh on the command line, whatever the language of the interface."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest

from ahtc_tui.cli.console.context import Context
from ahtc_tui.domain.i18n import Language
from tests.cli.promises import Captured, read_json, run_command

LANGUAGES = ("en", "cy")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("status", "expected"),
    [
        ("Ar waith", "in_progress"),
        ("ar y gweill", "in_progress"),
        ("wedi'i gynllunio", "planned"),
        ("Wedi'i oedi", "on_hold"),
        ("Wedi oedi", "on_hold"),
        ("parhaus", "continuing"),
        ("On hold", "on_hold"),
    ],
)
def test_a_status_and_a_rating_are_written_in_welsh(
    office: Path, capsys: Captured, language: str, status: str, expected: str
) -> None:
    flags = ("--lang", language)
    assert run_command(*flags, "actions", "add", "Brief the SPOCs", "--status", status, "--brag", "Coch") == 0
    ref = capsys.readouterr().out.split()[0]
    assert run_command(*flags, "actions", "edit", ref, "priority=uchel", "due=diwedd Mawrth 2014") == 0
    capsys.readouterr()
    card: dict[str, Any] = read_json(capsys, "actions", "show", ref)
    assert (card["status"], card["brag"], card["priority"]) == (expected, "R", "high")
    assert (card["due"], card["due_text"]) == ("2014-03", "diwedd Mawrth 2014")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("welsh", "english"),
    [
        ("actions list --sort brys", "actions list --sort urgency"),
        ("actions list yw:hwyr", "actions list is:late"),
        ("contacts list --kind sefydliad", "contacts list --kind organisation"),
        ("plan counts --by arweinydd", "plan counts --by lead"),
        ("practice gaps sio-training --kind heddluoedd", "practice gaps sio-training --kind forces"),
    ],
)
def test_a_choice_is_understood_in_welsh(
    office: Path, capsys: Captured, language: str, welsh: str, english: str
) -> None:
    outputs = []
    for line in (welsh, english):
        assert run_command("--lang", language, *line.split()) == 0
        outputs.append(capsys.readouterr().out)
    assert outputs[0] == outputs[1] != ""


def test_a_choice_that_is_none_is_refused(office: Path, capsys: Captured) -> None:
    assert run_command("contacts", "list", "--kind", "sefydlad") == 2
    assert run_command("actions", "add", "Brief the SPOCs", "--brag", "pinc") == 2
    assert "pinc" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("command", "choices"),
    [
        ("export invites meetings.ics --all --method zzz", "cyhoeddi, cais, canslo"),
        ("import actions log.csv --take zzz", "pob-un, clir, dim"),
        ("merge office.ahtc --take zzz", "clir, ein-gwerth-ni, eu-gwerth-nhw"),
        ("groups add Forum --kind zzz", "fforwm"),
        ("practice gaps sio-training --kind zzz", "heddluoedd, fforymau, awdurdodau, eraill"),
    ],
)
def test_an_error_lists_the_choices_in_the_language_of_the_interface(
    office: Path, capsys: Captured, command: str, choices: str
) -> None:
    assert run_command("--lang", "cy", *command.split()) == 2
    assert choices in capsys.readouterr().err
    assert run_command("--lang", "en", *command.split()) == 2
    assert choices not in capsys.readouterr().err


def test_an_invitation_is_written_for_a_method_in_welsh(office: Path, capsys: Captured) -> None:
    assert run_command("meetings", "add", "Fforwm", "--group", "LG", "--starts", "2014-03-11 10:00") == 0
    ref = capsys.readouterr().out.split()[0]
    assert run_command("export", "invites", "invite.ics", "--meeting", ref, "--method", "cais") in (0, 1)
    assert "METHOD:REQUEST" in Path("invite.ics").read_text(encoding="utf-8")


def test_lists_name_groups_and_organisations_in_welsh_by_the_welsh_alphabet(office: Path, capsys: Captured) -> None:
    assert run_command("--lang", "cy", "groups", "list") == 0
    printed = capsys.readouterr().out
    assert "Grŵp Arwain Atal Masnachu mewn Pobl" in printed
    assert "Fforwm Atal Masnachu mewn Pobl Bae'r Gorllewin" in printed
    assert run_command("--lang", "cy", "contacts", "list", "--kind", "organisation") == 0
    printed = capsys.readouterr().out
    places = [printed.index(name) for name in ("Cyngor Sir Powys", "Cymdeithas Llywodraeth Leol Cymru", "Dinas a Sir")]
    assert places == sorted(places)
    assert "Powys County Council" not in printed
    assert run_command("--lang", "cy", "contacts", "show", "gwent-police") == 0
    assert "Heddlu Gwent" in capsys.readouterr().out.splitlines()[0]


def test_data_for_other_programs_have_one_name_in_both_languages(office: Path, capsys: Captured) -> None:
    lists = [
        read_json(capsys, "--lang", language, "contacts", "list", "--kind", "organisation") for language in LANGUAGES
    ]
    assert {row["ref"]: row["name"] for row in lists[0]} == {row["ref"]: row["name"] for row in lists[1]}


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("answer", "code"), [("ie", 0), ("Ydw", 0), ("y", 0), ("na", 1), ("Nac ydw", 1), ("n", 1), ("", 1)]
)
def test_a_question_takes_answers_in_both_languages(
    office: Path, monkeypatch: pytest.MonkeyPatch, answer: str, code: int
) -> None:
    monkeypatch.setattr("sys.stdin", Terminal(f"{answer}\n"))
    assert Context(str(office), None, False, Language.EN).confirm("Remove it?", yes=False) is (code == 0)
