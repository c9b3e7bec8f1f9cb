"""Reads mails that members sent, saved as `.eml` (RFC 5322) or `.msg`: sender, day, text, files and calendars."""

from __future__ import annotations

import re
import struct
from codecs import lookup
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser, HeaderParser
from email.utils import format_datetime, formataddr, parseaddr, parsedate_to_datetime
from html import unescape
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from ahtc_tui.domain.errors import BadFile
from ahtc_tui.domain.i18n import _
from ahtc_tui.formats.files.input_files import decode_text, read_file_bytes

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


MEGABYTES = 40
MAIL_SUFFIXES = (".eml", ".msg")
DOCUMENT_SUFFIXES = frozenset({".docx", ".odt", ".doc", ".rtf", ".pdf", ".md", ".txt", ".html"})
"""Suffixes of attached files that can be an edited draft."""
_LONDON = ZoneInfo("Europe/London")
_BLOCK_END = re.compile(r"(?i)<(?:br|/p|/div|/li|/tr|/h[1-6])\b[^<>]*>")
_QUOTED_BLOCK = re.compile(r"(?is)<blockquote\b.*")
_HIDDEN = re.compile(r"(?is)<(style|head|script)\b.*?</\1>")


@dataclass(frozen=True, slots=True)
class MailFile:
    """A file that came with a mail."""

    name: str
    content: bytes

    @property
    def is_document(self) -> bool:
        """Whether it can be an edited draft."""
        return Path(self.name).suffix.lower() in DOCUMENT_SUFFIXES


@dataclass(frozen=True, slots=True)
class Mail:
    """The parts of a mail that matter for an answer."""

    file: str
    """Name of the file of the mail."""
    sender: str
    """Name of the sender, else the address."""
    email: str
    subject: str
    sent_on: date | None
    """Day in London; None where the mail has no valid date."""
    text: str
    files: tuple[MailFile, ...] = ()
    calendars: tuple[bytes, ...] = ()
    is_automatic: bool = False
    """Whether a program answered: out of office, or not delivered (RFC 3834, RFC 3464)."""

    @property
    def document(self) -> MailFile | None:
        """The first file that can be an edited draft."""
        return next((file for file in self.files if file.is_document), None)


def list_mail_files(folder: Path) -> list[Path]:
    """Return the mails of a folder by name, or the path itself if it is a file. Raises BadFile where there is none."""
    if folder.is_file():
        return [folder]
    if not folder.is_dir():
        raise BadFile(_('There is no folder "{path}".').format(path=folder))
    files = sorted(path for path in folder.iterdir() if path.suffix.lower() in MAIL_SUFFIXES and path.is_file())
    if not files:
        raise BadFile(_('The folder "{path}" has no email (.eml or .msg).').format(path=folder))
    return files


def read_mail(path: Path) -> Mail:
    """Return a mail. Raises BadFile for a file that is none."""
    data = read_file_bytes(path, MEGABYTES)
    try:
        message = read_outlook_message(data) if path.suffix.lower() == ".msg" else _parse_eml(data)
    except ValueError:
        message = EmailMessage()
    if not message["From"] and not message["Subject"]:
        raise BadFile(_('ahtc cannot read "{path}" as an email.').format(path=path.name))
    return _read_message(path.name, message)


def _parse_eml(data: bytes) -> EmailMessage:
    return BytesParser(policy=policy.default).parsebytes(data)


def _read_message(name: str, message: EmailMessage) -> Mail:
    sender, email = _read_sender(message)
    parts = [part for part in message.walk() if not part.is_multipart()]
    files = tuple(MailFile(filename, _read_payload(part)) for part in parts if (filename := _read_filename(part)))
    calendars = tuple(_read_payload(part) for part in parts if part.get_content_type() == "text/calendar")
    automatic = str(message["Auto-Submitted"] or "no").strip().lower() != "no"
    is_automatic = automatic or message.get_content_type() == "multipart/report" or message["X-Autoreply"] is not None
    return Mail(
        name,
        sender or email,
        email,
        str(message["Subject"] or ""),
        _read_day(message),
        _read_text(message),
        files,
        (*calendars, *(file.content for file in files if file.name.lower().endswith(".ics"))),
        is_automatic,
    )


def _read_sender(message: EmailMessage) -> tuple[str, str]:
    try:
        name, email = parseaddr(str(message["From"] or ""))
    except (ValueError, IndexError):
        return "", ""
    return name.strip(), email.strip()


def _read_day(message: EmailMessage) -> date | None:
    try:
        moment: datetime = parsedate_to_datetime(str(message["Date"] or ""))
    except (ValueError, TypeError, IndexError):
        return None
    return (moment.astimezone(_LONDON) if moment.tzinfo else moment).date()


def _read_filename(part: Any) -> str:
    """Return the name of an attached file without folders; empty for a part that is none."""
    try:
        name = part.get_filename()
    except (ValueError, LookupError):
        return ""
    return re.split(r"[\\/]", str(name))[-1].strip() if name else ""


def _read_payload(part: Any) -> bytes:
    payload = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""


def _read_text(message: Any) -> str:
    """Return the plain text of a mail, or the text of its HTML."""
    texts: dict[str, str] = {}
    for part in _list_text_parts(message):
        texts.setdefault(part.get_content_subtype(), decode_text(_read_payload(part), part.get_content_charset()))
    if texts.get("plain", "").strip():
        return texts["plain"]
    return strip_page(texts.get("html", ""))


def strip_page(page: str) -> str:
    """Return the text of a page without what it quotes, a line for each paragraph."""
    return unescape(re.sub(r"<[^<>]*>", "", _BLOCK_END.sub("\n", _QUOTED_BLOCK.sub("", _HIDDEN.sub("", page)))))


def _list_text_parts(message: Any) -> Iterator[Any]:
    for part in message.walk():
        if part.get_content_type() in ("text/plain", "text/html") and not _read_filename(part):
            yield part
