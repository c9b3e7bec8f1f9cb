"""Chasers as files: drafts that mail programs open."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from email import message_from_bytes
from email.header import decode_header, make_header
from email.message import EmailMessage
from email.policy import default
from email.utils import getaddresses
from typing import Any

import pytest

from ahtc_tui.domain.actions.model import ActionRow, Marking, Status
from ahtc_tui.domain.dates.date_as_known import read_iso_date
from ahtc_tui.domain.documents.chasers import Addressee, Chaser, Sender
from ahtc_tui.domain.keys import RowKey
from ahtc_tui.formats.eml.chaser import build_draft, format_letter, has_address

TODAY = date(2014, 2, 1)

ROW = ActionRow(
    key=RowKey(b"\x01" * 16),
    ref="DP-07",
    title="Report to the Minister",
    objective="1",
    objective_title=None,
    status=Status.IN_PROGRESS,
    brag=None,
    confidence=None,
    priority=None,
    lead="SPOC Gwent",
    lead_ref="spoc-gwent",
    lead_kind="post",
    lead_short=None,
    lead_holder=None,
    support=(),
    due=read_iso_date("2014-01-01"),
    original_due=None,
    slips=0,
    review_on=None,
    closed_on=None,
    raised_on=None,
    source=None,
    meeting=None,
    latest_update=None,
    latest_update_on=None,
    marking=Marking.OFFICIAL,
    evidence=None,
    blocked=False,
    blocking=False,
)
TO = Addressee(RowKey(b"\x02" * 16), "spoc-gwent", "SPOC Gwent", None, "spoc@gwent.example.org")


def a_chaser(name: str = TO.name, email: str | None = TO.email, **row: Any) -> Chaser:
    """Build a letter about one late action."""
    to = replace(TO, name=name, email=email)
    return Chaser(
        to, TODAY, (replace(ROW, **row),), (), (), Marking.OFFICIAL, Sender("The Secretariat", "desk@example.org")
    )


def parse_draft(chaser: Chaser) -> EmailMessage:
    message = message_from_bytes(build_draft(chaser), policy=default)
    assert isinstance(message, EmailMessage)
    assert not message.defects
    return message


def test_the_draft_is_plain_text_without_a_date() -> None:
    message = parse_draft(a_chaser())
    assert message["X-Unsent"] == "1"
    assert (message.get_content_type(), message.get_content_charset()) == ("text/plain", "utf-8")
    assert str(message["From"]) == "The Secretariat <desk@example.org>"
    assert message["Date"] is None
    assert build_draft(a_chaser()) == build_draft(a_chaser())


@pytest.mark.parametrize(
    "name", ["Jones, Siân (Gwent Police)", "Smith, John; OBE", "Ŵyn 'Boss' Ap Rhŷs, Cydgysylltydd Atal Masnachu Pobl"]
)
def test_an_awkward_name_survives_encoding(name: str) -> None:
    raw = message_from_bytes(build_draft(a_chaser(name)))["To"]
    ((shown, email),) = getaddresses([raw])
    assert (str(make_header(decode_header(shown))), email) == (name, TO.email)


def test_a_title_cannot_add_a_header_or_a_control_character() -> None:
    data = build_draft(a_chaser("Eve\r\nBcc: all@example.org", title="A\x1b[31mB\r\nBcc: all@example.org\r\n\r\nC"))
    message = message_from_bytes(data, policy=default)
    assert message["Bcc"] is None
    assert b"\x1b" not in data


def test_a_long_update_is_cut_with_an_ellipsis() -> None:
    content = parse_draft(a_chaser(latest_update="word " * 200, latest_update_on=date(2014, 1, 18))).get_content()
    (line,) = [line for line in content.splitlines() if "Last update" in line]
    assert line.endswith("word…")
    assert len(line) < 340


@pytest.mark.parametrize("email", [None, "", "not an address", "a@b"])
def test_a_lead_without_an_address_has_no_draft(email: str | None) -> None:
    chaser = a_chaser(email=email)
    assert not has_address(chaser)
    with pytest.raises(ValueError, match="address"):
        build_draft(chaser)
    assert "1 January 2014 (31 days late)" in format_letter(chaser)


def test_a_named_person_is_addressed_directly() -> None:
    chaser = a_chaser("Jeff Farrar")
    in_person = replace(chaser, to=replace(chaser.to, salutation="Jeff Farrar", is_reader=True))
    assert "Dear Jeff Farrar,\n\nThis action is with you as at 1 February 2014." in format_letter(in_person)
    of_post = replace(chaser, to=replace(chaser.to, name="SPOC Gwent", salutation="Ann Jones"))
    assert "Dear Ann Jones,\n\nThis action is with SPOC Gwent as at" in format_letter(of_post)


def test_a_letter_asks_for_a_line_for_each_of_several_actions() -> None:
    chaser = a_chaser()
    assert "One line is enough." in format_letter(chaser)
    letter = format_letter(replace(chaser, overdue=chaser.overdue * 2))
    assert "These actions are with SPOC Gwent as at 1 February 2014. Please send a short update on each." in letter
    assert "One line for each is enough." in letter
