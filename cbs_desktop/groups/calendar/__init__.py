"""Days on which no session is planned."""
