"""The verbs of this area."""
