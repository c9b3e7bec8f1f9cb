"""What all record tables share: cursor, typed rows, columns, references and fields."""
