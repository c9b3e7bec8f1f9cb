"""ZIP archives: full exports of a workspace, written and read, and answers to requests for information."""
