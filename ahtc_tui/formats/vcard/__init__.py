"""Reader and writer of vCard 2.1, 3.0 and 4.0."""

__all__ = [
    "reader",
    "writer",
]
