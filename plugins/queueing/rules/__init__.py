"""Pure rules of the queue: no database, no clock."""
