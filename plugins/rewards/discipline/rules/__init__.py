"""Pure rules of discipline: no database, no clock."""
