"""Value types, rules, row classes, checked input and errors. Imports no database, file or screen library."""
