"""Reads mails that members sent, saved as `.eml` (RFC 5322) or `.msg`: sender, day, text, files and calendars."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from email.utils import parseaddr, parsedate_to_datetime
from html import unescape
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from ahtc_tui.domain.errors import BadFile
from ahtc_tui.domain.i18n import _
from ahtc_tui.formats.eml.outlook_message import read_outlook_message
from ahtc_tui.formats.files.input_files import decode_text, read_file_bytes

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
