"""Names of what leaves: what every system takes, free, and never outside the folder that was meant."""

from __future__ import annotations

from pathlib import Path

import pytest

from ahtc_tui.domain.errors import Refused
from ahtc_tui.services.output_folders import free_name, free_path


def test_a_name_that_is_taken_gets_a_number(tmp_path: Path) -> None:
    names = []
    for _time in range(3):
        free_path(tmp_path, "pack-LG-2014/01", ".docx").touch()
        names = sorted(path.name for path in tmp_path.iterdir())
    assert names == ["pack-LG-2014-01-2.docx", "pack-LG-2014-01-3.docx", "pack-LG-2014-01.docx"]


@pytest.mark.parametrize("stem", ["../..", "", ". .", "/", "\0"])
def test_a_name_without_a_letter_to_keep_is_another_one(stem: str, tmp_path: Path) -> None:
    assert free_path(tmp_path, stem, ".ics", "meeting").parent == tmp_path


def test_a_link_that_leads_out_of_the_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "exports").mkdir()
    (tmp_path / "exports" / "bawso").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(Refused, match="outside the folder"):
        free_name(tmp_path / "exports", "bawso", set(), "x")
