"""What all record tables share: cursor, typed rows, columns, references and fields."""

__all__ = [
    "columns",
    "cursor",
    "fields",
    "outgoing_paths",
    "packed_rows",
    "ref_list",
    "references",
    "relations",
    "rows",
]
