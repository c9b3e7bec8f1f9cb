"""Settings read and written one by one."""

from __future__ import annotations

from pathlib import Path

import pytest

from ahtc_tui.cli.config import find_screen_faults
from ahtc_tui.domain.errors import BadInput, Refused
from ahtc_tui.domain.settings.parser import KNOWN_NAMES
from ahtc_tui.services.settings.config import MEANINGS, list_settings, read_setting, set_setting
from ahtc_tui.services.workspace import read_settings

TEXT = """# Office of the co-ordinator
small_counts = 5  # as agreed
later = "kept"

[backups]
# two weeks
days = 14
"""


def write(root: Path, key: str, value: str) -> str:
    """Write a setting and return the text of the file."""
    set_setting(root, key, value, find_screen_faults)
    return (root / "ahtc.toml").read_text(encoding="utf-8")


def test_a_written_setting_leaves_comments_and_other_lines(tmp_path: Path) -> None:
    (tmp_path / "ahtc.toml").write_text(TEXT, encoding="utf-8")
    assert write(tmp_path, "small_counts", "10") == TEXT.replace("= 5  #", "= 10  #")
    assert write(tmp_path, "backups.days", "21") == TEXT.replace("= 5  #", "= 10  #").replace("14", "21")
    assert read_settings(tmp_path).keep.days == 21


def test_a_setting_is_added_below_the_heading_of_its_table(tmp_path: Path) -> None:
    (tmp_path / "ahtc.toml").write_text(TEXT, encoding="utf-8")
    assert write(tmp_path, "backups.weeks", "4") == TEXT.replace("[backups]\n", "[backups]\nweeks = 4\n")
    assert write(tmp_path, "hub.every", "30").endswith("days = 14\n\n[hub]\nevery = 30\n")
    assert write(tmp_path, "theme", "ahtc-light").startswith('theme = "ahtc-light"\n# Office')
    assert write(tmp_path, "keymap.desk.undo", "z").endswith('[keymap]\n"desk.undo" = "z"\n')
    settings = read_settings(tmp_path)
    assert (settings.keymap, settings.hub.every, settings.theme) == ({"desk.undo": "z"}, 30, "ahtc-light")
    assert settings.faults == ()


@pytest.mark.parametrize(
    ("key", "value", "words"),
    [
        ("smal_counts", "3", 'Did you mean "small_counts"?'),
        ("backup.days", "3", 'Did you mean "backups.days"?'),
        ("small_counts", "many", "small_counts must be a number."),
        ("small_counts", "-1", "small_counts must be a number."),
        ("lock_minutes", "99999", "lock_minutes must be a number of minutes"),
        ("keyring", "maybe", "keyring must be true or false."),
        ("votes", "names", "votes must be"),
        ("language", "fr", "language must be"),
        ("theme", "ahtc-lite", 'Did you mean "ahtc-light"?'),
        ("keymap.desk.undoo", "z", 'Did you mean "desk.undo"?'),
        ("hub.url", "postgresql+psycopg://office:secret@hub.example.org/office", "must not contain a password"),
        ("theme", "two\nlines", "must be text on one line"),
    ],
)
def test_a_wrong_name_or_value_is_one_sentence_and_writes_nothing(
    tmp_path: Path, key: str, value: str, words: str
) -> None:
    (tmp_path / "ahtc.toml").write_text(TEXT, encoding="utf-8")
    with pytest.raises(BadInput) as caught:
        write(tmp_path, key, value)
    assert words in str(caught.value)
    assert "secret" not in str(caught.value)
    assert (tmp_path / "ahtc.toml").read_text(encoding="utf-8") == TEXT


def test_a_file_that_is_not_understood_is_refused(tmp_path: Path) -> None:
    (tmp_path / "ahtc.toml").write_text("theme = ", encoding="utf-8")
    with pytest.raises(Refused):
        write(tmp_path, "small_counts", "3")


def test_a_setting_in_another_form_is_refused_and_not_written_twice(tmp_path: Path) -> None:
    (tmp_path / "ahtc.toml").write_text("backups = { days = 3 }\n", encoding="utf-8")
    with pytest.raises(Refused):
        write(tmp_path, "backups.days", "4")


def test_all_settings_have_a_value_and_a_meaning(tmp_path: Path) -> None:
    (tmp_path / "ahtc.toml").write_text('keyring = true\n[keymap]\n"desk.undo" = "z"\n', encoding="utf-8")
    rows = {row.key: row for row in list_settings(tmp_path)}
    assert [*rows] == [*MEANINGS, "keymap.desk.undo"]
    assert all(row.meaning for row in rows.values())
    assert [row.key for row in rows.values() if row.is_set] == ["keyring", "keymap.desk.undo"]
    assert read_setting(tmp_path, "keyring").value is True


@pytest.mark.parametrize("key", MEANINGS)
def test_every_default_can_be_written(tmp_path: Path, key: str) -> None:
    default = read_setting(tmp_path, key).default
    text = "en" if key == "language" else str(default).lower()
    assert set_setting(tmp_path, key, text, find_screen_faults).is_set
    assert read_settings(tmp_path).faults == ()


def test_every_setting_of_the_file_is_listed(tmp_path: Path) -> None:
    listed = {setting.key.partition(".")[0] for setting in list_settings(tmp_path)}
    assert {*listed, "keymap"} == set(KNOWN_NAMES)


def test_a_setting_is_not_written_into_a_heading_that_is_a_value(tmp_path: Path) -> None:
    (tmp_path / "ahtc.toml").write_text("hub = 3\n", encoding="utf-8")
    with pytest.raises(Refused, match=r"must be a heading, \[hub\]"):
        write(tmp_path, "hub.every", "5")


def test_an_address_that_is_none_and_a_logo_that_is_no_picture_are_not_written(tmp_path: Path) -> None:
    (tmp_path / "logo.txt").write_text("no picture", encoding="utf-8")
    (tmp_path / "logo.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    for key, text in (("office.email", "not an address"), ("office.logo", "none.png"), ("office.logo", "logo.txt")):
        with pytest.raises(BadInput):
            write(tmp_path, key, text)
    assert not (tmp_path / "ahtc.toml").exists()
    assert 'logo = "logo.png"' in write(tmp_path, "office.logo", "logo.png")
    assert "office@example.org" in write(tmp_path, "office.email", "office@example.org")
