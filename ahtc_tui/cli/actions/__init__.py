"""`ahtc actions`: list, show, write; filters as flags; saved views."""
