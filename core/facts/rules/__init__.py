"""The rules of this area: no database, no clock."""
