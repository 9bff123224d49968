"""Screens of registers that come back on paper: read, looked through, accepted page by page."""
