"""Keys of the mode Plan and of its overlays."""

from __future__ import annotations

from ahtc_tui.tui.keys.key import Key

KEYS = (
    Key("delivery.open", "menu+o", "open_actions", "actions", "Show the actions of the line"),
    Key("delivery.by", "v", "next_by", "view by", "Group by objective, lead or group"),
    Key("delivery.timeline", "menu+t", "timeline", "timeline", "Show open work on a timeline by quarter"),
    Key("delivery.charts", "menu+b", "charts", "charts", "Show open actions over time, and compare quarters"),
    Key("delivery.since", "menu+s", "since", "since", "Show changes since the last meeting or quarter"),
    Key("delivery.new", "n", "new", "milestone", "Add a milestone to the objective"),
    Key("delivery.edit", "e", "edit", "edit plan", "Edit version, owner and the meanings of the BRAG letters"),
    Key("delivery.met", "d", "met", "met", "Record the next milestone as met", hint=False),
    Key("delivery.milestones", "menu+m", "milestones", "milestones", "Edit or remove milestones", hint=False),
    Key(
        "delivery.versions",
        "menu+V",
        "versions",
        "versions",
        "Show versions and the meanings of their letters",
        hint=False,
    ),
    Key(
        "delivery.end",
        "menu+K",
        "end_plan",
        "close plan",
        "Close the plan, then open the next one",
        hint=False,
    ),
    Key("delivery.new-objective", "menu+N", "new_objective", "objective", "Add an objective", hint=False),
    Key("delivery.edit-objective", "menu+E", "edit_objective", "objective", "Edit the objective", hint=False),
    Key("delivery.new-aim", "menu+A", "new_aim", "aim", "Add an aim", hint=False),
    Key("delivery.export", "x", "export", "export", "Export the plan as a workbook"),
    Key("periods.earlier", "left,h", "shift(-1)", "earlier", "Go to the previous quarter"),
    Key("periods.later", "right,l", "shift(1)", "later", "Go to the next quarter"),
    Key("periods.export", "x", "export", "export", "Export the page"),
    Key("periods.undated", "v", "toggle_undated", "without a date", "List the work without a date, or hide it"),
    Key("periods.table", "v", "next_by", "table", "Show months, quarters or two quarters compared"),
    Key(
        "versions.end", "d", "show_end", "close plan", "Choose what to carry over to the next plan, and close this one"
    ),
    Key("versions.next", "n", "new", "next plan", "Open the next plan"),
    Key("plan-end.turn", "space", "turn", "carry over", "Carry the action over to the next plan, or not"),
    Key("plan-end.all", "menu+a", "toggle_all", "all", "Carry over all actions, or none"),
    Key("plan-end.close", "y", "close_plan", "close plan", "Close the plan, then open the next one"),
    Key("milestones.new", "n", "new", "new", "Add a milestone"),
    Key("milestones.edit", "e", "edit", "edit", "Edit title, objective and date"),
    Key("milestones.met", "d", "met", "met", "Record the milestone as met today"),
    Key("milestones.remove", "delete", "remove", "remove", "Remove the milestone"),
)
