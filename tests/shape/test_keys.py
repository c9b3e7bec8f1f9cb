"""Every key binding has a unique name, by which `ahtc.toml` can change its key."""

from __future__ import annotations

from collections import Counter
from importlib import import_module
from pkgutil import walk_packages

import pytest
from textual.binding import Binding
from textual.dom import DOMNode
from textual.screen import ModalScreen

import ahtc_tui.tui
from ahtc_tui.tui.keys import BY_ID, KEYS
from ahtc_tui.tui.keys.key import MENU
from ahtc_tui.tui.shell.applied_settings import _list_widget_bindings

MODULES = [module.name for module in walk_packages(ahtc_tui.tui.__path__, "ahtc_tui.tui.")]


def find_bindings(module: str) -> list[tuple[str, object]]:
    """Return the bindings that the classes of a module add, with the name of the class."""
    widget_classes = [
        widget_class
        for widget_class in vars(import_module(module)).values()
        if isinstance(widget_class, type) and issubclass(widget_class, DOMNode) and widget_class.__module__ == module
    ]
    return [
        (widget_class.__name__, binding)
        for widget_class in widget_classes
        for binding in vars(widget_class).get("BINDINGS", ())
    ]


def test_registry_names_are_unique() -> None:
    assert not [name for name, times in Counter(key.id for key in KEYS).items() if times > 1]


def test_every_key_has_help() -> None:
    assert all(key.help for key in KEYS)


def test_the_menu_shows_a_key_by_its_help_and_not_by_a_label() -> None:
    assert not [key.id for key in KEYS if key.label and key.keys.startswith(MENU)]


def test_every_binding_has_a_name() -> None:
    nameless = [
        (module, owner, binding)
        for module in MODULES
        for owner, binding in find_bindings(module)
        if not isinstance(binding, Binding) or not binding.id or "." not in binding.id
    ]
    assert not nameless


def test_a_name_outside_the_registry_belongs_to_one_widget() -> None:
    owners: dict[str, set[str]] = {}
    for module in MODULES:
        for owner, binding in find_bindings(module):
            if isinstance(binding, Binding) and binding.id not in BY_ID:
                owners.setdefault(str(binding.id), set()).add(owner)
    assert not {name: widgets for name, widgets in owners.items() if len(widgets) > 1}


def test_no_key_is_bound_twice_on_one_screen() -> None:
    keys = Counter(
        (owner, key)
        for module in MODULES
        for owner, binding in find_bindings(module)
        if isinstance(binding, Binding)
        for key in binding.key.split(",")
    )
    for_each_kind = [("TodayScreen", "x")]  # an invitation for meetings, a chaser for leads
    assert [place for place, times in keys.items() if times > 1] == for_each_kind


GRAMMAR: dict[str, set[str]] = {
    "u": {"app.undo"},
    "q": {"app.quit", "back", "leave", "close", "done", "dismiss(None)"},
    "e": {"edit", "edit_cell", "more"},
    "n": {"new", "new_session", "walk_in", "send"},
    "m": {"minutes"},
    "a": {"agenda"},
    "p": {"pack"},
    "i": {"app.page('import')", "read_folder"},
    "v": {"view", "next_by", "next_section", "next_which", "toggle_undated", "ours"},
    "y": {"accept_erasure", "confirm", "apply", "choose", "take_all", "close_plan"},
    "x": {"export", "write", "invite", "chase", "brief", "picture", "save_file"},
    "d": {"done", "met", "end", "agree", "pass_on", "show_end"},
}
"""Letters that mean one thing on every screen, with the actions that do it; menus have letters of their own."""


@pytest.mark.parametrize("letter", sorted(GRAMMAR))
def test_a_letter_means_the_same_on_every_screen(letter: str) -> None:
    screens = [
        binding
        for module in MODULES
        for owner, binding in find_bindings(module)
        if not issubclass(vars(import_module(module))[owner], ModalScreen)
    ]
    actions = {
        binding.action for binding in screens if isinstance(binding, Binding) and letter in binding.key.split(",")
    } | {key.action for key in KEYS if letter in key.keys.split(",")}
    assert actions
    assert actions <= GRAMMAR[letter]


ARROWS = frozenset(("up", "down", "left", "right", "home", "end", "pageup", "pagedown", "tab", "enter", "escape"))
ARROW_LETTERS = frozenset("hjklgG")
MOST_KEYS, MOST_BINDINGS = 30, 160


def list_command_keys() -> list[str]:
    """Return the keys of all commands, without digits, keys of the cursor, tab, enter, escape and the menu."""
    bindings = [binding for binding in _list_widget_bindings() if isinstance(binding, Binding)]
    keys = []
    for names in (*(key.keys.split(",") for key in KEYS), *(binding.key.split(",") for binding in bindings)):
        has_arrow = not ARROWS.isdisjoint(names) or names in (["j"], ["k"])
        keys += [
            name
            for name in names
            if not (
                name.startswith(MENU)
                or name.isdigit()
                or name.split("+")[-1] in ARROWS
                or (has_arrow and name in ARROW_LETTERS)
            )
        ]
    return keys


def test_there_are_at_most_30_keys_and_160_bindings() -> None:
    keys = list_command_keys()
    assert len(set(keys)) <= MOST_KEYS
    assert len(keys) <= MOST_BINDINGS


def test_a_letter_of_the_menu_is_no_key_of_the_same_screen() -> None:
    groups: dict[str, list[str]] = {}
    for key in KEYS:
        groups.setdefault(key.id.split(".")[0], []).extend(key.keys.split(","))
    clashes = {
        group: letters
        for group, names in groups.items()
        if (letters := {name for name in names if MENU + name in names and not name.isdigit() and group != "desk"})
    }
    assert not clashes
