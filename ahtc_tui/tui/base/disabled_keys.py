"""Why a key does nothing now: keys that are bound but disabled give a sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Protocol, runtime_checkable

from textual.binding import Binding
from textual.dom import DOMNode
from textual.screen import Screen

from ahtc_tui.domain.i18n import _
from ahtc_tui.tui.keys import BY_ID
from ahtc_tui.tui.keys.key import MENU, format_key
from ahtc_tui.tui.widgets.hints import name_menu_key
from ahtc_tui.tui.widgets.record_list import RecordList

if TYPE_CHECKING:
    ScreenBase = Screen[Any]
else:
    ScreenBase = object  # Textual takes the CSS of a screen from its first widget base


@runtime_checkable
class ExplainsDisabled(Protocol):
    """A screen or widget that knows why it disables an action."""

    def explain_disabled(self, action: str) -> str:
        """Return the sentence for an action that `check_action` disables; empty to say nothing."""


class RowActions(ScreenBase):
    """A screen whose keys for the selected row are disabled while its list has none.

    Must precede the screen class in the list of bases.
    """

    row_actions: ClassVar[frozenset[str]] = frozenset()
    """Actions of keys that work on the selected row."""

    @property
    def has_no_row(self) -> bool:
        """Whether the list, the first one of several, is known to have no row under its cursor."""
        panes = self.query(RecordList)
        return bool(panes) and panes.first().has_no_row

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Disable the commands that need a row where there is none."""
        if action in self.row_actions and self.has_no_row:
            return None
        return super().check_action(action, parameters)

    def explain_disabled(self, _action: str) -> str:
        """Return why an action is disabled."""
        return _("The list is empty.") if self.has_no_row else _("Not possible now.")


def explain_disabled(node: DOMNode, binding: Binding) -> str:
    """Return why a node disables the action of a binding; empty where nothing needs to be said."""
    action = binding.action.split("(")[0]
    target = node.screen if action.startswith("screen.") else node
    if isinstance(target, ExplainsDisabled):
        return target.explain_disabled(action.removeprefix("screen."))
    return _("Not possible on this screen.")


def explain_moved(screen: Screen[Any], key: str) -> str:
    """Return which key does now what a key did in the release before; empty where it did nothing here."""
    for active in screen.active_bindings.values():
        binding = active.binding
        stated = BY_ID.get(binding.id or "")
        if binding.key == MENU + key:
            pressed = f"{name_menu_key(screen)} {format_key(binding.key)}"
        elif stated is not None and key in stated.was.split(","):
            pressed = format_key(binding.key)
            if binding.key.startswith(MENU):
                pressed = f"{name_menu_key(screen)} {pressed}"
        else:
            continue
        return _("Press {keys} instead. {does}.").format(
            keys=pressed, does=_(stated.help if stated else binding.tooltip or binding.description)
        )
    return ""


def explain_key(screen: Screen[Any], key: str) -> str:
    """Return why a key that no binding handled does nothing; empty where it is not bound."""
    for node, bindings in screen._modal_binding_chain:
        for binding in bindings.key_to_bindings.get(key, ()):
            if sentence := explain_disabled(node, binding):
                return sentence
    return ""
