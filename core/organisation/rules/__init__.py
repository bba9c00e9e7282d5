"""The law of numbers, grades and supervision; no database and no clock."""
