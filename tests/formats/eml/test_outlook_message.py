"""Messages that Outlook saved as `.msg`: sender, day, text and files, and one refusal for damaged files."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ahtc_tui.domain.errors import BadFile
from ahtc_tui.formats.eml.reader import Mail, read_mail
from tests.formats.eml.outlook_files import build_compound_file, build_message


def read(folder: Path, data: bytes) -> Mail:
    path = folder / "answer.msg"
    path.write_bytes(data)
    return read_mail(path)


@pytest.mark.parametrize("text", ["Cytuno ŵ\r\nDiolch", "long " * 2000])
def test_sender_day_and_text_are_read(tmp_path: Path, text: str) -> None:
    mail = read(tmp_path, build_message("Lead, Health <Lead@example.org>", text, "2014-07-01"))
    assert (mail.sender, mail.email, mail.subject) == ("Lead, Health", "Lead@example.org", "Re: minutes")
    assert mail.sent_on == date(2014, 7, 1)
    assert mail.text.split() == text.split()
    assert not mail.is_automatic


def test_attached_files_are_read(tmp_path: Path) -> None:
    files = {"Minutes edited.docx": b"PK" * 5000, "..\\..\\x.ics": b"BEGIN:VCALENDAR"}
    mail = read(tmp_path, build_message("A <a@example.org>", "See attached", files=files))
    assert mail.document is not None
    assert (mail.document.name, mail.document.content) == ("Minutes edited.docx", b"PK" * 5000)
    assert [file.name for file in mail.files] == ["Minutes edited.docx", "x.ics"]
    assert mail.calendars == (b"BEGIN:VCALENDAR",)


@pytest.mark.parametrize("kind", ["REPORT.IPM.Note.NDR", "IPM.Note.Rules.OofTemplate.Microsoft"])
def test_answers_of_programs_are_known(tmp_path: Path, kind: str) -> None:
    assert read(tmp_path, build_message("A <a@example.org>", "I agree to be away", kind=kind)).is_automatic


def test_a_name_of_exchange_is_no_address(tmp_path: Path) -> None:
    assert read(tmp_path, build_message("A </O=OFFICE/CN=A>", "Agreed")).email == ""


@pytest.mark.parametrize(
    "data", [b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"Agreed", build_compound_file({"Workbook": b"x"})]
)
def test_another_file_is_refused(tmp_path: Path, data: bytes) -> None:
    with pytest.raises(BadFile, match="as an email"):
        read(tmp_path, data)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.lists(st.tuples(st.integers(0, 5000), st.integers(0, 255)), min_size=1, max_size=40))
def test_a_damaged_file_is_read_or_refused(tmp_path: Path, changes: list[tuple[int, int]]) -> None:
    data = bytearray(build_message("A <a@example.org>", "Agreed", files={"a.docx": b"x" * 300}))
    for position, value in changes:
        data[position % len(data)] = value
    try:
        assert read(tmp_path, bytes(data)).file == "answer.msg"
    except BadFile:
        return
