"""Keys of the mode Reports and of imports: files, plan and questions."""

from __future__ import annotations

from ahtc_tui.tui.keys.key import Key

KEYS = (
    Key("report.returns", "r", "send_out('returns')", "returns", "Write a workbook and a note for each lead"),
    Key(
        "report.chasers",
        "c",
        "send_out('chasers')",
        "chasers",
        "Write a mail draft to each lead of late actions",
        False,
    ),
    Key("report.actions", "a", "send_out('actions')", "action log", "Export the action log as a workbook", False),
    Key("report.decisions", "D", "send_out('decisions')", "decisions", "Export the decision register", False),
    Key("report.contacts", "p", "send_out('contacts')", "people", "Export the register of contacts", False),
    Key("report.attendance", "t", "send_out('attendance')", "attendance", "Export attendance as a workbook", False),
    Key("report.since", "s", "send_out('since')", "since", "Show changes since the last Leadership Group", False),
    Key("report.dashboard", "h", "send_out('dashboard')", "dashboard", "Write the dashboard as a web page", False),
    Key("report.calendar", "v", "send_out('calendar')", "calendar", "Export all meetings as one calendar file", False),
    Key("report.commissions", "o", "app.commissions", "commissions", "Open the papers requested by others"),
    Key("report.request", "f", "request", "FOI request", "Search the records for an FOI request", False),
    Key("report.pack", "w", "take_away", "pack", "Write an encrypted copy of the office to take along", False),
    Key("report.everything", "E", "send_out('everything')", "everything", "Export every record and its history", False),
    Key("report.backup", "b", "send_out('backup')", "backup", "A full copy of the database, checked when made"),
    Key("import.open", "i", "app.bring_in", "import", "Import returns, logs, calendars, answers, contacts"),
    Key("files.path", "p,slash", "path", "type a path", "Type or paste the path of a file or folder"),
    Key("files.up", "backspace,left,h", "up", "folder above", "Open the folder above"),
    Key("files.leave", "escape,q", "leave", "back", "Go back without importing"),
    Key("plan.apply", "a", "apply", "apply all", "Write all clear and decided changes in one step"),
    Key("plan.columns", "m", "columns", "columns", "Check and change the meaning of each column"),
    Key("plan.kind", "w", "kind", "read as", "Read the files as another kind", hint=False),
    Key("plan.leave", "q,ctrl+q", "leave", "leave", "Leave without writing", hint=False),
    Key("question.ours", "o", "answer('ours')", "keep ours", "Keep our value", False),
    Key("question.theirs", "t", "answer('theirs')", "take theirs", "Take their value", False),
    Key("question.edit", "e", "edit", "edit", "Type another value", False),
    Key("question.both", "b", "answer('both')", "both", "Keep both values", False),
    Key("question.skip", "s", "skip", "skip", "Leave the question open", False),
    Key("question.back", "left,h,backspace", "step(-1)", "back", "Go to the previous question"),
    Key("question.next", "right,l", "step(1)", "next", "Go to the next question"),
    Key("question.all", "T", "all_alike('theirs')", "all alike", "Take theirs in all similar questions", False),
    Key("question.all-ours", "O", "all_alike('ours')", "ours", "Keep ours in all similar questions", False),
    Key("question.leave", "escape,q", "dismiss(None)", "to the plan", "Back to the plan; answers are kept"),
    Key("columns.choose", "space", "choose", "change", "Choose what the column means", hint=False),
    Key("columns.done", "escape,q,m", "done", "go on", "Continue to the plan with these columns"),
)
