"""What a person has typed or chosen and not saved, and the question before it is lost."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Protocol, runtime_checkable

from textual.screen import Screen

from ahtc_tui.tui.widgets.confirm import Confirm


@runtime_checkable
class HoldsUnsavedWork(Protocol):
    """A screen that may hold something typed or chosen that is not saved."""

    def list_unsaved_work(self) -> Sequence[str]:
        """Return what would be lost if the screen closed now, each as a noun phrase."""


def list_unsaved_work(screens: Iterable[Screen[Any]]) -> list[str]:
    """Return what would be lost if these screens closed, each item once."""
    items = [item for screen in screens if isinstance(screen, HoldsUnsavedWork) for item in screen.list_unsaved_work()]
    return list(dict.fromkeys(items))


class LossQuestion(Confirm):
    """The question whether to go on although something would be lost; enter answers no."""

    def __init__(self, question: str, items: Sequence[str], *, yes: str, no: str) -> None:
        super().__init__("\n".join((question, "", *(f"- {item}" for item in items))), yes=yes, no=no, default=False)
