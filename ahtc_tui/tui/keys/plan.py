"""Keys of the mode Plan and of its overlays."""

from __future__ import annotations

from ahtc_tui.tui.keys.key import Key

KEYS = (
    Key("delivery.open", "menu+o", "open_actions", "Show the actions of the line"),
    Key("delivery.by", "v", "next_by", "Group by objective, lead or group", "view by"),
    Key("delivery.timeline", "menu+t", "timeline", "Show open work on a timeline by quarter"),
    Key("delivery.charts", "menu+b", "charts", "Show open actions over time, and compare quarters"),
    Key("delivery.since", "menu+s", "since", "Show changes since the last meeting or quarter"),
    Key("delivery.new", "n", "new", "Add a milestone to the objective", "milestone"),
    Key("delivery.edit", "e", "edit", "Edit version, owner and the meanings of the BRAG letters", "edit plan"),
    Key("delivery.met", "d", "met", "Record the next milestone as met"),
    Key("delivery.milestones", "menu+m", "milestones", "Edit or remove milestones"),
    Key("delivery.versions", "menu+V", "versions", "Show versions and the meanings of their letters"),
    Key("delivery.end", "menu+K", "end_plan", "Close the plan, then open the next one"),
    Key("delivery.new-objective", "menu+N", "new_objective", "Add an objective"),
    Key("delivery.edit-objective", "menu+E", "edit_objective", "Edit the objective"),
    Key("delivery.new-aim", "menu+A", "new_aim", "Add an aim"),
    Key("delivery.export", "x", "export", "Export the plan as a workbook", "export"),
    Key("periods.earlier", "left,h", "shift(-1)", "Go to the previous quarter", "earlier"),
    Key("periods.later", "right,l", "shift(1)", "Go to the next quarter", "later"),
    Key("periods.export", "x", "export", "Export the page", "export"),
    Key("periods.undated", "v", "toggle_undated", "List the work without a date, or hide it", "without a date"),
    Key("periods.table", "v", "next_by", "Show months, quarters or two quarters compared", "table"),
    Key(
        "versions.end", "d", "show_end", "Choose what to carry over to the next plan, and close this one", "close plan"
    ),
    Key("versions.next", "n", "new", "Open the next plan", "next plan"),
    Key("plan-end.turn", "space", "turn", "Carry the action over to the next plan, or not", "carry over"),
    Key("plan-end.all", "menu+a", "toggle_all", "Carry over all actions, or none"),
    Key("plan-end.close", "y", "close_plan", "Close the plan, then open the next one", "close plan"),
    Key("milestones.new", "n", "new", "Add a milestone", "new"),
    Key("milestones.edit", "e", "edit", "Edit title, objective and date", "edit"),
    Key("milestones.met", "d", "met", "Record the milestone as met today", "met"),
    Key("milestones.remove", "delete", "remove", "Remove the milestone", "remove"),
)
