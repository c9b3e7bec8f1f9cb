"""Reads a message that Outlook saved as `.msg` (MS-OXMSG, in a compound file) as an email (RFC 5322)."""

from __future__ import annotations

import struct
from codecs import lookup
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from email.parser import HeaderParser
from email.utils import format_datetime, formataddr
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from olefile import OleFileIO

_CLASS, _SUBJECT, _HEADERS, _BODY, _HTML = 0x001A, 0x0037, 0x007D, 0x1000, 0x1013
_NAMES = (0x0042, 0x0C1A)
"""Name of the sender: the person whom a message is sent for, then the account that sent it (MS-OXOMSG)."""
_ADDRESSES = (0x5D02, 0x5D01, 0x0065, 0x0C1F)
"""Address of the sender; the last two hold a name of Exchange where the first two hold its address."""
_TIMES = (0x0039, 0x0E06)
"""Time of sending, then time of delivery."""
_FILE_NAMES, _CONTENT = (0x3707, 0x3704), 0x3701
_CODE_PAGES = (0x3FFD, 0x3FDE)
_BINARY, _TEXT, _BYTES_TEXT = 0x0102, 0x001F, 0x001E
_AUTOMATIC = ("report.", "ipm.note.rules.oof", "ipm.note.rules.reply")
"""Beginnings of the classes of messages that a program wrote: not delivered, out of office, a rule."""
_KEPT_HEADERS = ("Auto-Submitted", "X-Autoreply", "Date", "From")
_FIRST_MOMENT = datetime(1601, 1, 1, tzinfo=UTC)


def read_outlook_message(data: bytes) -> EmailMessage:
    """Return sender, date, subject, text and files of a message. Raises ValueError for a file that is none."""
    from olefile import OleFileIO

    try:
        with OleFileIO(data) as file:
            if not file.exists("__properties_version1.0"):
                raise ValueError("no properties")
            return _build_email(_Storage(file, "", 32), list(_list_attachments(file)))
    except ValueError:
        raise
    except Exception as error:  # olefile raises OSError, and many types for damaged files
        raise ValueError("not a message") from error


class _Storage:
    """The properties of a message or of an attachment."""

    def __init__(self, file: OleFileIO, path: str, header: int) -> None:
        """`header` is the length of what is before the entries of the stream of properties (MS-OXMSG 2.4)."""
        self._file, self._path = file, path
        entries = self._read(f"{path}__properties_version1.0")[header:]
        self._numbers = {
            tag >> 16: number for tag, _flags, number in struct.iter_unpack("<IIQ", entries[: len(entries) // 16 * 16])
        }
        page = next((self._numbers[tag] & 0xFFFF for tag in _CODE_PAGES if tag in self._numbers), 1252)
        self._encoding = "utf-8" if page == 65001 else f"cp{page}"

    def _read(self, name: str) -> bytes:
        return self._file.openstream(name).read() if self._file.exists(name) else b""

    def read_bytes(self, tag: int) -> bytes:
        """Return a binary property; empty where it is missing."""
        return self._read(f"{self._path}__substg1.0_{tag:04X}{_BINARY:04X}")

    def read_text(self, *tags: int) -> str:
        """Return the first of some text properties that is not empty."""
        for tag in tags:
            name = f"{self._path}__substg1.0_{tag:04X}"
            text = self._read(f"{name}{_TEXT:04X}").decode("utf-16-le", "replace")
            if text := (text or self.decode(self._read(f"{name}{_BYTES_TEXT:04X}"))).replace("\0", "").strip():
                return text
        return ""

    def decode(self, data: bytes) -> str:
        """Return text in the code page of the message."""
        try:
            lookup(self._encoding)
        except LookupError:
            self._encoding = "cp1252"
        return data.decode(self._encoding, "replace")

    def read_time(self, *tags: int) -> datetime | None:
        """Return the first of some times that is set; it counts intervals of 100 ns."""
        for tag in tags:
            if number := self._numbers.get(tag):
                return _FIRST_MOMENT + timedelta(microseconds=number // 10)
        return None


def _list_attachments(file: OleFileIO) -> Iterator[tuple[str, bytes]]:
    """Yield name and content of each attached file; an attached message has none."""
    storages = sorted({path[0] for path in file.listdir() if path[0].startswith("__attach_version1.0_")})
    for name in storages:
        storage = _Storage(file, f"{name}/", 8)
        if content := storage.read_bytes(_CONTENT):
            yield " ".join(storage.read_text(*_FILE_NAMES).split()) or "file", content


def _build_email(message: _Storage, files: list[tuple[str, bytes]]) -> EmailMessage:
    email = EmailMessage()
    headers = HeaderParser().parsestr(message.read_text(_HEADERS))
    kept = {name: " ".join(str(headers[name]).split()) for name in _KEPT_HEADERS if headers[name]}
    sender = _find_sender(message)
    kept |= {"From": sender} if sender else {}
    if moment := message.read_time(*_TIMES):
        kept["Date"] = format_datetime(moment)
    kept["Subject"] = " ".join(message.read_text(_SUBJECT).split())
    if message.read_text(_CLASS).lower().startswith(_AUTOMATIC):
        kept["Auto-Submitted"] = "auto-replied"
    for name, value in kept.items():
        email[name] = value
    text = message.read_text(_BODY)
    page = "" if text else message.decode(message.read_bytes(_HTML)) or message.read_text(_HTML)
    email.set_content(text or page, subtype="html" if page else "plain")
    for name, content in files:
        email.add_attachment(content, maintype="application", subtype="octet-stream", filename=name)
    return email


def _find_sender(message: _Storage) -> str:
    """Return name and address of the sender as a header; empty where the message has no address of the internet."""
    addresses = (message.read_text(tag) for tag in _ADDRESSES)
    address = next((text for text in addresses if "@" in text and text.isascii() and len(text.split()) == 1), "")
    return formataddr((" ".join(message.read_text(*_NAMES).split()), address)) if address else ""
