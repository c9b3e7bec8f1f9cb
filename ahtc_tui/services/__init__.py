"""Use cases of the application: each is one function and runs one transaction."""
