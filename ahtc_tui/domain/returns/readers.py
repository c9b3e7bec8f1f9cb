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

from ahtc_tui.domain.returns.dates import DateConventions, DateReading, is_month_first, read_date_cell
from ahtc_tui.domain.returns.headings import ANCHOR_FIELDS, resolve_heading, resolve_headings
from ahtc_tui.domain.returns.owners import Owners, is_placeholder, split_owners
from ahtc_tui.domain.returns.references import find_known_references, is_total_row, list_spellings, normalize_reference
from ahtc_tui.domain.returns.statuses import (
    ColourProposal,
    is_only_open,
    is_only_yes,
    parse_brag,
    parse_progress_rating,
    parse_status,
    propose_from_colour,
)
from ahtc_tui.domain.text.normalization import normalize_text

__all__ = [
    "ANCHOR_FIELDS",
    "ColourProposal",
    "DateConventions",
    "DateReading",
    "Owners",
    "find_known_references",
    "is_month_first",
    "is_only_open",
    "is_only_yes",
    "is_placeholder",
    "is_total_row",
    "list_spellings",
    "normalize_reference",
    "normalize_text",
    "parse_brag",
    "parse_progress_rating",
    "parse_status",
    "propose_from_colour",
    "read_date_cell",
    "resolve_heading",
    "resolve_headings",
    "split_owners",
]  # fmt: skip
