"""What people do with actions: list, add, edit, update, complete, reopen, repeat; saved views."""
