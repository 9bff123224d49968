"""Where people live and meet: countries, districts, sectors, villages, correctional facilities."""
