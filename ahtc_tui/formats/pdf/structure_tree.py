"""The tags of a joined PDF: the structure trees of its parts under one root (ISO 32000-1, 14.7 and 14.8)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from pypdf.generic import ArrayObject, BooleanObject, DictionaryObject, NameObject, NumberObject, TextStringObject

if TYPE_CHECKING:
    from pypdf import PdfReader, PdfWriter

DEEPEST_TREE = 50
"""Levels of a number or name tree that are read."""


class StructureTree:
    """Collects the structure trees of the parts of one file."""

    def __init__(self, writer: PdfWriter) -> None:
        self._writer = writer
        self._root = DictionaryObject({NameObject("/Type"): NameObject("/StructTreeRoot")})
        self._root_reference = writer._add_object(self._root)
        self._parts = ArrayObject()
        self._document = writer._add_object(
            DictionaryObject(
                {
                    NameObject("/Type"): NameObject("/StructElem"),
                    NameObject("/S"): NameObject("/Document"),
                    NameObject("/P"): self._root_reference,
                    NameObject("/K"): self._parts,
                }
            )
        )
        self._numbers = ArrayObject()
        self._next_number = 0
        self._elements_by_id: dict[str, Any] = {}
        self.is_complete = True
        """Whether every part has tags."""

    def add_part(self, reader: PdfReader, title: str, first: int) -> None:
        """Add the tags of the last part, whose pages are in the file from page number `first`, counted from 0."""
        known_parts, known_numbers, known_ids = len(self._parts), len(self._numbers), dict(self._elements_by_id)
        try:
            if self._is_tagged(reader.root_object):
                self._add_tags(reader, title, first)
                return
        except Exception:  # pypdf raises many types for damaged trees; the pages are there without tags
            del self._parts[known_parts:], self._numbers[known_numbers:]
            self._elements_by_id = known_ids
        self.is_complete = False
        self._remove_numbers(first)

    def _add_tags(self, reader: PdfReader, title: str, first: int) -> None:
        catalogue: Any = reader.root_object
        source = catalogue["/StructTreeRoot"]
        part = DictionaryObject({NameObject("/Type"): NameObject("/StructElem"), NameObject("/S"): NameObject("/Part")})
        part[NameObject("/P")], part[NameObject("/T")] = self._document, TextStringObject(title)
        if "/Lang" in catalogue:
            part[NameObject("/Lang")] = TextStringObject(catalogue["/Lang"])
        part_reference = self._writer._add_object(part)
        self._parts.append(part_reference)
        children = source["/K"]
        listed = children if isinstance(children, ArrayObject) else ArrayObject([source.raw_get("/K")])
        part[NameObject("/K")] = copies = ArrayObject(child.clone(self._writer) for child in listed)
        for element in copies:
            element.get_object()[NameObject("/P")] = part_reference
        self._merge_names(source)
        self._merge_ids(source)
        self._number_pages(reader, source, first)

    @staticmethod
    def _is_tagged(catalogue: Any) -> bool:
        mark = catalogue.get("/MarkInfo")
        return mark is not None and bool(mark.get_object().get("/Marked")) and "/StructTreeRoot" in catalogue

    def _merge_names(self, source: Any) -> None:
        """Take over the roles and classes of a part that the file does not define yet."""
        for name in ("/RoleMap", "/ClassMap"):
            if (values := source.get(name)) is not None:
                known = self._root.setdefault(NameObject(name), DictionaryObject())
                for key, value in values.get_object().items():
                    known.setdefault(key, value.clone(self._writer))

    def _merge_ids(self, source: Any) -> None:
        """Take over the identifiers of elements; one that another part has gets a number."""
        if (tree := source.get("/IDTree")) is None:
            return
        for identifier, element in _read_tree(tree.get_object(), "/Names"):
            name, number = str(identifier), 1
            while name in self._elements_by_id:
                number += 1
                name = f"{identifier}-{number}"
            self._elements_by_id[name] = copy = element.clone(self._writer)
            copy.get_object()[NameObject("/ID")] = TextStringObject(name)

    def _number_pages(self, reader: PdfReader, source: Any, first: int) -> None:
        """Give the pages and annotations of a part numbers of the joined parent tree."""
        offset, highest = self._next_number, -1
        if (numbers := source.get("/ParentTree")) is not None:
            for number, value in _read_tree(numbers.get_object(), "/Nums"):
                self._numbers.extend((NumberObject(number + offset), value.clone(self._writer)))
                highest = max(highest, number)
        for index, page in enumerate(reader.pages):
            copy: Any = self._writer.pages[first + index]
            if (number := page.get("/StructParents")) is not None:
                copy[NameObject("/StructParents")] = NumberObject(offset + number)
            copy[NameObject("/Tabs")] = NameObject("/S")
            for reference in copy.get("/Annots") or ():
                annotation = reference.get_object()
                if "/StructParent" in annotation:
                    annotation[NameObject("/StructParent")] = NumberObject(annotation["/StructParent"] + offset)
        self._next_number = offset + highest + 1

    def _remove_numbers(self, first: int) -> None:
        """Remove the numbers of the last part, whose pages begin at `first`: other parts have the same ones."""
        for index in range(first, len(self._writer.pages)):
            page: Any = self._writer.pages[index]
            page.pop("/StructParents", None)
            for reference in page.get("/Annots") or ():
                reference.get_object().pop("/StructParent", None)

    def write(self) -> None:
        """Put the tree into the catalogue; nothing where no part has tags."""
        if not self._parts:
            return
        self._root[NameObject("/K")] = ArrayObject([self._document])
        self._root[NameObject("/ParentTree")] = DictionaryObject({NameObject("/Nums"): self._numbers})
        if self._elements_by_id:
            pairs = sorted(self._elements_by_id.items())
            names = ArrayObject(item for name, element in pairs for item in (TextStringObject(name), element))
            self._root[NameObject("/IDTree")] = DictionaryObject({NameObject("/Names"): names})
        self._root[NameObject("/ParentTreeNextKey")] = NumberObject(self._next_number)
        catalogue = self._writer.root_object
        catalogue[NameObject("/StructTreeRoot")] = self._root_reference
        marks = {NameObject("/Marked"): BooleanObject(True)}
        marks |= {} if self.is_complete else {NameObject("/Suspects"): BooleanObject(True)}
        catalogue[NameObject("/MarkInfo")] = DictionaryObject(marks)


def _read_tree(node: Any, entries: str, depth: int = 0) -> Iterator[tuple[Any, Any]]:
    """Yield the entries of a number tree ("/Nums") or name tree ("/Names"; ISO 32000-1, 7.9.6 and 7.9.7)."""
    pairs = list(node.get(entries, ArrayObject()).get_object())
    yield from zip(pairs[::2], pairs[1::2], strict=False)
    if depth < DEEPEST_TREE:
        for child in node.get("/Kids", ArrayObject()).get_object():
            yield from _read_tree(child.get_object(), entries, depth + 1)
