"""`--as-at D --known K`: what was known on one day about another, and states of past days that tables cannot hold."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from ahtc_tui.cli.main import run

POST = "spoc-gwent"


def show_holder(capsys: pytest.CaptureFixture[str], *flags: str) -> str | None:
    """Return the holder of the post that the command shows."""
    capsys.readouterr()
    assert run([*flags, "contacts", "show", POST, "--json"]) == 0
    holder: str | None = json.loads(capsys.readouterr().out)["holder"]
    return holder


@pytest.fixture
def appointed(office: Path) -> Path:
    """An appointment from February 2014 that was recorded in May."""
    assert run(["--as-at", "2014-01-28", "contacts", "add", "New Holder", "--kind", "person"]) == 0
    assert run(["--as-at", "2014-05-12", "contacts", "appoint", "New Holder", POST, "--from", "2014-02-10"]) in (0, 1)
    return office


def test_known_separates_what_was_true_from_what_was_known(appointed: Path, capsys: pytest.CaptureFixture[str]) -> None:
    about = ("--as-at", "2014-03-01")
    assert show_holder(capsys, *about) is None
    assert show_holder(capsys, *about, "--known", "2014-05-11") is None
    assert show_holder(capsys, *about, "--known", "2014-05-12") == "New Holder"
    assert show_holder(capsys, *about, "--known", "now") == "New Holder"
    assert show_holder(capsys, "--as-at", "2014-02-01", "--known", "now") is None


@pytest.mark.parametrize(
    ("flags", "code"),
    [
        (("--known", "now"), 2),
        (("--as-at", "2014-03-01", "--known", "tomorrow"), 2),
        (("--as-at", "2014-03-01", "--known", "now", "contacts", "add", "Somebody"), 2),
    ],
)
def test_known_is_refused_where_it_means_nothing(office: Path, flags: tuple[str, ...], code: int) -> None:
    assert run([*flags, *(() if "contacts" in flags else ("contacts", "list"))]) == code


def test_a_seat_of_a_party_that_was_not_recorded_yet_is_left_out(
    office: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["--as-at", "2014-01-28", "contacts", "add", "Later Body", "--kind", "organisation"]) == 0
    assert run(["groups", "seat", "leadership-group", "Later Body"]) == 0
    capsys.readouterr()
    assert run(["--as-at", "2013-06-01", "groups", "show", "leadership-group"]) == 0
    assert "Later Body" not in capsys.readouterr().out
