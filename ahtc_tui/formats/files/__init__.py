"""File access shared by the formats: atomic writes, bounded reads, and checks before opening."""

__all__ = [
    "atomic_write",
    "input_files",
    "input_guard",
    "limited_program",
    "marking_reader",
    "office_container",
    "text_extraction",
]
