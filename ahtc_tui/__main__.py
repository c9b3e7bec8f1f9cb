"""`python -m ahtc_tui` is the command `ahtc`."""

from ahtc_tui.cli.main import main

if __name__ == "__main__":
    main()
