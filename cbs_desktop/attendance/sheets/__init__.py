"""Marks from spreadsheets as people keep them: what a cell means, whose it is, which session, and what would change."""
