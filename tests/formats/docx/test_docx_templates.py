"""The shipped templates are what their script makes."""

from __future__ import annotations

from pathlib import Path

import pytest

from ahtc_tui.formats.docx.template_builder import FOLDER, build


@pytest.mark.parametrize("name", ["agenda.docx", "minutes.docx"])
def test_a_shipped_template_is_the_one_that_its_script_makes(name: str, tmp_path: Path) -> None:
    build(tmp_path)
    assert (FOLDER / name).read_bytes() == (tmp_path / name).read_bytes()
