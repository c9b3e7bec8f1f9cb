"""Keys of the mode Plan and of its overlays."""

from __future__ import annotations

from ahtc_tui.tui.keys.key import Key

KEYS = (
    Key("delivery.open", "o", "open_actions", "actions", "The actions behind the line, in Actions"),
    Key("delivery.by", "v", "next_by", "view by", "By objective, lead or group"),
    Key("delivery.timeline", "t", "timeline", "timeline", "What is open against time, by quarter"),
    Key("delivery.burn-down", "b", "burn_down", "burn-down", "Open actions by month, and the trend by quarter"),
    Key("delivery.compare", "p", "compare", "compare", "Two quarters side by side"),
    Key("delivery.since", "s", "since", "since", "What happened since the last Leadership Group"),
    Key("delivery.new", "n", "new", "milestone", "A new milestone of the objective"),
    Key("delivery.edit", "e", "edit", "edit plan", "Version, owner and what the BRAG letters mean"),
    Key("delivery.met", "d", "met", "met", "Say that the next milestone was met", hint=False),
    Key("delivery.milestones", "m", "milestones", "milestones", "All milestones, to edit or take away", hint=False),
    Key("delivery.versions", "V", "versions", "versions", "Versions, and what their letters mean", hint=False),
    Key("delivery.new-objective", "N", "new_objective", "objective", "A new objective", hint=False),
    Key("delivery.edit-objective", "E", "edit_objective", "objective", "Edit the objective", hint=False),
    Key("delivery.new-aim", "A", "new_aim", "aim", "A new aim", hint=False),
    Key("delivery.export", "x", "export", "export", "The plan as a workbook"),
    Key("periods.close", "escape,backspace", "close", "back", "Back to the plan"),
    Key("periods.earlier", "left,h", "shift(-1)", "earlier", "The quarter before"),
    Key("periods.later", "right,l", "shift(1)", "later", "The quarter after"),
    Key("periods.other", "b", "other", "months/quarters", "Months, or quarters"),
    Key("periods.export", "x", "export", "export", "The page as a Word file"),
    Key("periods.by", "v", "next_by", "view by", "By objective, lead or group"),
    Key("milestones.new", "n", "new", "new", "A new milestone"),
    Key("milestones.edit", "e", "edit", "edit", "Words, objective, day"),
    Key("milestones.met", "d", "met", "met", "It was met today"),
    Key("milestones.remove", "delete", "remove", "take away", "Take it away"),
)

PLAN = (
    "delivery.open",
    "delivery.by",
    "delivery.timeline",
    "delivery.burn-down",
    "delivery.compare",
    "delivery.since",
    "delivery.new",
    "delivery.edit",
    "delivery.met",
    "delivery.milestones",
    "delivery.versions",
    "delivery.new-objective",
    "delivery.edit-objective",
    "delivery.new-aim",
    "delivery.export",
)
OVERLAY = ("periods.close", "desk.help", "desk.quit")
SHIFT = ("periods.earlier", "periods.later")
MILESTONES = (
    "milestones.new",
    "milestones.edit",
    "milestones.met",
    "milestones.remove",
    "desk.undo",
    "desk.redo",
)
