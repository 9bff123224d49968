"""Scored questionnaires, the safety card, and the decision who is helped where."""
