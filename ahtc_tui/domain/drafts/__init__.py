"""Drafts: input checked by pydantic before it is written, one module per noun. Reading imports none of it."""
