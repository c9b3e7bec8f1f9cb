"""Tests of output file names: portable, unused, and inside the target folder."""

from __future__ import annotations

from pathlib import Path

import pytest

from ahtc_tui.domain.errors import Refused
from ahtc_tui.services.output_folders import claim_free_name, find_free_path, make_folder


def test_a_taken_name_gets_a_number(tmp_path: Path) -> None:
    names = []
    for _time in range(3):
        find_free_path(tmp_path, "pack-LG-2014/01", ".docx").touch()
        names = sorted(path.name for path in tmp_path.iterdir())
    assert names == ["pack-LG-2014-01-2.docx", "pack-LG-2014-01-3.docx", "pack-LG-2014-01.docx"]


@pytest.mark.parametrize(
    ("stem", "name"), [("../..", "-"), ("/", "-"), ("\0", "meeting"), ("", "meeting"), (". .", "meeting")]
)
def test_a_name_with_unusable_characters_stays_in_the_folder(stem: str, name: str, tmp_path: Path) -> None:
    assert find_free_path(tmp_path, stem, ".ics", "meeting") == tmp_path / f"{name}.ics"


def test_a_link_that_leads_out_of_the_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "exports").mkdir()
    (tmp_path / "exports" / "bawso").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(Refused, match="outside the folder"):
        claim_free_name(tmp_path / "exports", "bawso", set(), "x")


@pytest.mark.parametrize("letter", ["a", "ŵ"])
def test_a_long_name_is_shortened_so_that_every_system_can_hold_it(letter: str, tmp_path: Path) -> None:
    taken: set[str] = set()
    names = [claim_free_name(tmp_path, letter * 400, taken, "export") for _time in range(2)]
    assert names == [letter * (160 // len(letter.encode())), f"{names[0]}-2"]


def test_a_name_in_a_deep_folder_keeps_the_path_within_the_limit_of_windows(tmp_path: Path) -> None:
    deep = tmp_path
    while len(str(deep)) < 190:
        deep /= "f" * 20
    assert len(str(find_free_path(deep, "a" * 400, ".xlsx"))) <= 259


@pytest.mark.parametrize("stem", ["CON", "nul", "Com1"])
def test_a_name_of_a_device_gets_a_stroke(stem: str, tmp_path: Path) -> None:
    assert claim_free_name(tmp_path, stem, set(), "export") == f"{stem}_"


def test_a_folder_with_files_is_refused_only_where_it_must_be_empty(tmp_path: Path) -> None:
    full, fresh, created = tmp_path / "full", tmp_path / "fresh", list[Path]()
    full.mkdir()
    (full / "letter.eml").touch()
    make_folder(full, created)
    make_folder(fresh, created, empty=True)
    make_folder(fresh, created, empty=True)
    with pytest.raises(Refused, match="not empty"):
        make_folder(full, created, empty=True)
    assert created == [fresh]
