"""What is measured, beside floors and peers, in one run on one machine. Never a test: a figure here fails nothing."""
