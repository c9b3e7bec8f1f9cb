"""Keys of the settings."""

from __future__ import annotations

from ahtc_tui.tui.keys.key import Key

KEYS = (
    Key("setting.open", "comma", "app.settings", "settings", "Show and change the settings of the workspace", False),
    Key("setting.edit", "e", "edit", "edit", "Type another value of the setting"),
)
