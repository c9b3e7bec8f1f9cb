"""Rows of a list as text for the clipboard, and pages as pictures, without the records marked above OFFICIAL."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from enum import StrEnum
from pathlib import Path

from ahtc_tui.domain.actions.model import Marking
from ahtc_tui.domain.documents.text_picture import TextPicture
from ahtc_tui.domain.errors import Refused
from ahtc_tui.domain.i18n import _, ngettext
from ahtc_tui.services.output_folders import find_dated_path, make_folder
from ahtc_tui.services.privacy.marking_limit import list_marked_refs
from ahtc_tui.services.workspace import Workspace


class CopyFormat(StrEnum):
    """How rows are copied."""

    TEXT = "text"
    CSV = "csv"
    MARKDOWN = "markdown"

    @property
    def label(self) -> str:
        """The name of the format on the screen."""
        return {"text": _("text"), "csv": "CSV", "markdown": "Markdown"}[self.value]


def format_rows(
    workspace: Workspace, copy_format: CopyFormat, titles: Sequence[str], rows: Sequence[tuple[str, Sequence[str]]]
) -> tuple[str, int]:
    """Return the rows, each with its reference, as text with their titles, and how many were left out.

    Raises Refused where all of them are marked above OFFICIAL.
    """
    from ahtc_tui.formats import text_table

    cells = _select_cells(workspace, rows)
    table = [titles, *cells]
    match copy_format:
        case CopyFormat.TEXT:
            return text_table.format_tabs(table), len(rows) - len(cells)
        case CopyFormat.CSV:
            return text_table.format_csv(table), len(rows) - len(cells)
        case CopyFormat.MARKDOWN:
            return text_table.format_markdown(table), len(rows) - len(cells)


def read_cell(workspace: Workspace, ref: str, text: str) -> str:
    """Return the text of a cell. Raises Refused where its record is marked above OFFICIAL."""
    return _select_cells(workspace, [(ref, [text])])[0][0]


def _select_cells(workspace: Workspace, rows: Sequence[tuple[str, Sequence[str]]]) -> list[Sequence[str]]:
    marked_refs = list_marked_refs(workspace, Marking.OFFICIAL)
    cells = [cells for ref, cells in rows if ref not in marked_refs]
    if rows and not cells:
        sentence = ngettext(
            "The row is marked above OFFICIAL and was not copied.",
            "The {n} rows are marked above OFFICIAL and were not copied.",
            len(rows),
        )
        raise Refused(sentence)
    return cells


def format_copied(copied: int, left_out: int) -> str:
    """Return the sentence about what was copied."""
    sentence = ngettext("1 row copied", "{n} rows copied", copied)
    return "   ".join(filter(None, (sentence, format_left_out(left_out))))


def format_left_out(left_out: int) -> str:
    """Return the sentence about rows that were left out because of their marking; empty where there are none."""
    if not left_out:
        return ""
    return ngettext(
        "1 row is marked above OFFICIAL and left out", "{n} rows are marked above OFFICIAL and left out", left_out
    )


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
