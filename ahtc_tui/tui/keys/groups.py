"""Keys of the mode Groups, of the seats of a group and of the tables over all groups."""

from __future__ import annotations

from ahtc_tui.tui.keys.key import Key

KEYS = (
    Key("group.new", "n", "new", "Add a group", "new"),
    Key("group.remove", "delete", "remove_record", "Remove a group added by mistake"),
    Key("group.edit", "e", "edit", "Edit the group", "edit"),
    Key("group.seats", "menu+s", "seats", "Edit the group's seats"),
    Key("group.rename", "menu+r", "rename", "Rename the group from a date; a search finds both names"),
    Key("group.close", "menu+C", "close_group", "Close the group with its seats and coming meetings"),
    Key("group.ours", "v", "ours", "Show our seats: role, next date, our actions", "our seats"),
    Key("group.attendance", "menu+a", "attendance", "Show attendance by seat and by person"),
    Key("group.matrix", "menu+m", "matrix", "Show organisations by group, and missing seats"),
    Key("group.map", "menu+w", "forum_map", "Show the fora in Wales by area"),
    Key("group.areas", "menu+A", "areas", "Show the areas: regions, forces, health boards, authorities"),
    Key("group.brief", "x", "brief", "Export the brief for the group", "brief"),
    Key("table.close", "escape,q", "close", "Back to the list", "back"),
    Key("table.right", "right,l", "page(1)", "Scroll to the right", "right"),
    Key("table.left", "left,h", "page(-1)", "Scroll to the left", "left"),
    Key("area.new", "n", "new", "Add an area", "new"),
    Key("area.edit", "e", "edit", "Edit or rename the area", "edit"),
    Key("area.end", "d", "end", "Set the area's last date", "end"),
    Key("seat.new", "n", "new", "Add a seat", "new"),
    Key("seat.edit", "e", "edit", "Edit the seat: role, term, occupant, deputy", "edit"),
    Key("seat.renew", "menu+r", "renew", "Renew the seat for another term"),
    Key("seat.end", "d", "end", "Set the seat's last date", "end"),
)
