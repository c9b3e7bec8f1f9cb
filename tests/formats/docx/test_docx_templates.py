"""The templates in the package are the output of their script."""

from __future__ import annotations

from pathlib import Path

from ahtc_tui.formats.docx.template_builder import FOLDER, build_templates


def test_shipped_templates_match_their_builder(tmp_path: Path) -> None:
    different = [
        path.name for path in build_templates(tmp_path) if path.read_bytes() != (FOLDER / path.name).read_bytes()
    ]
    assert different == []
