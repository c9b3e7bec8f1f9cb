"""Actions as CSV and as JSON."""

from __future__ import annotations

import csv
import json
from datetime import date
from pathlib import Path

import pytest

from ahtc_tui.domain.actions.model import ActionRow, Brag, Marking, Status
from ahtc_tui.domain.dates.date_as_known import read_iso_date
from ahtc_tui.formats.action_list import write_actions_csv, write_actions_json
from ahtc_tui.formats.xlsx.action_log_rows import action_columns
from tests.formats.action_rows import AS_AT, a_log, an_action_row


def write_and_read_row(path: Path, row: ActionRow) -> dict[str, str]:
    write_actions_csv(path, a_log(row))
    with path.open(encoding="utf-8-sig", newline="") as file:
        return next(csv.DictReader(file))


def test_the_csv_has_a_byte_order_mark_and_the_log_columns(tmp_path: Path) -> None:
    write_actions_csv(tmp_path / "a.csv", a_log(an_action_row(title="Tŷ a dŵr, Ynys Môn")))
    written = (tmp_path / "a.csv").read_bytes()
    assert written.startswith(b"\xef\xbb\xbfRef,Source,")
    assert "Tŷ a dŵr, Ynys Môn".encode() in written
    assert written.decode("utf-8-sig").splitlines()[0] == ",".join(action_columns())


@pytest.mark.parametrize("typed", ["=1+1", "+1", "-1", "@x", "\tcmd", "＝1+1", "＋1", "－1", "＠x", "﹦1"])
def test_a_formula_cell_begins_with_an_apostrophe(tmp_path: Path, typed: str) -> None:
    assert write_and_read_row(tmp_path / "a.csv", an_action_row(title=typed))["Action"] == "'" + typed


def test_dates_are_iso_and_late_days_have_a_word(tmp_path: Path) -> None:
    cells = write_and_read_row(
        tmp_path / "a.csv", an_action_row(due="2013-12-19", original_due=read_iso_date("2013", "in the autumn"))
    )
    assert (cells["Due"], cells["Original due"], cells["Days"]) == ("2013-12-19", "in the autumn", "12 late")


def test_line_ends_and_quotes_survive(tmp_path: Path) -> None:
    text = 'He said "yes",\nthen no'
    assert write_and_read_row(tmp_path / "a.csv", an_action_row(latest_update=text))["Latest update"] == text


def test_json_has_plain_keys_iso_dates_and_null_for_absent(tmp_path: Path) -> None:
    row = an_action_row(
        due=read_iso_date("2013-12", "by the end of 2013"), brag=Brag.RED, status=Status.ON_HOLD, latest_update_on=AS_AT
    )
    write_actions_json(tmp_path / "a.json", a_log(row, as_at=date(2014, 1, 10)))
    document = json.loads((tmp_path / "a.json").read_text(encoding="utf-8"))
    assert (document["as_at"], document["marking"], document["filter"]) == ("2014-01-10", "official", None)
    (action,) = document["actions"]
    assert (action["due"], action["due_text"], action["due_precision"]) == ("2013-12", "by the end of 2013", "month")
    assert (action["status"], action["brag"], action["days_left"], action["late"]) == ("on_hold", "R", -10, True)
    assert (action["latest_update_on"], action["closed_on"], action["support"]) == ("2013-12-31", None, [])


def test_each_row_of_a_csv_above_official_has_the_marking(tmp_path: Path) -> None:
    row = an_action_row(marking=Marking.OFFICIAL_SENSITIVE)
    assert write_and_read_row(tmp_path / "a.csv", row)["Marking"] == "OFFICIAL-SENSITIVE"
    assert "Marking" not in write_and_read_row(tmp_path / "b.csv", an_action_row())
