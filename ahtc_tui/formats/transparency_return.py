"""The transparency return as CSV, with the columns of GOV.UK."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from ahtc_tui.domain.contacts.transparency import ExternalMeeting
from ahtc_tui.domain.i18n import _
from ahtc_tui.formats.text_table import escape_formula, write_csv


def write_transparency_csv(path: Path, rows: Sequence[ExternalMeeting], official: str, remark: str = "") -> None:
    """Write a line for each organisation that was met; a return without meetings says so on one line.

    A copy for the office ends with a remark that says so.
    """
    head = (_("Minister or official"), _("Date"), _("Name of organisation or individual"), _("Purpose of meeting"))
    lines = [(row.official, row.on, row.organisation, row.purpose) for row in rows]
    lines = lines or [(official, "", _("Nil return"), "")]
    if remark:
        lines.append(("", "", "", remark))
    write_csv(path, [head, *(tuple(map(escape_formula, line)) for line in lines)])
