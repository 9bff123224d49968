"""The papers of a whole season at once."""
