"""The office hub in `ahtc.toml`."""

from __future__ import annotations

from pathlib import Path

import pytest

from ahtc_tui.domain.settings.parser import HubSettings, parse_settings

PATH = Path("ahtc.toml")


def test_address_and_interval_are_read() -> None:
    settings = parse_settings('[hub]\nurl = "postgresql://desk@hub.example.org/ahtc"\nevery = 5\n', PATH)
    assert settings.hub == HubSettings("postgresql://desk@hub.example.org/ahtc", 5)
    assert settings.faults == settings.unknown == ()
    assert parse_settings("", PATH).hub == HubSettings("", 15)


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("hub = 5", "hub must be a heading"),
        ("[hub]\nurl = 5", "url must be text"),
        ('[hub]\nevery = "often"', "every must be a number of minutes"),
        ("[hub]\nevery = -1", "every must be a number of minutes"),
        ('[hub]\nadress = "postgresql://secret@host/name"', 'no setting "adress"'),
    ],
)
def test_a_fault_is_named_and_no_hub_is_used(text: str, fault: str) -> None:
    settings = parse_settings(text, PATH)
    assert settings.hub == HubSettings()
    assert fault in settings.faults[0]
    assert "secret" not in settings.faults[0]
