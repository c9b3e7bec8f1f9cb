"""Writers of CSV files: UTF-8 with a byte order mark, protected against formula injection."""
