"""What the office knows: words, rules and rows. No database, no file, no screen."""
