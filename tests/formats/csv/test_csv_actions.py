"""Actions for spreadsheets and for other programs."""

from __future__ import annotations

import csv
import json
from datetime import date
from pathlib import Path

import pytest

from ahtc_tui.domain.actions.model import ActionRow, Brag, Status
from ahtc_tui.domain.dates.date_as_known import from_iso
from ahtc_tui.formats.actions_json import write_actions_json
from ahtc_tui.formats.csv.actions import write_actions_csv
from ahtc_tui.formats.xlsx.action_log_rows import headings
from tests.formats.action_rows import AS_AT, a_log, an_action_row


def first(path: Path, row: ActionRow) -> dict[str, str]:
    write_actions_csv(path, [row], AS_AT)
    with path.open(encoding="utf-8-sig", newline="") as file:
        return next(csv.DictReader(file))


def test_a_csv_opens_in_excel_with_welsh_letters_and_the_columns_of_the_log(tmp_path: Path) -> None:
    write_actions_csv(tmp_path / "a.csv", [an_action_row(title="Tŷ a dŵr, Ynys Môn")], AS_AT)
    written = (tmp_path / "a.csv").read_bytes()
    assert written.startswith(b"\xef\xbb\xbfRef,Source,")
    assert "Tŷ a dŵr, Ynys Môn".encode() in written
    assert written.decode("utf-8-sig").splitlines()[0] == ",".join(headings())


@pytest.mark.parametrize("typed", ["=1+1", "+1", "-1", "@x", "\tcmd"])
def test_a_cell_that_would_run_begins_with_an_apostrophe(tmp_path: Path, typed: str) -> None:
    assert first(tmp_path / "a.csv", an_action_row(title=typed))["Action"] == "'" + typed


def test_a_day_is_iso_words_stay_words_and_late_says_so(tmp_path: Path) -> None:
    cells = first(tmp_path / "a.csv", an_action_row(due="2013-12-19", original_due=from_iso("2013", "in the autumn")))
    assert (cells["Due"], cells["Original due"], cells["Days"]) == ("2013-12-19", "in the autumn", "12 late")


def test_lines_and_quotes_survive(tmp_path: Path) -> None:
    text = 'He said "yes",\nthen no'
    assert first(tmp_path / "a.csv", an_action_row(latest_update=text))["Latest update"] == text


def test_json_has_plain_keys_iso_dates_and_null_for_absent(tmp_path: Path) -> None:
    row = an_action_row(
        due=from_iso("2013-12", "by the end of 2013"), brag=Brag.RED, status=Status.ON_HOLD, latest_update_on=AS_AT
    )
    write_actions_json(tmp_path / "a.json", a_log(row, as_at=date(2014, 1, 10)))
    document = json.loads((tmp_path / "a.json").read_text(encoding="utf-8"))
    assert (document["as_at"], document["marking"], document["filter"]) == ("2014-01-10", "official", None)
    (action,) = document["actions"]
    assert (action["due"], action["due_text"], action["due_precision"]) == ("2013-12", "by the end of 2013", "month")
    assert (action["status"], action["brag"], action["days_left"], action["late"]) == ("on_hold", "R", -10, True)
    assert (action["latest_update_on"], action["closed_on"], action["support"]) == ("2013-12-31", None, [])
