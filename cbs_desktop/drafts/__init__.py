"""Half-typed forms: kept while they are typed, offered again after a power cut."""
