"""`ahtc backup`, `restore`, `passphrase`, and the whole office as one archive."""
