"""`ahtc export` and `ahtc templates`: files for other people and other programs."""
