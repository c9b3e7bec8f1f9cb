"""Confirmation in a form that a person who may have been erased is added again."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from ahtc_tui.domain.errors import ErasedBefore
from ahtc_tui.domain.i18n import _
from ahtc_tui.tui.widgets.form import FormScreen


class ErasedPersonConfirm:
    """Remembers for one form which name has been warned about."""

    def __init__(self, form: FormScreen) -> None:
        self._form = form
        self._warned_name: str | None = None

    @contextmanager
    def check_name(self, name: str) -> Iterator[bool]:
        """Return whether the name may be added; the first attempt shows the warning, the second succeeds."""
        try:
            yield self._warned_name == name
        except ErasedBefore as error:
            self._warned_name = name
            sentence = _("{reason} To add the person anyway, save again.").format(reason=error)
            self._form.show_error(sentence)
            raise ErasedBefore(sentence) from None
