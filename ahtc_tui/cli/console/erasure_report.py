"""The parts of the report of a merge about lines that are refused, and erasures that wait for a person."""

from __future__ import annotations

from collections.abc import Iterator

from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.imports.report import FileReport, ImportReport
from ahtc_tui.domain.replication.reports import MergeFileReport

REFUSED_SHOWN = 20
"""Refused lines that are printed in plain text."""


def has_refused(report: ImportReport) -> bool:
    """Whether lines of another journal were refused."""
    return any(isinstance(file, MergeFileReport) and file.refused for file in report.files)


def format_refused(file: FileReport) -> Iterator[str]:
    """Yield a sentence for each refused line of another journal, at most REFUSED_SHOWN, and the number of the rest."""
    refused = file.refused if isinstance(file, MergeFileReport) else ()
    for line in refused[:REFUSED_SHOWN]:
        sentence = _("refused, from the device {device}: {reason} ({place})")
        if line.line is not None:
            sentence = _("refused, line {line} of the device {device}: {reason} ({place})")
        place = f"{line.table} {line.field}"
        yield sentence.format(line=line.line, device=line.device, reason=line.reason, place=place)
    if len(refused) > REFUSED_SHOWN:
        yield _("... and {n:,} more refused lines: --json lists them").format(n=len(refused) - REFUSED_SHOWN)


def format_erasure_notice(report: ImportReport) -> Iterator[str]:
    """Yield what to do about pending erasures, and that accepted ones are permanent."""
    merged = [file for file in report.files if isinstance(file, MergeFileReport)]
    if any(not erasure.accepted for file in merged for erasure in file.erasures):
        yield _("Nobody is erased without --accept-erasures: check the people first.")
    if report.applied and any(file.erased_count for file in merged):
        yield _("Erasures cannot be undone.")
