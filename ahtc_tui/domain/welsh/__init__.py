"""The Welsh of what files say by themselves, and in which language a file is. Never a record's own words."""
