"""What people do with figures, data sets, web pages, good practice, sessions and recommendations."""
