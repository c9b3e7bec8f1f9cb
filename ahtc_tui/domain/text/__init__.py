"""Text processing: escaping for terminals, normalization for comparing, Welsh mutations."""
