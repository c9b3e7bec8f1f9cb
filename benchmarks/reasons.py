"""Why rows fall short of what they are to reach, or cost more than linear: one line each, printed below the table."""

from __future__ import annotations

SHARED = {
    "start": "most of it is the import of the command, its parser and the driver",
    "key": "each key passes the queues of all widgets above the list before the lines that changed are drawn",
    "letter": (
        "the first letter alone merges all words that begin with it, since the index lists longer beginnings only; the"
        " number of rows is counted 20 ms after they are drawn"
    ),
    "line": (
        "four fifths of the time is spent in SQLite: constraints, the indexes of rows and journal, and the search"
        " index; the rest checks, encodes and hashes each row"
    ),
    "edit": (
        "one edit of a title writes journal, step and action, and replaces the search entries of the action and of its"
        " five updates"
    ),
    "reversal": (
        "two fifths of the time is spent in SQLite, with the indexes of rows and journal; the rest replays each record"
        " and compares it with later writes and with its row"
    ),
    "rows": "all rows are read first and held compressed, because a file shows one state of the database",
    "plan": (
        "a child process with limits reads the cells; each row is matched and compared, and held until its questions"
        " are known"
    ),
    "check": "each line is checked like typed input, its chain followed and its record replayed",
    "proof": "the copy is read back, its journal replayed and each digest computed again before it counts",
}
"""Parts of reasons that several rows share."""

TEXT = """\
ahtc --version | two fifths of what it adds to an empty Python are modules of the standard library
ahtc --help | the language of the page is a setting of the workspace, which is looked up before it is printed
list --late, N | {start}
today, N | {start}; the rest counts actions in indexes
plan show, N | {start}; the rest counts actions in an index
first mode key at first paint | the modules of the mode are still imported
processor time N s after start | what later keys need is imported while the screen is idle
undo of an import of N rows | {reversal}
add during a backup, N | a part of the backup is copied before the write can begin
page of a list, N | {start}; Taskwarrior is compiled, starts in a few ms and reads all its tasks each time
search, N | {start}; from 100,000 on, ranking the hits by title and kind, which the floor leaves out
first paint, N | a quarter of it is the import of our modules, a third of that their row classes; the floor has neither
line down, pN, N | {key}
page down, pN, N | {key}; every line of the list is another one
end, pN, N | {key}; the last page is read, and every line of the list is another one
typed letter of a filter, pN, N | {letter}
memory at first paint | the driver of SQLite with its cache, and the modules of the first screen with their rows
idle, processor time a second | it asks the database whether another window has written
view: today, N | counted from the actions each time, so that no kept number can differ from the records
view: plan, N | counted from the actions each time; a large table no longer fits into the cache of the database
view: trend, N | one query per quarter finds the state of each action in the journal; it no longer fits into the cache
view: words by due, N | all actions with the word are sorted by due date; no index has words in that order
N edits, each with journal and index | {edit}
load of N actions, five updates each | {line}
load of N actions | {line}; the rows that it is given take 130 MiB, and changed pages stay in memory until the commit
undo of a load of N | {reversal}
redo of a load of N | {reversal}
log as .xlsx, N | {rows}; the workbook also gets styles, heights and checks of each cell
log as .csv, N | {rows}
log as .json, N | {rows}; each action also gets its urgency and the parts of its dates
.ics of due dates | the floor has neither the description of an action nor its sequence number from the journal
.vcf of N | every value is cleaned and escaped, every line folded at 75 bytes; the floor copies texts
.docx of N pages | two fifths is reading the records and wording their claims; styles and properties are added
committee paper of N claims | a sentence is composed for each claim, and checked against its record
log of N rows to the plan of an import | {plan}
merge of N rows, four changes each | {check}; the floor inserts lines without reading them
sync, first, N rows | {check}, on the server and here
sync, nothing, N rows | a new connection, one hash over all lines of the server, and a list of open conflicts
sync, edits, N rows | {check}, on the server and here
backup | {proof}
restore | {proof}
check | every record is replayed from the journal, and every chain computed again, in addition to the checks of SQLite
full export | every table is written twice, as CSV and as JSON; a third of the time is their compression
unlock | the connection is opened and its schema read after the derivation"""
"""A line for each kind of row, its name with N in the place of numbers, and its reason."""

REASONS = dict(line.split(" | ") for line in TEXT.format(**SHARED).splitlines())
