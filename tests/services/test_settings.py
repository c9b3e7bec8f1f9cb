"""`ahtc.toml`: what is not understood is named with its line and a remedy, and its default applies."""

from __future__ import annotations

import re
from contextlib import closing
from pathlib import Path

import pytest

from ahtc_tui.domain.settings.parser import KEEP_ALL, Retention, Settings, VoteStyle
from ahtc_tui.services.opening import open_workspace
from ahtc_tui.services.workspace import SETTINGS, Workspace, read_settings


def read_text(folder: Path, text: str | bytes) -> Settings:
    (folder / SETTINGS).write_bytes(text if isinstance(text, bytes) else text.encode())
    return read_settings(folder)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("theme = ", 'line 1: "theme =" cannot be read: enter text in quotation marks'),
        (
            "small_counts = 5\ntheme = nord",
            'line 2: "theme = nord" cannot be read: enter text in quotation marks',
        ),
        ("[keymap]\nundo ctrl", 'line 2: "undo ctrl" cannot be read: enter a name, = and a value'),
        ("theme = 'a'\ntheme = 'b'", "line 2: .* cannot be read: the name appears twice"),
        ("[keymap]\n[keymap]", "line 2: .* the heading appears twice"),
        ('theme = "ahtc\nsmall_counts = 5', "line 1: .* close the quotation marks"),
        ("[keymap", "line 1: .* close the square bracket"),
        (b"theme = '\xff'", "is not text in UTF-8. Save it as UTF-8"),
    ],
)
def test_unreadable_file_is_one_sentence_with_line_and_remedy(text: str | bytes, words: str, tmp_path: Path) -> None:
    settings = read_text(tmp_path, text)
    [fault] = settings.faults
    assert "\n" not in fault
    assert str(tmp_path / SETTINGS) in fault
    assert re.search(words, fault), fault
    assert settings == Settings(keep=KEEP_ALL, faults=settings.faults), "no backup is removed meanwhile"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("small_counts = 3\nkeymap = 'vim'", "line 2: keymap must be a heading"),
        ('small_counts = 3\n[keymap]\n"desk.undo" = 7', 'line 3: the key of "desk.undo" must be text'),
        ("small_counts = 3\ntheme = 7", "line 2: theme must be a name"),
        ("small_counts = 3\n[backups]\nrecent = 5\ndays = 'all'", "line 4: [backups] days must be a number of backups"),
        ("small_counts = 3\n[backups]\ndaisy = 3", 'line 3: [backups] has no setting "daisy"'),
        ("small_counts = 3\nbackups = 3", "line 2: [backups] needs lines"),
    ],
)
def test_value_that_is_not_understood_leaves_the_others(text: str, words: str, tmp_path: Path) -> None:
    settings = read_text(tmp_path, text)
    [fault] = settings.faults
    assert words in fault
    assert settings.small_counts == 3
    assert settings.keep == (KEEP_ALL if "backups" in text else Retention())


def test_negative_small_counts_give_the_default(tmp_path: Path) -> None:
    settings = read_text(tmp_path, "theme = 'nord'\nsmall_counts = -1")
    assert (settings.theme, settings.small_counts) == ("nord", 5)
    assert "line 2: small_counts must be a number" in settings.faults[0]


def test_unknown_names_are_reported_with_a_near_one(tmp_path: Path) -> None:
    settings = read_text(tmp_path, "smal_counts = 3\ncolour = 'red'\n[keymp]\nx = 'y'")
    assert settings.unknown == (
        f'{tmp_path / SETTINGS}, line 1: no setting is called "smal_counts". Did you mean "small_counts"?',
        f'{tmp_path / SETTINGS}, line 2: no setting is called "colour".',
        f'{tmp_path / SETTINGS}, line 3: no setting is called "keymp". Did you mean "keymap"?',
    )
    assert settings.small_counts == 5


def test_near_setting_of_backups_is_proposed(tmp_path: Path) -> None:
    [fault] = read_text(tmp_path, "[backups]\ndayz = 100").faults
    assert fault.endswith('Did you mean "days"?')


def test_workspace_opens_with_defaults_and_keeps_the_faults(workspace: Workspace) -> None:
    (workspace.root / SETTINGS).write_text("theme = ")
    with closing(open_workspace(workspace.root)) as office:
        assert (office.theme, office.keep) == ("", KEEP_ALL)
        assert len(office.setting_faults) == 1


def test_votes_are_printed_by_their_numbers_unless_the_outcome_alone_is_set(tmp_path: Path) -> None:
    assert read_text(tmp_path, "votes = 'outcome'").vote_style is VoteStyle.OUTCOME
    settings = read_text(tmp_path, "theme = 'nord'\nvotes = 'secret'")
    assert settings.vote_style is VoteStyle.NUMBERS
    assert "line 2: votes must be" in settings.faults[0]
