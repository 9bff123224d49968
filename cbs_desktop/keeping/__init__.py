"""How the office itself is kept: backups and accounts."""
