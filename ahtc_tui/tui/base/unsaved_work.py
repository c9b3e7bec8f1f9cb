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


@runtime_checkable
class KeepsTypedText(Protocol):
    """A screen whose typed values are kept where the terminal is lost, and come back when it opens again."""

    @property
    def typed_text_key(self) -> str:
        """Identifies the screen and its record at the next start."""

    def read_unsaved_values(self) -> dict[str, Any]:
        """Return what was typed and is not saved, as values of JSON by field; empty without it."""


def read_unsaved_values(screens: Iterable[Screen[Any]]) -> dict[str, dict[str, Any]]:
    """Return the typed values of these screens by their keys."""
    keepers = [screen for screen in screens if isinstance(screen, KeepsTypedText)]
    return {keeper.typed_text_key: values for keeper in keepers if (values := keeper.read_unsaved_values())}


def list_unsaved_work(screens: Iterable[Screen[Any]]) -> list[str]:
    """Return what would be lost if these screens closed, each item once."""
    items = [item for screen in screens if isinstance(screen, HoldsUnsavedWork) for item in screen.list_unsaved_work()]
    return list(dict.fromkeys(items))


class LossQuestion(Confirm):
    """The question whether to go on although something would be lost; enter answers no."""

    def __init__(self, question: str, items: Sequence[str], *, yes: str, no: str) -> None:
        super().__init__("\n".join((question, "", *(f"- {item}" for item in items))), yes=yes, no=no, default=False)
