"""Keys of the mode Contacts and of the handover of a post."""

from __future__ import annotations

from ahtc_tui.tui.keys.key import Key

KEYS = (
    Key("contact.new", "n", "new", "Add a person, a post or an organisation", "new"),
    Key("contact.remove", "delete", "remove_record", "Remove a contact added by mistake"),
    Key("contact.edit", "e", "edit", "Edit the contact", "edit"),
    Key("contact.appoint", "menu+a", "appoint", "Appoint a person to the post"),
    Key("contact.handover", "menu+h", "handover", "Show everything to hand over with the post"),
    Key("contact.leaving", "menu+X", "leaving", "Show what a departing person holds, and pass it on"),
    Key("contact.protect", "menu+p", "protect", "Show data protection: basis, requests, erasure"),
    Key("contact.engage", "menu+t", "engage", "Record a call, visit or meeting with the contacts"),
    Key(
        "contact.which",
        "v",
        "next_which",
        "Show people and posts, organisations, all, or reviews due",
        "others",
        was="o",
    ),
    Key("contact.tier", "menu+T", "tier", "Set how often to contact the person"),
    Key("contact.log", "menu+L", "log", "Show calls, visits and meetings with the contact"),
    Key("contact.months", "menu+E", "months", "Show contacts with everybody by month"),
    Key("contact.interests", "menu+I", "interests", "Show and record declared interests"),
    Key("contact.duplicates", "menu+D", "duplicates", "Find duplicates"),
    Key("pairs.apart", "menu+b", "apart", "Record the two as different"),
    Key("pairs.close", "escape,q", "close", "Back to the contacts", "back"),
    Key("merge.a", "1", "take('A')", "Keep the value of A", "take A", was="a"),
    Key("merge.b", "2", "take('B')", "Keep the value of B", "take B", was="b"),
    Key("merge.swap", "menu+s", "swap", "Keep the other record"),
    Key("merge.merge", "menu+m", "merge", "Merge the two records"),
    Key("merge.close", "escape,q", "close", "Back to the pairs", "back"),
    Key("handover.appoint", "n", "new", "Appoint the new holder of the post", "new holder"),
    Key("handover.export", "x", "export", "Export the list", "export"),
    Key("handover.close", "escape,q", "close", "Back to the contacts", "back"),
    Key("leaving.proposed", "1", "take_proposed", "Pass the item to the proposed person", "as proposed", was="a"),
    Key("leaving.heir", "e", "edit", "Choose who takes the item over", "choose"),
    Key("leaving.end", "2", "end_item", "End the item, with nobody to take it over", "nobody", was="w"),
    Key("leaving.stay", "3", "leave_item", "Leave the item as it is", "leave", was="s"),
    Key("leaving.save", "d", "pass_on", "Save the answers in one step", "save"),
    Key("protect.answer", "menu+s", "answer", "Export everything held on the person as one archive"),
    Key("protect.erase", "menu+E", "erase", "Erase the person permanently, after typing the reference"),
    Key("protect.close", "escape,q", "close", "Back to the contacts", "back"),
)
