"""Data protection: what was lost or seen, and the register of processing."""
