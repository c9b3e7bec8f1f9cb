"""`ahtc evidence`, `ahtc practice` and `ahtc recommendations`."""
