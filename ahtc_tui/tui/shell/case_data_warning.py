"""The warning on the screen where something typed or exported looks like case data. It never holds anybody up."""

from __future__ import annotations

from contextlib import ExitStack
from typing import Any

from textual.app import App

from ahtc_tui.domain.case_data.detector import report_case_data_to
from ahtc_tui.tui.widgets.plain import sanitize_text


class CaseDataWarning:
    """Listens while the screen is open. Records are written on a thread of their own, and toasts may come from any."""

    def __init__(self, app: App[Any]) -> None:
        self._app = app
        self._listener = ExitStack()

    def start(self) -> None:
        """Listen from now on."""
        self._listener.enter_context(report_case_data_to(self._show_warning))

    def stop(self) -> None:
        """Listen no more."""
        self._listener.close()

    def _show_warning(self, sentence: str) -> None:
        self._app.notify(sanitize_text(sentence), severity="warning", timeout=10, markup=False)
