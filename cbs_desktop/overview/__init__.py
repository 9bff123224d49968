"""What is seen across all rooms: the roster, Home, and one person's file. Reads every room and owns no table."""
