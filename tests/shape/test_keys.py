"""Every key has one name, by which it can be given another key."""

from __future__ import annotations

from collections import Counter
from importlib import import_module
from pkgutil import walk_packages

import pytest
from textual.binding import Binding
from textual.dom import DOMNode

import ahtc_tui.tui
from ahtc_tui.tui.keys import BY_ID, KEYS

MODULES = [found.name for found in walk_packages(ahtc_tui.tui.__path__, "ahtc_tui.tui.")]


def bindings_of(module: str) -> list[tuple[str, object]]:
    """Each binding that a class of the module adds, with the name of the class."""
    owned = [
        one
        for one in vars(import_module(module)).values()
        if isinstance(one, type) and issubclass(one, DOMNode) and one.__module__ == module
    ]
    return [(one.__name__, binding) for one in owned for binding in vars(one).get("BINDINGS", ())]


def test_no_name_stands_twice_in_the_registry() -> None:
    assert not [name for name, times in Counter(key.id for key in KEYS).items() if times > 1]


def test_every_key_says_what_it_does() -> None:
    assert all(key.help and key.label for key in KEYS)


@pytest.mark.parametrize("module", MODULES)
def test_every_binding_has_a_name(module: str) -> None:
    nameless = [
        (owner, binding)
        for owner, binding in bindings_of(module)
        if not isinstance(binding, Binding) or not binding.id or "." not in binding.id
    ]
    assert not nameless


def test_a_name_outside_the_registry_belongs_to_one_widget() -> None:
    owners: dict[str, set[str]] = {}
    for module in MODULES:
        for owner, binding in bindings_of(module):
            if isinstance(binding, Binding) and binding.id not in BY_ID:
                owners.setdefault(str(binding.id), set()).add(owner)
    assert not {name: found for name, found in owners.items() if len(found) > 1}


@pytest.mark.parametrize("module", MODULES)
def test_no_key_does_two_things_on_one_screen(module: str) -> None:
    keys = Counter(
        (owner, key)
        for owner, binding in bindings_of(module)
        if isinstance(binding, Binding)
        for key in binding.key.split(",")
    )
    assert not [place for place, times in keys.items() if times > 1]
