"""Writes a page of the screen as a picture, without the records that are marked above OFFICIAL."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from ahtc_tui.domain.actions.model import Marking
from ahtc_tui.domain.documents.text_picture import TextPicture
from ahtc_tui.services.output_folders import find_dated_path, make_folder
from ahtc_tui.services.privacy.marking_limit import list_marked_refs
from ahtc_tui.services.workspace import Workspace


def export_picture_to_folder(
    workspace: Workspace, describe_file: Callable[[], str], picture: TextPicture
) -> tuple[Path, int]:
    """Write the picture as SVG to the exports folder; return the file and how many lines were left out.

    `describe_file` returns what the picture shows, in the current language.

    Raises StoreError.
    """
    from ahtc_tui.formats.files.atomic_write import make_bytes_writer, write_file_atomically
    from ahtc_tui.formats.svg_picture import build_svg

    marked_refs = list_marked_refs(workspace, Marking.OFFICIAL)
    rows = [row for row in picture.rows if row.ref not in marked_refs]
    make_folder(workspace.exports, [])
    path = find_dated_path(workspace, describe_file, ".svg")
    svg = build_svg(replace(picture, rows=rows), Marking.OFFICIAL.label)
    write_file_atomically(path, make_bytes_writer(svg.encode()))
    return path, len(picture.rows) - len(rows)
