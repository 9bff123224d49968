"""The people of a season: registration, consent, import."""
