"""Settings that are read, and what is said about the others."""

from __future__ import annotations

from pathlib import Path

import pytest

from ahtc_tui.domain.settings.parser import parse_settings


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ('papers = "6 years"', ""),
        ('paper = "6 years"', "Did you mean"),
        ("papers = 6", '`papers = "6 years"`, not "6".'),
        ('papers = "soon"', '"soon" is not a period'),
    ],
)
def test_a_period_that_is_not_understood_is_a_fault(text: str, fault: str) -> None:
    settings = parse_settings(f"[retention]\n{text}\n", Path("ahtc.toml"))
    assert (not settings.faults) is (not fault)
    assert all(fault in sentence for sentence in settings.faults)
    assert settings.retention == ({} if fault else {"papers": "6 years"})
