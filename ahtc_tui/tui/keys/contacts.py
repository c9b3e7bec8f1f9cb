"""The keys of Contacts."""

from __future__ import annotations

from ahtc_tui.tui.keys.key import Key

KEYS = (Key("contact.which", "o", "next_which", "organisations/all", "People and posts, organisations, or all"),)

CONTACTS = ("contact.which",)
