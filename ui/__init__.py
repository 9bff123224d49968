"""The screens of CBS Desktop; every fact comes through an Office, none from a table."""
