"""How people fill in an action log: one door to the readers of each kind of cell. Never a file or a database.

How to use it, cell by cell (`Cell.value` may be text, a number, a date or None; text readers take text):

    fields_of(table.headers)     one field or None a column, no field twice: ("ref", "title", None, "lead", ...)
    field_of("By when")          "due"; also "sent_due", "row_id", "row_hash" of what we sent
    status_of("Parhaus")         Status.CONTINUING; None: ask. says_only_open("Open"): leave a status that is open
    brag_of("R Red")             Brag.RED; None: ask
    status_from_colour("blue")   FromColour(brag, status, says): propose it, never apply it
    owners_of("A / B", is_name)  Owners(names=("A", "B"), placeholder=None); ("tbc") gives names=(), placeholder="tbc"
    day_of(value, as_at, habits) Said(known, guess, question); .words_only ("ASAP"), .goes_on ("ongoing")
    is_month_first("02/13/2014") True: note it in the Habits of the file, and its other dates are in doubt
    ref_key("dp 25")             "DP 25": index the register by the same function; ref_of("dp 7") spells ("DP-07", ...)
    is_total_row(values)         the reader leaves such rows out already
"""

from __future__ import annotations

from ahtc_tui.domain.returns.dates import Habits, Said, day_of, is_month_first
from ahtc_tui.domain.returns.headings import ANCHORS, field_of, fields_of
from ahtc_tui.domain.returns.owners import Owners, is_placeholder, owners_of
from ahtc_tui.domain.returns.references import is_total_row, ref_key, ref_of, refs_among
from ahtc_tui.domain.returns.statuses import (
    FromColour,
    brag_of,
    going_of,
    says_only_open,
    says_only_yes,
    status_from_colour,
    status_of,
)
from ahtc_tui.domain.text.normalization import folded

__all__ = [
    "ANCHORS", "FromColour", "Habits", "Owners", "Said", "brag_of", "day_of", "field_of", "fields_of", "folded",
    "going_of", "is_month_first", "is_placeholder", "is_total_row", "owners_of", "ref_key", "ref_of", "refs_among",
    "says_only_open", "says_only_yes", "status_from_colour", "status_of",
]  # fmt: skip
