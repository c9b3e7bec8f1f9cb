"""The keys of one person and the law: the answer to a request, and erasing."""

from __future__ import annotations

from ahtc_tui.tui.keys.key import Key

KEYS = (
    Key("protect.answer", "s", "answer", "subject access", "Everything held on the person as one archive"),
    Key("protect.erase", "E", "erase", "erase", "Erase the person for good, once the reference is typed"),
    Key("protect.close", "escape,backspace,p", "close", "back", "Back to the contacts"),
)

PROTECTION = ("protect.answer", "protect.erase", "protect.close", "desk.help", "desk.quit")
