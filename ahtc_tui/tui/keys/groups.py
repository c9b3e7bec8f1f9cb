"""Keys of the mode Groups, of the seats of a group and of the tables over all groups."""

from __future__ import annotations

from ahtc_tui.tui.keys.key import Key

KEYS = (
    Key("group.new", "n", "new", "new", "Add a group"),
    Key("group.remove", "delete", "remove_record", "remove", "Remove a group added by mistake", hint=False),
    Key("group.edit", "e", "edit", "edit", "Edit the group"),
    Key("group.seats", "menu+s", "seats", "seats", "Edit the group's seats"),
    Key(
        "group.rename",
        "menu+r",
        "rename",
        "rename",
        "Rename the group from a date; a search finds both names",
        hint=False,
    ),
    Key(
        "group.close",
        "menu+C",
        "close_group",
        "close",
        "Close the group with its seats and coming meetings",
        hint=False,
    ),
    Key("group.ours", "v", "ours", "our seats", "Show our seats: role, next date, our actions"),
    Key("group.attendance", "menu+a", "attendance", "attendance", "Show attendance by seat and by person", hint=False),
    Key("group.matrix", "menu+m", "matrix", "matrix", "Show organisations by group, and missing seats"),
    Key("group.map", "menu+w", "forum_map", "map", "Show the fora in Wales by area"),
    Key(
        "group.areas",
        "menu+A",
        "areas",
        "areas",
        "Show the areas: regions, forces, health boards, authorities",
        hint=False,
    ),
    Key("group.brief", "x", "brief", "brief", "Export the brief for the group"),
    Key("table.close", "escape,q", "close", "back", "Back to the list"),
    Key("table.right", "right,l", "page(1)", "right", "Scroll to the right"),
    Key("table.left", "left,h", "page(-1)", "left", "Scroll to the left"),
    Key("area.new", "n", "new", "new", "Add an area"),
    Key("area.edit", "e", "edit", "edit", "Edit or rename the area"),
    Key("area.end", "d", "end", "end", "Set the area's last date"),
    Key("seat.new", "n", "new", "new", "Add a seat"),
    Key("seat.edit", "e", "edit", "edit", "Edit the seat: role, term, occupant, deputy"),
    Key("seat.renew", "menu+r", "renew", "renew", "Renew the seat for another term"),
    Key("seat.end", "d", "end", "end", "Set the seat's last date"),
)
