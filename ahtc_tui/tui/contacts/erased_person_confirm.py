"""Somebody who may have been erased, in a form: the first save tells it, the second lets them in."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from ahtc_tui.domain.errors import ErasedBefore
from ahtc_tui.domain.i18n import _
from ahtc_tui.tui.widgets.form import FormScreen


class ErasedPersonConfirm:
    """Remembers for one form which name it has told about."""

    def __init__(self, form: FormScreen) -> None:
        self._form = form
        self._warned_name: str | None = None

    @contextmanager
    def check_name(self, name: str) -> Iterator[bool]:
        """Whether this name may come in; what refuses it keeps the form open with the sentence."""
        try:
            yield self._warned_name == name
        except ErasedBefore as error:
            self._warned_name = name
            sentence = _("{reason} Save again to add the person all the same.").format(reason=error)
            self._form.show_error(sentence)
            raise ErasedBefore(sentence) from None
