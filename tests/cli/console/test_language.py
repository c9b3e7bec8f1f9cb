"""Which language commands speak: --lang, AHTC_LANG, `language` in ahtc.toml, the locale, English."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from ahtc_tui.cli.console.context import Context
from ahtc_tui.cli.main import run
from ahtc_tui.domain.i18n import Language, use_language
from ahtc_tui.services.settings.language import choose_language, find_locale_language
from ahtc_tui.services.settings.writer import set_text_value, write_language
from ahtc_tui.services.workspace import SETTINGS, Workspace, read_settings

SOURCES = ("flag", "AHTC_LANG", "setting", "LANG")


@pytest.fixture(autouse=True)
def neutral_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Remove every variable that names a language, and the default workspace."""
    for name in ("AHTC_LANG", "LC_ALL", "LC_MESSAGES", "LANG", "AHTC_WORKSPACE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))


@pytest.mark.parametrize("deciding", range(len(SOURCES) + 1), ids=[*SOURCES, "none"])
@pytest.mark.parametrize("language", [Language.EN, Language.CY])
def test_first_source_that_is_set_decides(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, deciding: int, language: Language
) -> None:
    other = Language.CY if language is Language.EN else Language.EN
    values = {name: "" if n < deciding else (language if n == deciding else other) for n, name in enumerate(SOURCES)}
    for name in ("AHTC_LANG", "LANG"):
        monkeypatch.setenv(name, values[name] and (f"{values[name]}_GB.UTF-8" if name == "LANG" else values[name]))
    if values["setting"]:
        (tmp_path / SETTINGS).write_text(f'language = "{values["setting"]}"\n', encoding="utf-8")
    expected = language if deciding < len(SOURCES) else Language.EN
    assert choose_language(values["flag"] or None, str(tmp_path)) is expected


@pytest.mark.parametrize("language", [Language.EN, Language.CY])
def test_both_languages_of_a_file_leave_the_interface_in_the_language_of_the_person(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, language: Language
) -> None:
    monkeypatch.setenv("AHTC_LANG", language)
    assert choose_language("both", str(tmp_path)) is language


@pytest.mark.parametrize(
    ("environment", "language"),
    [
        ({"LANG": "cy_GB.UTF-8"}, Language.CY),
        ({"LANG": "cy"}, Language.CY),
        ({"LANG": "cym_GB"}, Language.EN),
        ({"LANG": "en_GB.UTF-8", "LC_MESSAGES": "cy_GB"}, Language.CY),
        ({"LANG": "cy_GB", "LC_ALL": "C.UTF-8"}, Language.EN),
        ({"LANG": "cy_GB", "LC_ALL": ""}, Language.CY),
        ({}, Language.EN),
    ],
)
def test_locale_is_welsh_where_the_first_variable_that_is_set_is_welsh(
    environment: dict[str, str], language: Language
) -> None:
    assert find_locale_language(environment) is language


def test_unknown_language_of_the_environment_is_wrong_usage(
    wales: Workspace, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("AHTC_LANG", "fr")
    assert run(["--workspace", str(wales.root), "today"]) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err == 'ahtc: AHTC_LANG is "fr". Set it to en for English or cy for Welsh.\n'
    assert run(["--workspace", str(wales.root), "--lang", "en", "today"]) == 0


def test_unknown_language_of_the_flag_is_wrong_usage(
    wales: Workspace, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["--workspace", str(wales.root), "--lang", "fr", "today"]) == 2
    assert "--lang" in capsys.readouterr().err
    monkeypatch.setenv("AHTC_LANG", "cy")
    assert run(["--workspace", str(wales.root), "--lang", "fr", "today"]) == 2
    assert "nid yw" in capsys.readouterr().err


def test_unknown_language_of_the_settings_is_reported_and_passed_over(
    wales: Workspace, capsys: pytest.CaptureFixture[str]
) -> None:
    (wales.root / SETTINGS).write_text('theme = "ahtc"\nlanguage = "fr"\n', encoding="utf-8")
    assert run(["--workspace", str(wales.root), "today"]) == 0
    fault = f'{wales.root / SETTINGS}, line 2: language must be language = "en" or language = "cy".'
    assert capsys.readouterr().err == f"ahtc: {fault} The default applies until then.\n"
    assert run(["--workspace", str(wales.root), "doctor"]) == 1
    assert fault in capsys.readouterr().out


def test_settings_choose_the_language_of_messages_and_of_files(
    wales: Workspace, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (wales.root / SETTINGS).write_text('language = "cy"\n', encoding="utf-8")
    desk = ["--workspace", str(wales.root)]
    assert run([*desk, "actions", "show", "XX-1"]) == 3
    assert capsys.readouterr().err.startswith("ahtc: Nid oes")
    assert run([*desk, "export", "actions", str(tmp_path / "log.csv")]) == 0
    assert "Cyf,Ffynhonnell" in (tmp_path / "log.csv").read_text(encoding="utf-8-sig")
    assert run([*desk, "--lang", "en", "export", "actions", str(tmp_path / "log-en.csv")]) == 0
    assert "Ref,Source" in (tmp_path / "log-en.csv").read_text(encoding="utf-8-sig")


@pytest.mark.parametrize(
    ("language", "heading"),
    [("en", "\nRecord,"), ("cy", "\nCofnod,"), ("both", "\nCofnod | Record,")],
)
def test_an_archive_of_a_request_has_the_language_of_the_flag(
    wales: Workspace, tmp_path: Path, language: str, heading: str
) -> None:
    path = tmp_path / "foi.zip"
    assert run(["--workspace", str(wales.root), "--lang", language, "export", "foi", "Leadership", str(path)]) == 1
    with zipfile.ZipFile(path) as archive:
        assert heading in archive.read("actions.csv").decode("utf-8-sig")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", 'language = "cy"\n'),
        ("# ours\ntheme = 'nord'\n", "language = \"cy\"\n# ours\ntheme = 'nord'\n"),
        ('language = "en"  # as agreed\n', 'language = "cy"  # as agreed\n'),
        ("theme = 'nord'\n\"language\"='en'\r\n", 'theme = \'nord\'\n"language"="cy"\r\n'),
        ("language = 7 # x\n", 'language = "cy" # x\n'),
        ('[keymap]\nlanguage = "x"\n', 'language = "cy"\n[keymap]\nlanguage = "x"\n'),
        ('# language = "en"\n', 'language = "cy"\n# language = "en"\n'),
    ],
)
def test_writing_the_language_leaves_every_other_line(before: str, after: str) -> None:
    assert set_text_value(before, "language", "cy") == after


def test_language_is_not_written_over_one_that_is_set_unless_asked(tmp_path: Path) -> None:
    write_language(tmp_path, Language.CY)
    write_language(tmp_path, Language.EN, replace=False)
    assert read_settings(tmp_path).language is Language.CY
    write_language(tmp_path, Language.EN)
    assert read_settings(tmp_path).language is Language.EN


@pytest.mark.parametrize("language", [Language.EN, Language.CY])
@pytest.mark.parametrize(
    ("answer", "is_confirmed"),
    [("y", True), ("yes", True), ("i", True), ("IE", True), ("n", False), ("na", False), ("no", False), ("", False)],
)
def test_a_question_takes_answers_of_both_languages(
    monkeypatch: pytest.MonkeyPatch, language: Language, answer: str, is_confirmed: bool
) -> None:
    stdin = io.StringIO(f"{answer}\n")
    monkeypatch.setattr(stdin, "isatty", lambda: True)
    monkeypatch.setattr("sys.stdin", stdin)
    with use_language(language):
        assert Context(None, None, False, language).confirm("?", yes=False) is is_confirmed


@pytest.mark.parametrize(("locale", "setting"), [("cy_GB.UTF-8", 'language = "cy"\n'), ("en_GB.UTF-8", None)])
def test_new_workspace_remembers_a_welsh_locale(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, locale: str, setting: str | None
) -> None:
    monkeypatch.setenv("LANG", locale)
    assert run(["--workspace", str(tmp_path / "office"), "init"]) == 0
    path = tmp_path / "office" / SETTINGS
    assert (path.read_text(encoding="utf-8") if path.exists() else None) == setting


@pytest.mark.parametrize(
    ("language", "force", "prosecutors"),
    [
        (Language.EN, "Gwent Police", "Crown Prosecution Service"),
        (Language.CY, "Heddlu Gwent", "Gwasanaeth Erlyn y Goron"),
    ],
)
def test_what_a_write_prints_names_organisations_in_the_language_of_the_interface(
    wales: Workspace, capsys: pytest.CaptureFixture[str], language: Language, force: str, prosecutors: str
) -> None:
    def run_command(*words: str) -> str:
        assert run(["--workspace", str(wales.root), "--lang", language, *words]) == 0
        return "".join(capsys.readouterr())

    assert f"gwent-police: {force}." in run_command("contacts", "edit", "gwent-police", "phone=01632 960000")
    assert force in run_command(
        "contacts", "engage", "gwent-police", "Referrals", "--kind", "visit", "--on", "2013-12-03"
    )
    assert force in run_command("groups", "seat", "leadership-group", "gwent-police", "--role", "member")
    run_command("meetings", "add", "--group", "leadership-group", "--starts", "2014-01-21 10:00")
    run_command("meetings", "invite", "LG-2014-01", "--who", "cps")
    assert prosecutors in run_command("meetings", "invite", "LG-2014-01")
    assert prosecutors in run_command("meetings", "attend", "LG-2014-01", "cps", "apologies")
