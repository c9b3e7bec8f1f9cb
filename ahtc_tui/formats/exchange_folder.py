"""A folder of records for other programs (vdir): one file a record, and what was last exchanged of each.

The last exchange is kept in a hidden file of the folder, which programs for such folders do not read.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path, PurePosixPath, PureWindowsPath

from ahtc_tui.domain.errors import BadFile
from ahtc_tui.domain.i18n import _
from ahtc_tui.formats.files.atomic_write import make_bytes_writer, write_file_atomically

STATE_NAMES = {".ics": ".ahtc-calendars.json", ".vcf": ".ahtc-cards.json"}
"""Hidden file with the last exchange, by ending of the records."""
MAX_FILE_BYTES = 10 * 1024 * 1024
KEY_BYTES = 16
_VERSION = 1


@dataclass(frozen=True, slots=True)
class ExchangedFile:
    """A file as it was when both sides last agreed on it."""

    key: str
    """Key of the record, as hexadecimal text."""
    text: str
    """Text of the file."""
    ours: str
    """Text that this office wrote for the record then."""
    is_due: bool = False
    """Whether the next export writes the file, because it lacks a value that was kept here."""


def list_file_names(folder: Path, ending: str) -> list[str]:
    """Return the names of the records in a folder, sorted; hidden and temporary files are none. Raises BadFile."""
    try:
        return sorted(
            path.name
            for path in folder.iterdir()
            if path.suffix.lower() == ending and not path.name.startswith(".") and path.is_file()
        )
    except FileNotFoundError:
        return []
    except OSError as error:
        sentence = _('The folder "{path}" cannot be read: {reason}.')
        raise BadFile(sentence.format(path=folder, reason=error.strerror)) from error


def read_text(path: Path) -> str | None:
    """Return the exact text of a file, None where there is none. Raises BadFile for one that cannot be read."""
    try:
        if path.stat().st_size > MAX_FILE_BYTES:
            raise BadFile(_('"{path}" is too large for one record.').format(path=path))
        return path.read_bytes().decode("utf-8", "surrogateescape")
    except FileNotFoundError:
        return None
    except OSError as error:
        raise BadFile(_('"{path}" cannot be read: {reason}.').format(path=path, reason=error.strerror)) from error


def write_text(path: Path, text: str) -> None:
    """Write the text of a record. Raises StoreError."""
    data = text.encode("utf-8", "surrogateescape")
    write_file_atomically(path, make_bytes_writer(data), force=True)


def read_last_exchange(folder: Path, ending: str) -> dict[str, ExchangedFile]:
    """Return the last exchange of each file by name; empty for a folder without one. Raises BadFile."""
    path = folder / STATE_NAMES[ending]
    try:
        document = json.loads(path.read_bytes().decode("utf-8", "surrogateescape"))
        if document["version"] != _VERSION:
            raise ValueError(document["version"])
        return {_check_name(name, ending): _read_entry(entry) for name, entry in document["files"].items()}
    except FileNotFoundError:
        return {}
    except OSError as error:
        raise BadFile(_('"{path}" cannot be read: {reason}.').format(path=path, reason=error.strerror)) from error
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        sentence = _('"{path}" is damaged. Remove it, and every difference becomes a question.')
        raise BadFile(sentence.format(path=path)) from error


def _check_name(name: str, ending: str) -> str:
    """Return the name of a file in the folder itself. Raises ValueError for any other path."""
    if name != PurePosixPath(name).name or name != PureWindowsPath(name).name or name.startswith("."):
        raise ValueError(name)
    if not name.lower().endswith(ending):
        raise ValueError(name)
    return name


def _read_entry(entry: dict[str, str]) -> ExchangedFile:
    key, text = entry["key"], entry["text"]
    file = ExchangedFile(key, text, entry.get("ours", text), bool(entry.get("due")))
    if len(bytes.fromhex(key)) != KEY_BYTES or not all(isinstance(content, str) for content in (text, file.ours)):
        raise ValueError(key)
    return file


def write_last_exchange(folder: Path, ending: str, files: Mapping[str, ExchangedFile]) -> None:
    """Store the last exchange of each file. Raises StoreError."""
    entries = {
        name: {
            "key": file.key,
            "text": file.text,
            **({} if file.ours == file.text else {"ours": file.ours}),
            **({"due": True} if file.is_due else {}),
        }
        for name, file in sorted(files.items())
    }
    document = json.dumps({"version": _VERSION, "files": entries}, ensure_ascii=False)
    data = document.encode("utf-8", "surrogateescape")
    path = folder / STATE_NAMES[ending]
    with suppress(OSError):
        if path.read_bytes() == data:
            return
    write_file_atomically(path, make_bytes_writer(data), force=True, leaves_office=False)
