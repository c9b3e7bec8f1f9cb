"""The templates in the package are the output of their script."""

from __future__ import annotations

from pathlib import Path

import pytest

from ahtc_tui.formats.docx.template_builder import FOLDER, build_templates


@pytest.mark.sample(4)
@pytest.mark.parametrize("name", ["agenda.docx", "minutes.docx", "minutes-actions-by-item.docx", "office-paper.docx"])
def test_shipped_templates_match_their_builder(name: str, tmp_path: Path) -> None:
    build_templates(tmp_path)
    assert (FOLDER / name).read_bytes() == (tmp_path / name).read_bytes()
