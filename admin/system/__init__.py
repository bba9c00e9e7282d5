"""Pages about the system itself, for those who run it."""
