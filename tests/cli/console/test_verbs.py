"""Tests of verbs that are imported when they are typed."""

from __future__ import annotations

from typing import Any

import pytest

from ahtc_tui.cli.console import verbs
from ahtc_tui.cli.main import COMMANDS, build_parser
from ahtc_tui.domain.errors import BadInput


@pytest.fixture
def late_verbs(monkeypatch: pytest.MonkeyPatch) -> list[verbs.LateVerbs]:
    """Collect what is declared late while parsers are built."""
    collected: list[verbs.LateVerbs] = []
    original = verbs.LateVerbs.__init__

    def collect(late: verbs.LateVerbs, *arguments: str, **options: Any) -> None:
        original(late, *arguments, **options)
        collected.append(late)

    monkeypatch.setattr(verbs.LateVerbs, "__init__", collect)
    return collected


def test_late_verbs_name_each_verb_of_their_module(late_verbs: list[verbs.LateVerbs]) -> None:
    for name in COMMANDS:
        build_parser(name)
    assert late_verbs
    assert [late.names for late in late_verbs] == [tuple(verb.name for verb in late.declare()) for late in late_verbs]


@pytest.mark.parametrize(("command", "verb"), [("meetings", "attend"), ("contacts", "ls"), ("plan", "milestone")])
def test_a_typed_verb_is_there_without_those_of_other_modules(command: str, verb: str) -> None:
    names = _list_verbs(command, verb)
    assert verb in names
    assert len(names) < len(_list_verbs(command, None))


def test_an_unknown_verb_is_refused_with_the_names_of_all() -> None:
    assert _list_verbs("meetings", "atend") == _list_verbs("meetings", None)
    with pytest.raises(BadInput, match=r'"atend".*attend, .*poll-choose'):
        build_parser("meetings", "atend").parse_args(["atend"])


def _list_verbs(command: str, typed: str | None) -> list[str]:
    (action,) = (action for action in build_parser(command, typed)._actions if action.nargs == "A...")
    return list(action.choices or ())
