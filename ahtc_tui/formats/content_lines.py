"""Content lines of vCards (RFC 6350 section 3) and calendars (RFC 5545 section 3.1), which have the same form."""

from __future__ import annotations

import re

MAX_LINE_OCTETS = 75
"""Maximum length of a line without its end."""
_LINE_END = re.compile("\r\n|[\r\n\u2028\u2029]")
_CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\ud800-\udfff]")


def clean_text(text: str | None) -> str:
    """Return the text with LF line ends, without control characters and lone surrogates."""
    if not text or text.isprintable():
        return (text or "").strip()
    return _CONTROL.sub("", _LINE_END.sub("\n", text)).strip()


def escape_text(text: str) -> str:
    """Return the value with backslashes, commas, semicolons and line ends escaped."""
    escaped = clean_text(text).replace("\\", r"\\").replace(",", r"\,").replace(";", r"\;")
    return escaped.replace("\n", r"\n")


def fold_line(line: str) -> str:
    """Return the line folded at 75 octets between characters, with CRLF line ends.

    No folded line ends with a space, which some readers would drop, or within an escaped character.
    """
    data = line.encode("utf-8")
    if len(data) <= MAX_LINE_OCTETS:
        return f"{line}\r\n"
    pieces: list[bytes] = []
    start, size = 0, MAX_LINE_OCTETS
    while len(data) - start > size:
        end = start + size
        while data[end] & 0xC0 == 0x80:  # not the first octet of a character
            end -= 1
        piece = data[start:end].rstrip(b" \\") or data[start:end]
        pieces.append(piece)
        start, size = start + len(piece), MAX_LINE_OCTETS - 1
    return b"\r\n ".join((*pieces, data[start:])).decode("utf-8") + "\r\n"
