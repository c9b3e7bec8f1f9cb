"""The command line: every read and write of the application, as text or JSON."""
