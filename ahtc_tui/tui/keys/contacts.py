"""Keys of the mode Contacts and of the hand-over of a post."""

from __future__ import annotations

from ahtc_tui.tui.keys.key import Key

KEYS = (
    Key("contact.new", "n", "new", "new", "A new person, post or organisation"),
    Key("contact.remove", "delete", "remove_record", "remove", "Remove a contact added by mistake", hint=False),
    Key("contact.edit", "e", "edit", "edit", "Edit the contact"),
    Key("contact.appoint", "a", "appoint", "appoint", "Appoint a person to the post"),
    Key("contact.handover", "h", "handover", "handover", "Show everything to hand over with the post"),
    Key(
        "contact.leaving", "X", "leaving", "leaving", "Show what a person who leaves holds, and pass it on", hint=False
    ),
    Key("contact.protect", "p", "protect", "data protection", "Data protection: basis, requests, erasure", hint=False),
    Key("contact.engage", "t", "engage", "talked", "Record a call, visit or meeting with the contacts"),
    Key("contact.which", "o", "next_which", "others", "Show people and posts, organisations, all, or reviews due"),
    Key("contact.tier", "T", "tier", "how often", "Set how often to contact them", hint=False),
    Key("contact.log", "L", "log", "log", "Show calls, visits and meetings with the contact", hint=False),
    Key("contact.months", "E", "months", "by month", "Show contacts with everybody by month", hint=False),
    Key("contact.interests", "I", "interests", "interests", "Show and record declared interests", hint=False),
    Key("contact.duplicates", "D", "duplicates", "duplicates", "Find duplicates", hint=False),
    Key("pairs.apart", "b", "apart", "not the same", "Record that the two are different"),
    Key("pairs.close", "escape,backspace,D,q", "close", "back", "Back to the contacts"),
    Key("merge.a", "a", "take('A')", "take A", "Keep the value of A"),
    Key("merge.b", "b", "take('B')", "take B", "Keep the value of B"),
    Key("merge.swap", "s", "swap", "swap", "Keep the other record"),
    Key("merge.merge", "m", "merge", "merge", "Merge the two records"),
    Key("merge.close", "escape,backspace,q", "close", "back", "Back to the pairs"),
    Key("handover.appoint", "a", "appoint", "new holder", "Appoint the new holder of the post"),
    Key("handover.export", "x", "export", "export", "Export the list"),
    Key("handover.close", "escape,backspace,h,q", "close", "back", "Back to the contacts"),
    Key("leaving.proposed", "a", "take_proposed", "as proposed", "Pass the item to who is proposed"),
    Key("leaving.heir", "e", "edit", "choose", "Choose who takes the item over"),
    Key("leaving.end", "w", "end_item", "nobody", "Let the item end without anybody to take it over"),
    Key("leaving.stay", "s", "leave_item", "leave", "Leave the item as it is"),
    Key("leaving.all", "K", "take_all", "all proposed", "Pass every item without an answer to who is proposed"),
    Key("leaving.save", "p", "pass_on", "save", "Save the answers in one step"),
    Key("protect.answer", "s", "answer", "subject access", "Export everything held on the person as one archive"),
    Key("protect.erase", "E", "erase", "erase", "Erase the person permanently, after typing the reference"),
    Key("protect.close", "escape,backspace,p,q", "close", "back", "Back to the contacts"),
)
