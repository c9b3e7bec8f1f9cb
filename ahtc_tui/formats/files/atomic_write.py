"""Puts a file in its place whole or not at all: a temporary file beside it, then a rename.

Never decides what is in the file.
"""

from __future__ import annotations

import errno
import os
import tempfile
from collections.abc import Callable
from pathlib import Path

from ahtc_tui.domain.errors import Refused, StoreError
from ahtc_tui.domain.i18n import _
from ahtc_tui.formats.files.text_extraction import scan_outgoing_file


def write_file_atomically(
    target: Path, write: Callable[[Path], None], force: bool = False, *, leaves_office: bool = True
) -> None:
    """Have `write` fill a temporary file, then put it in the place of `target`, readable by its owner only.

    An existing file is refused without `force`, and stays as it was when anything fails. No temporary file stays.
    What `leaves_office` is looked through for case data; a whole copy of the office for itself is not.
    Raises Refused for an existing file or folder, StoreError when the disk says no; what else `write` raises passes.
    """
    try:
        refuse_existing(target, force)
        temporary = _create_temporary_file(target)
        try:
            write(temporary)
            if leaves_office:
                scan_outgoing_file(temporary, target.name)
            _sync_file(temporary)
            refuse_existing(target, force)
            temporary.replace(target)
        finally:
            temporary.unlink(missing_ok=True)
        _sync_folder(target.parent)
    except OSError as error:
        raise StoreError(_format_os_error(target, error)) from error


def refuse_existing(target: Path, force: bool) -> None:
    """Raise Refused where a file stands already (unless forced), or a folder does (always)."""
    if target.is_dir():
        raise Refused(_('"{path}" is a folder: give the name of a file in it.').format(path=target))
    if not force and os.path.lexists(target):
        raise Refused(_('"{path}" exists already: choose another name, or add --force.').format(path=target))


def _create_temporary_file(target: Path) -> Path:
    """A new empty file of mode 0600 in the same folder, so that the rename stays on one disk."""
    handle, name = tempfile.mkstemp(prefix=".ahtc-", suffix=target.suffix, dir=target.parent)
    os.close(handle)
    return Path(name)


def _sync_file(file: Path) -> None:
    file.chmod(0o600)
    with file.open("rb+") as stream:
        os.fsync(stream.fileno())


def _sync_folder(folder: Path) -> None:
    """Make the rename itself survive a power cut, where the system can; the file is whole either way."""
    if not hasattr(os, "O_DIRECTORY"):
        return
    try:
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    except OSError:
        return
    try:
        os.fsync(handle)
    except OSError:
        pass  # some network folders refuse it
    finally:
        os.close(handle)


def _format_os_error(target: Path, error: OSError) -> str:
    if not target.parent.is_dir():
        return _('The folder "{folder}" does not exist: make it, or choose another.').format(folder=target.parent)
    match error.errno:
        case errno.ENOSPC | errno.EDQUOT:
            reason = _("the disk is full")
        case errno.EACCES | errno.EPERM:
            reason = _("writing there is not allowed, or another program has the file open")
        case errno.EROFS:
            reason = _("the disk can only be read")
        case errno.ENAMETOOLONG:
            reason = _("the name is too long")
        case _:
            reason = error.strerror or str(error)
    return _('"{path}" was not written: {reason}. What stood there is unchanged.').format(path=target, reason=reason)
