"""Screens of screening: who waits, the questionnaire, the safety card, the decision."""
