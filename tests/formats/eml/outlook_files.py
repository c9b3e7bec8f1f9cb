"""Writes messages as Outlook saves them: properties (MS-OXMSG) in a compound file (MS-CFB)."""

from __future__ import annotations

import struct
from datetime import UTC, datetime

SECTOR, MINI, CUTOFF = 512, 64, 4096
NONE, END, FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
Storage = dict[str, "bytes | Storage"]


def build_message(
    sender: str, text: str, on: str = "2014-01-10", files: dict[str, bytes] | None = None, kind: str = "IPM.Note"
) -> bytes:
    """Return a message of "Name <address>", sent at half past nine on a day."""
    name, _, address = sender.rstrip(">").rpartition("<")
    sent = datetime.fromisoformat(f"{on}T09:30:00").replace(tzinfo=UTC) - datetime(1601, 1, 1, tzinfo=UTC)
    entry = struct.pack("<IIQ", 0x00390040, 6, int(sent.total_seconds()) * 10_000_000)
    root: Storage = {"__properties_version1.0": bytes(32) + entry}
    texts = {0x001A: kind, 0x0037: "Re: minutes", 0x0C1A: name.strip() or address, 0x5D01: address, 0x1000: text}
    root |= {f"__substg1.0_{tag:04X}001F": value.encode("utf-16-le") for tag, value in texts.items()}
    for number, (file, content) in enumerate((files or {}).items()):
        root[f"__attach_version1.0_#{number:08X}"] = {
            "__properties_version1.0": bytes(8),
            "__substg1.0_3707001F": file.encode("utf-16-le"),
            "__substg1.0_37010102": content,
        }
    return build_compound_file(root)


def build_compound_file(root: Storage) -> bytes:
    """Return a compound file of version 3: small streams in the stream of the root, others in sectors of their own."""
    entries: list[list[object]] = [["Root Entry", 5, NONE, NONE, NONE, b""]]
    _add_entries(entries, 0, root)
    mini, mini_fat, body, fat = bytearray(), list[int](), bytearray(), list[int]()
    for entry in entries[1:]:
        content = entry[5]
        assert isinstance(content, bytes)
        is_small = len(content) < CUTOFF
        start = _append(content, *((mini, mini_fat, MINI) if is_small else (body, fat, SECTOR))) if content else END
        entry.append(start)
    entries[0][5] = bytes(mini)
    entries[0].append(_append(bytes(mini), body, fat, SECTOR))
    mini_start = _append(struct.pack(f"<{len(mini_fat)}I", *mini_fat), body, fat, SECTOR, b"\xff")
    directory = _append(b"".join(map(_pack_entry, entries)), body, fat, SECTOR)
    count = -(-len(fat) // 127)  # sectors of the FAT, which lists itself
    numbers = list(range(len(fat), len(fat) + count))
    fat += [FAT] * count
    body += struct.pack(f"<{len(fat)}I", *fat).ljust(count * SECTOR, b"\xff")
    minis = -(-len(mini_fat) * 4 // SECTOR)
    header = struct.pack(
        "<8s16sHHHHH6xIIIIIIIIII",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", bytes(16), 0x3E, 3, 0xFFFE, 9, 6,
        0, count, directory, 0, CUTOFF, mini_start, minis, END, 0, *numbers[:1],
    )  # fmt: skip
    header += struct.pack(f"<{count - 1}I", *numbers[1:])
    return header.ljust(SECTOR, b"\xff") + bytes(body)


def _add_entries(entries: list[list[object]], parent: int, storage: Storage) -> None:
    """Add the entries of a storage; each is the right sibling of the one before it."""
    previous = None
    for name, content in sorted(storage.items(), key=lambda item: (len(item[0]), item[0])):
        number = len(entries)
        is_stream = isinstance(content, bytes)
        entries.append([name, 2 if is_stream else 1, NONE, NONE, NONE, content if is_stream else b""])
        if previous is None:
            entries[parent][4] = number
        else:
            entries[previous][3] = number
        previous = number
        if not isinstance(content, bytes):
            _add_entries(entries, number, content)


def _append(content: bytes, body: bytearray, fat: list[int], size: int, filler: bytes = b"\0") -> int:
    """Append content in sectors; return the number of the first one."""
    start, count = len(fat), max(1, -(-len(content) // size))
    body += content.ljust(count * size, filler)
    fat += [*range(start + 1, start + count), END]
    return start


def _pack_entry(entry: list[object]) -> bytes:
    name, kind, left, right, child, content, start = entry
    assert isinstance(name, str)
    assert isinstance(content, bytes)
    text = name.encode("utf-16-le")
    return struct.pack(
        "<64sHBBIII16sI16sIQ", text, len(text) + 2, kind, 1, left, right, child, bytes(16), 0, bytes(16), start,
        len(content),
    )  # fmt: skip
