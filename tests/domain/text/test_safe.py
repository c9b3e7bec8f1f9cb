"""Whatever people typed, nothing of it is an instruction to the terminal that shows it."""

from __future__ import annotations

import json

import pytest

from ahtc_tui.domain.text.terminal import safe, safe_json


@pytest.mark.parametrize("control", ["\x1b[31m", "\x9b31m", "\x07", "\x7f", "\x85", "\r"])
def test_a_control_never_reaches_the_terminal_and_json_keeps_it_as_an_escape(control: str) -> None:
    assert safe(f"a{control}b").isprintable()
    written = safe_json(json.dumps(f"a{control}b", ensure_ascii=False))
    assert written.isprintable()
    assert json.loads(written) == f"a{control}b"


def test_what_turns_the_line_round_is_seen() -> None:
    assert safe("Mr \u202ereviO") == "Mr \ufffdreviO"
    assert safe("Siân, tab\tand\nnew line") == "Siân, tab\tand\nnew line"
    assert "\\u202e" in safe_json('"\u202e"')
