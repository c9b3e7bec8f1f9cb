"""The keys of Plan and of the pictures over the whole plan."""

from __future__ import annotations

from ahtc_tui.tui.keys.key import Key

KEYS = (
    Key("delivery.open", "o", "open_actions", "actions", "The actions behind the line, in Actions"),
    Key("delivery.by", "v", "next_by", "view by", "By objective, lead or group"),
    Key("delivery.timeline", "t", "timeline", "timeline", "What is open against time, by quarter"),
    Key("delivery.burn-down", "b", "burn_down", "burn-down", "Open actions by month, and the trend by quarter"),
    Key("delivery.compare", "p", "compare", "compare", "Two quarters side by side"),
    Key("delivery.new", "n", "new", "milestone", "A new milestone of the objective"),
    Key("delivery.edit", "e", "edit", "edit plan", "Version, owner and what the BRAG letters mean"),
    Key("delivery.met", "d", "met", "met", "Say that the next milestone was met", hint=False),
    Key("delivery.export", "x", "export", "export", "The plan as a workbook"),
    Key("periods.close", "escape,backspace", "close", "back", "Back to the plan"),
    Key("periods.earlier", "left,h", "shift(-1)", "earlier", "The quarter before"),
    Key("periods.later", "right,l", "shift(1)", "later", "The quarter after"),
    Key("periods.other", "b", "other", "months/quarters", "Months, or quarters"),
    Key("periods.by", "v", "next_by", "view by", "By objective, lead or group"),
)

PLAN = (
    "delivery.open",
    "delivery.by",
    "delivery.timeline",
    "delivery.burn-down",
    "delivery.compare",
    "delivery.new",
    "delivery.edit",
    "delivery.met",
    "delivery.export",
)
OVER = ("periods.close", "desk.help", "desk.quit")
SHIFTING = ("periods.earlier", "periods.later")
