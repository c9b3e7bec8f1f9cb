"""The shipped Welsh of the texts of the data sets."""

from __future__ import annotations

import tomllib
from importlib import resources


def read_welsh() -> dict[str, str]:
    """Return the shipped Welsh by its English text."""
    text = resources.files("ahtc_tui.reference").joinpath("welsh.toml").read_text(encoding="utf-8")
    welsh: dict[str, str] = tomllib.loads(text)["welsh"]
    return welsh
