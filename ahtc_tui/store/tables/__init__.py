"""The tables as SQLModel classes, one module a noun; `schema` has them all.

They are private to `store` and not imported before the first screen. A hub needs those of `journal` alone.
"""

__all__ = ["journal", "schema"]
