"""The parts of an xlsx package by their relations: which part is which sheet. Reads XML without entities or links."""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

MOST_BYTES = 64 * 1024 * 1024
"""Of a part that is read as a whole."""
CHUNK = 1024 * 1024


class NotReadable(Exception):
    """A part is missing, damaged or too large: what it says of looks is done without."""


@dataclass(frozen=True, slots=True)
class SheetPart:
    """One worksheet."""

    name: str
    part: str


@dataclass(slots=True)
class Package:
    """An open workbook."""

    packed: zipfile.ZipFile
    book: str

    @classmethod
    def opened(cls, packed: zipfile.ZipFile) -> Package:
        """The package, its workbook found by its relation, else where it usually is."""
        package = cls(packed, "xl/workbook.xml")
        for kind, target in package.relations("").values():
            if kind.endswith("/officeDocument"):
                package.book = target
        return package

    def sheets(self) -> tuple[list[SheetPart], bool]:
        """The worksheets in order, and whether days count from 1904."""
        root = self.root(self.book)
        targets = self.relations(self.book)
        found: list[SheetPart] = []
        since_1904 = False
        for element in root.iter():
            match local(element.tag):
                case "workbookPr":
                    since_1904 = is_true(element.get("date1904"))
                case "sheet":
                    relation = next((value for key, value in element.items() if local(key) == "id"), "")
                    if relation in targets:
                        found.append(SheetPart(element.get("name", ""), targets[relation][1]))
        return found, since_1904

    def relations(self, part: str) -> dict[str, tuple[str, str]]:
        """Id to kind and target of the parts that a part refers to; links to elsewhere are left out."""
        folder, name = posixpath.split(part)
        try:
            root = self.root(posixpath.join(folder, "_rels", f"{name}.rels"))
        except NotReadable:
            return {}
        return {
            one.get("Id", ""): (one.get("Type", ""), _joined(folder, one.get("Target", "")))
            for one in root
            if one.get("TargetMode") != "External"
        }

    def related(self, part: str, kind: str) -> list[str]:
        """The parts of a kind that a part refers to."""
        return [target for said, target in self.relations(part).values() if said.endswith(f"/{kind}")]

    def root(self, part: str) -> Any:
        """The XML of a part. Raises NotReadable."""
        from defusedxml import ElementTree

        try:
            info = self.packed.getinfo(part)
            if info.file_size > MOST_BYTES:
                raise NotReadable(part)
            return ElementTree.fromstring(self.packed.read(info))
        except Exception as error:  # zip, XML and its guards have nine kinds, and the answer to each is the same
            raise NotReadable(part) from error

    def chunks(self, part: str, element: bytes = b"row") -> Iterator[bytes]:
        """The bytes of a part, cut only before an element of that name. Raises NotReadable."""
        starts = re.compile(rb"<(?:\w+:)?" + element + rb"\b")
        try:
            with self.packed.open(part) as stream:
                rest = b""
                while data := stream.read(CHUNK):
                    rest += data
                    cut = _last(starts, rest)
                    if cut:
                        yield rest[:cut]
                        rest = rest[cut:]
                    elif len(rest) > MOST_BYTES:
                        raise NotReadable(part)
                yield rest
        except Exception as error:  # as above
            raise NotReadable(part) from error


def _joined(folder: str, target: str) -> str:
    """The name of a part that is named from a folder, or from the root."""
    return posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")


def _last(starts: re.Pattern[bytes], data: bytes) -> int:
    """Where the last match begins, 0 where there is none."""
    at = data.rfind(b"<")
    while at > 0 and not starts.match(data, at):
        at = data.rfind(b"<", 0, at)
    return max(at, 0)


def local(name: str) -> str:
    """The name of an element or attribute without its namespace."""
    return name.rpartition("}")[2]


def is_true(value: str | None) -> bool:
    """A flag as XML writes it."""
    return value in ("1", "true", "on")
