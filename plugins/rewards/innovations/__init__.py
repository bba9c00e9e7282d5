"""Innovations: proposed, tried, adopted, with their authors, evidence and measured effect."""
