"""The encrypted database: engine, ids, journal, migrations, copies."""
