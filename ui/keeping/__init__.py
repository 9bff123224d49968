"""The journal and what the check found, for whoever audits."""
