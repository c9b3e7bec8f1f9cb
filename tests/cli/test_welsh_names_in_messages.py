"""Messages in Welsh name bodies, groups and days in Welsh."""

from __future__ import annotations

import pytest

from ahtc_tui.cli.main import run
from ahtc_tui.services.workspace import Workspace

GROUP = "Grŵp Arwain Atal Masnachu mewn Pobl"


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("groups seat leadership-group jeff-farrar", f"sedd ar {GROUP} eisoes"),
        ("groups edit leadership-group state=closed", f"gan {GROUP}"),
        ("contacts departing jeff-farrar --on 2014-02-28", "Prif Gwnstabl, Heddlu Gwent"),
        ("contacts merge gla gla", "Awdurdod Trwyddedu Gangfeistri"),
        ("meetings add Prawf --group LG --starts 2014-03-15", "Mae 15 Mawrth 2014 ar ddydd Sadwrn."),
        ("groups close leadership-group --dry-run", f"{GROUP}\n"),
        ("retention", "20 mlynedd ar ôl y cyfarfod"),
    ],
)
def test_a_message_names_bodies_and_days_in_welsh(
    wales: Workspace, capsys: pytest.CaptureFixture[str], words: str, sentence: str
) -> None:
    run(["--workspace", str(wales.root), "--lang", "cy", "--as-at", "2014-01-28", *words.split()])
    captured = capsys.readouterr()
    assert sentence in captured.out + captured.err
