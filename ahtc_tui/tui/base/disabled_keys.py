"""Why a key does nothing now: keys that are bound but disabled give a sentence."""

from __future__ import annotations

from typing import Any, Protocol, runtime_checkable

from textual.binding import Binding
from textual.dom import DOMNode
from textual.screen import Screen

from ahtc_tui.domain.i18n import _


@runtime_checkable
class ExplainsDisabled(Protocol):
    """A screen or widget that knows why it disables an action."""

    def explain_disabled(self, action: str) -> str:
        """Return the sentence for an action that `check_action` disables; empty to say nothing."""


def explain_disabled(node: DOMNode, binding: Binding) -> str:
    """Return why a node disables the action of a binding; empty where nothing needs to be said."""
    if isinstance(node, ExplainsDisabled):
        return node.explain_disabled(binding.action.split("(")[0])
    return _("Not possible here.")


def explain_key(screen: Screen[Any], key: str) -> str:
    """Return why a key that no binding handled does nothing; empty where it is not bound."""
    for node, bindings in screen._modal_binding_chain:
        for binding in bindings.key_to_bindings.get(key, ()):
            if sentence := explain_disabled(node, binding):
                return sentence
    return ""
