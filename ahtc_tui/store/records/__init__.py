"""What all records have alike: the cursor they are read with, columns, references, fields. Knows no noun."""
