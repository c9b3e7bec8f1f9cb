"""`ahtc export` and `ahtc templates`: files for other programs and other people, documents included."""
