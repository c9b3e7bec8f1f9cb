"""Warnings about case data in text that is written or exported. The detector is imported when a text is checked."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from contextvars import ContextVar

from ahtc_tui.domain.context_value import hold_value
from ahtc_tui.domain.i18n import _

_reporter: ContextVar[CaseDataReporter | None] = ContextVar("case_data_reporter", default=None)
"""Receiver of the warnings about text that is written or exported in the current context."""
GENERATED_FIELDS = frozenset({"ref", "uid", "card_uid", "recurrence_uid", "version", "content", "digest"})
"""Fields with generated values, plan versions such as V2, and stored files in base64."""
COPY_TABLES = frozenset({"dispatches", "release_texts", "releases"})
"""Tables that keep what was sent or published; the text itself was checked when written."""

IDENTIFIER = r"(?i)\b[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}\b|\b[0-9a-f]{32}\b"
"""The key of a record, as in the UID of a calendar or vCard, whose digits could look like a crime number."""


class CaseDataReporter:
    """Passes warnings to a function, each once for the same sentence and text."""

    def __init__(self, report: Callable[[str], object]) -> None:
        self._report = report
        self._reported: set[tuple[str, str]] = set()

    def add(self, sentence: str, text: str) -> None:
        """Report the sentence unless it was reported for the same text before."""
        if (sentence, text) not in self._reported:
            self._reported.add((sentence, text))
            self._report(sentence)


def report_case_data_to(reporter: CaseDataReporter | None) -> AbstractContextManager[None]:
    """Report written and exported case data in the current context to `reporter`; None suppresses the warnings."""
    return hold_value(_reporter, reporter)


def is_case_data_reported() -> bool:
    """Return whether the current context has a reporter, so that checking text is worth its time."""
    return _reporter.get() is not None


def report_text(sentence: str, text: str) -> None:
    """Report a sentence about a text that is written, where the current context has a reporter."""
    if (reporter := _reporter.get()) is not None:
        reporter.add(sentence, text)


def check_record(table: str, values: Mapping[str, object]) -> None:
    """Report the text values of a record that look like case data. The caller writes the record in any case."""
    reporter = _reporter.get()
    if reporter is None or table in COPY_TABLES:
        return
    from ahtc_tui.domain.case_data.detector import find_case_data

    for name, value in values.items():
        if isinstance(value, str) and name not in GENERATED_FIELDS and (reason := find_case_data(value)):
            sentence = _(
                "This looks like {reason} ({table}, {field}). Remove it, because case data must not be kept here."
            )
            names = {"table": table.replace("_", " "), "field": name.replace("_", " ")}
            reporter.add(sentence.format(reason=reason, **names), value)


def check_export(name: str, text: str) -> None:
    """Report the lines of an exported file that look like case data. The caller writes the file in any case."""
    reporter = _reporter.get()
    if reporter is None:
        return
    from ahtc_tui.domain.case_data.detector import locate_case_data, select_suspects

    lines = list(dict.fromkeys(text.splitlines()))
    masked = re.sub(IDENTIFIER, lambda key: " " * len(key[0]), "\n".join(lines)).split("\n")
    for number in select_suspects(masked):
        line = lines[number]
        if result := locate_case_data(masked[number]):
            sentence = _('{file} contains what looks like {reason}, "{line}". Check it before you send the file.')
            reporter.add(sentence.format(file=name, reason=result[0], line=_shorten_line(line, result[1])), line)


def _shorten_line(line: str, position: int) -> str:
    """Return up to 80 characters around the position."""
    start = 0 if position < 40 else line.rfind(" ", 0, position - 20) + 1
    words = " ".join(line[start:].split())
    return ("…" if start else "") + (words if len(words) <= 80 else f"{words[:79]}…")
