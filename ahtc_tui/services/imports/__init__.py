"""Which files can come in, and what every import shares. A plan first, then one step that one undo takes back."""
