"""The keys of Contacts and of the hand-over of a post."""

from __future__ import annotations

from ahtc_tui.tui.keys.key import Key

KEYS = (
    Key("contact.new", "n", "new", "new", "A new person, post or organisation"),
    Key("contact.edit", "e", "edit", "edit", "Edit the contact"),
    Key("contact.appoint", "a", "appoint", "appoint", "Put a person in the post, or in the post that they hold"),
    Key("contact.handover", "h", "handover", "hand-over", "What passes on with the post, on one screen"),
    Key("contact.which", "o", "next_which", "organisations/all", "People and posts, organisations, or all"),
    Key("handover.appoint", "a", "appoint", "new holder", "Change the holder of the post, once"),
    Key("handover.export", "x", "export", "export", "The list as a Word file"),
    Key("handover.close", "escape,backspace,h", "close", "back", "Back to the contacts", show_as="esc"),
)

CONTACTS = ("contact.new", "contact.edit", "contact.appoint", "contact.handover", "contact.which")
HANDOVER = (
    "handover.appoint",
    "handover.export",
    "handover.close",
    "desk.undo",
    "desk.redo",
    "desk.help",
    "desk.quit",
)
