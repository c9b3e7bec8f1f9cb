"""Keys of the mode Reports and of imports: files, plan and questions."""

from __future__ import annotations

from ahtc_tui.tui.keys.key import Key

KEYS = (
    Key("report.returns", "r", "send_out('returns')", "returns", "A workbook and a note for each lead"),
    Key("report.chasers", "c", "send_out('chasers')", "chasers", "A mail draft for each lead of what is late", False),
    Key("report.actions", "a", "send_out('actions')", "action log", "The whole action log as a workbook", False),
    Key("report.decisions", "d", "send_out('decisions')", "decisions", "The decision register as a workbook", False),
    Key("report.contacts", "p", "send_out('contacts')", "people", "The register of contacts as a workbook", False),
    Key("report.attendance", "t", "send_out('attendance')", "attendance", "Attendance as a workbook", False),
    Key("report.since", "s", "send_out('since')", "since", "What happened since the last Leadership Group", False),
    Key("report.dashboard", "h", "send_out('dashboard')", "dashboard", "The position as a page for a browser", False),
    Key("report.calendar", "v", "send_out('calendar')", "calendar", "Every meeting in one calendar file", False),
    Key(
        "report.commissions",
        "o",
        "app.commissions",
        "papers asked for",
        "Papers that others ask for, question by question",
    ),
    Key("report.request", "f", "request", "FOI request", "What is held on a subject, for somebody who asks", False),
    Key("report.pack", "w", "take_away", "pack", "Everything as one encrypted file, to take along", False),
    Key(
        "report.everything",
        "e",
        "send_out('everything')",
        "everything",
        "Every record and all history as one archive",
        False,
    ),
    Key("report.backup", "b", "send_out('backup')", "backup", "A whole copy of the database, checked when it is made"),
    Key("import.open", "i", "app.bring_in", "import", "Bring in returns, logs, calendars, answers, contacts"),
    Key("files.path", "p,slash", "path", "type a path", "Type or paste the path of a file or folder"),
    Key("files.up", "backspace,left,h", "up", "folder above", "The folder above"),
    Key("files.leave", "escape,q", "leave", "back", "Back, nothing comes in"),
    Key("plan.apply", "a", "apply", "apply all", "Write all of it as one step: what is clear, and what you decided"),
    Key("plan.columns", "m", "columns", "columns", "What each column was taken for, to change it"),
    Key("plan.kind", "w", "kind", "read as", "Read the files as something else", hint=False),
    Key("plan.leave", "q,ctrl+q", "leave", "leave", "Leave, nothing is written", hint=False),
    Key("question.ours", "o", "answer('ours')", "keep ours", "Keep what is here now", False),
    Key("question.theirs", "t", "answer('theirs')", "take theirs", "Take what came back", False),
    Key("question.edit", "e", "edit", "edit", "Write something else", False),
    Key("question.both", "b", "answer('both')", "both", "Keep what is here and add what came back", False),
    Key("question.skip", "s", "skip", "skip", "Leave it open for now", False),
    Key("question.back", "left,h,backspace", "step(-1)", "back", "The question before"),
    Key("question.next", "right,l", "step(1)", "next", "The next question, this one as it is"),
    Key("question.all", "T", "all_alike('theirs')", "all alike", "Take theirs in all questions alike", False),
    Key("question.all-ours", "O", "all_alike('ours')", "ours", "Keep ours in all questions alike", False),
    Key("question.leave", "escape,q", "dismiss(None)", "to the plan", "To the plan; answers stay"),
    Key("columns.choose", "space", "choose", "change", "Choose what the column means", hint=False),
    Key("columns.done", "escape,q,m", "done", "go on", "On to the plan, with the columns as they stand"),
)

REPORTS = (*(key.id for key in KEYS if key.id.startswith("report.")), "import.open")
FILES = tuple(key.id for key in KEYS if key.id.startswith("files."))
PLAN = tuple(key.id for key in KEYS if key.id.startswith("plan."))
QUESTION = tuple(key.id for key in KEYS if key.id.startswith("question."))
COLUMNS = tuple(key.id for key in KEYS if key.id.startswith("columns."))
