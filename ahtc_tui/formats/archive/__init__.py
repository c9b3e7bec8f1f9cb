"""ZIP archives: a whole office, in and out; what is held on a person or a subject."""
