"""Keys of the mode Contacts and of the hand-over of a post."""

from __future__ import annotations

from ahtc_tui.tui.keys.key import Key

KEYS = (
    Key("contact.new", "n", "new", "new", "A new person, post or organisation"),
    Key("contact.edit", "e", "edit", "edit", "Edit the contact"),
    Key("contact.appoint", "a", "appoint", "appoint", "Put a person in the post, or in the post that they hold"),
    Key("contact.handover", "h", "handover", "hand-over", "What passes on with the post, on one screen"),
    Key("contact.protect", "p", "protect", "data protection", "Why the person is held; requests; erase", hint=False),
    Key(
        "contact.which",
        "o",
        "next_which",
        "others",
        "People and posts, organisations, all, or whose data protection review is due",
    ),
    Key(
        "contact.engage", "t", "engage", "talked", "Write down a call, visit or meeting with the contact, or the marked"
    ),
    Key("contact.tier", "T", "tier", "how often", "How often the contact should be spoken to", hint=False),
    Key("contact.log", "L", "log", "log", "When the contact was spoken to, and at which meetings", hint=False),
    Key("contact.duplicates", "D", "duplicates", "duplicates", "Who may be here twice", hint=False),
    Key("pairs.apart", "n", "apart", "not the same", "Remember that the two are not the same"),
    Key("pairs.close", "escape,backspace,D", "close", "back", "Back to the contacts"),
    Key("merge.a", "a", "take('A')", "take A", "The value of A stays"),
    Key("merge.b", "b", "take('B')", "take B", "The value of B stays"),
    Key("merge.swap", "s", "swap", "swap", "The other record stays"),
    Key("merge.merge", "m", "merge", "merge", "Make one of the two"),
    Key("merge.close", "escape,backspace", "close", "back", "Back to the pairs"),
    Key("handover.appoint", "a", "appoint", "new holder", "Change the holder of the post, once"),
    Key("handover.export", "x", "export", "export", "The list as a Word file"),
    Key("handover.close", "escape,backspace,h", "close", "back", "Back to the contacts"),
    Key("protect.answer", "s", "answer", "subject access", "Everything held on the person as one archive"),
    Key("protect.erase", "E", "erase", "erase", "Erase the person for good, once the reference is typed"),
    Key("protect.close", "escape,backspace,p", "close", "back", "Back to the contacts"),
)

CONTACTS = (
    "contact.new",
    "contact.edit",
    "contact.appoint",
    "contact.handover",
    "contact.protect",
    "contact.engage",
    "contact.which",
    "contact.tier",
    "contact.log",
    "contact.duplicates",
)
DUPLICATES = ("pairs.apart", "pairs.close", "desk.undo", "desk.redo", "desk.help", "desk.quit")
MERGE = ("merge.a", "merge.b", "merge.swap", "merge.merge", "merge.close", "desk.help", "desk.quit")
HANDOVER = (
    "handover.appoint",
    "handover.export",
    "handover.close",
    "desk.undo",
    "desk.redo",
    "desk.help",
    "desk.quit",
)
PROTECTION = ("protect.answer", "protect.erase", "protect.close", "desk.help", "desk.quit")
