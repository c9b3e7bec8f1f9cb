"""Escaping of control characters for terminals."""

from __future__ import annotations

import json

import pytest

from ahtc_tui.domain.text.cleaning import escape_controls, escape_json_controls


@pytest.mark.parametrize("control", ["\x1b[31m", "\x9b31m", "\x07", "\x7f", "\x85", "\r"])
def test_controls_are_removed_from_text_and_escaped_in_json(control: str) -> None:
    assert escape_controls(f"a{control}b").isprintable()
    written = escape_json_controls(json.dumps(f"a{control}b", ensure_ascii=False))
    assert written.isprintable()
    assert json.loads(written) == f"a{control}b"


def test_bidirectional_controls_are_made_visible() -> None:
    assert escape_controls("Mr \u202ereviO") == "Mr \ufffdreviO"
    assert escape_controls("Siân, tab\tand\nnew line") == "Siân, tab\tand\nnew line"
    assert "\\u202e" in escape_json_controls('"\u202e"')
