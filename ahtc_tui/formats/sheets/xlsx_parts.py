"""Parts and relations of XLSX packages (ECMA-376 part 2). XML is read without entities and external links."""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

MAX_BYTES = 64 * 1024 * 1024
"""Maximum size of a part that is read completely."""
CHUNK_BYTES = 1024 * 1024


class UnreadablePart(Exception):
    """A part is missing, damaged or too large; its appearance data is left out."""


@dataclass(frozen=True, slots=True)
class SheetPart:
    """Name and part of a worksheet."""

    name: str
    part: str


@dataclass(slots=True)
class Package:
    """An open workbook."""

    archive: zipfile.ZipFile
    workbook_part: str

    @classmethod
    def from_zip(cls, archive: zipfile.ZipFile) -> Package:
        """Return the package; the workbook part is found by its relation, or at its usual path."""
        package = cls(archive, "xl/workbook.xml")
        for kind, target in package.read_relations("").values():
            if kind.endswith("/officeDocument"):
                package.workbook_part = target
        return package

    def read_sheets(self) -> tuple[list[SheetPart], bool]:
        """Return the worksheets in order, and whether days count from 1904."""
        root = self.read_root(self.workbook_part)
        targets = self.read_relations(self.workbook_part)
        sheets: list[SheetPart] = []
        since_1904 = False
        for element in root.iter():
            match strip_namespace(element.tag):
                case "workbookPr":
                    since_1904 = is_true(element.get("date1904"))
                case "sheet":
                    relation = next((value for key, value in element.items() if strip_namespace(key) == "id"), "")
                    if relation in targets:
                        sheets.append(SheetPart(element.get("name", ""), targets[relation][1]))
        return sheets, since_1904

    def read_relations(self, part: str) -> dict[str, tuple[str, str]]:
        """Return relation id to type and target; external targets are left out."""
        folder, name = posixpath.split(part)
        try:
            root = self.read_root(posixpath.join(folder, "_rels", f"{name}.rels"))
        except UnreadablePart:
            return {}
        return {
            element.get("Id", ""): (element.get("Type", ""), _join_path(folder, element.get("Target", "")))
            for element in root
            if element.get("TargetMode") != "External"
        }

    def find_related(self, part: str, kind: str) -> list[str]:
        """Return the parts of a type that a part refers to."""
        return [
            target for relation_kind, target in self.read_relations(part).values() if relation_kind.endswith(f"/{kind}")
        ]

    def read_root(self, part: str) -> Any:
        """Return the root element of a part. Raises UnreadablePart."""
        from defusedxml import ElementTree

        try:
            info = self.archive.getinfo(part)
            if info.file_size > MAX_BYTES:
                raise UnreadablePart(part)
            return ElementTree.fromstring(self.archive.read(info))
        except Exception as error:  # zipfile, XML parser and its guards raise nine types
            raise UnreadablePart(part) from error

    def read_chunks(self, part: str, element: bytes = b"row") -> Iterator[bytes]:
        """Yield the bytes of a part, split only before an element of that name. Raises UnreadablePart."""
        pattern = re.compile(rb"<(?:\w+:)?" + element + rb"\b")
        try:
            with self.archive.open(part) as stream:
                buffer = b""
                while data := stream.read(CHUNK_BYTES):
                    buffer += data
                    cut = _find_last(pattern, buffer)
                    if cut:
                        yield buffer[:cut]
                        buffer = buffer[cut:]
                    elif len(buffer) > MAX_BYTES:
                        raise UnreadablePart(part)
                yield buffer
        except Exception as error:  # as above
            raise UnreadablePart(part) from error


def _join_path(folder: str, target: str) -> str:
    return posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")


def _find_last(pattern: re.Pattern[bytes], data: bytes) -> int:
    position = data.rfind(b"<")
    while position > 0 and not pattern.match(data, position):
        position = data.rfind(b"<", 0, position)
    return max(position, 0)


def strip_namespace(name: str) -> str:
    """Return the local name of an element or attribute."""
    return name.rpartition("}")[2]


def is_true(value: str | None) -> bool:
    """Return whether an XML flag is set."""
    return value in ("1", "true", "on")
