"""Dividing people into groups: pure, without database, clock or chance of its own."""
