"""Keys of the mode Groups, of the seats of a group and of the tables over all groups."""

from __future__ import annotations

from ahtc_tui.tui.keys.key import Key

KEYS = (
    Key("group.new", "n", "new", "new", "A new group"),
    Key("group.edit", "e", "edit", "edit", "Edit the group"),
    Key("group.seats", "s", "seats", "seats", "The seats of the group: give, renew, end"),
    Key("group.rename", "r", "rename", "rename", "Another name from a day; both are found", hint=False),
    Key("group.ours", "o", "ours", "our seats", "Our own seats: role, next date, actions on us"),
    Key("group.matrix", "m", "matrix", "matrix", "Organisations by groups: who is missing where"),
    Key("group.map", "w", "forum_map", "map", "The fora of Wales by area"),
    Key("group.brief", "x", "brief", "brief", "The brief for the group as a Word file"),
    Key("table.close", "escape,backspace", "close", "back", "From the table to the list"),
    Key("table.right", "right,l", "page(1)", "right", "The groups to the right"),
    Key("table.left", "left,h", "page(-1)", "left", "The groups to the left"),
    Key("seat.new", "n", "new", "new", "A new seat"),
    Key("seat.edit", "e", "edit", "edit", "Edit the seat: role, term, who comes, deputy"),
    Key("seat.renew", "r", "renew", "renew", "Give the seat its next term"),
    Key("seat.end", "d", "end", "end", "Say which is the last day of the seat"),
)

GROUPS = (
    "group.new",
    "group.edit",
    "group.seats",
    "group.rename",
    "group.ours",
    "group.matrix",
    "group.map",
    "group.brief",
)
TABLE = ("table.close", "desk.help", "desk.quit")
MATRIX = ("table.left", "table.right")
SEATS = ("seat.new", "seat.edit", "seat.renew", "seat.end", "desk.undo", "desk.redo")
