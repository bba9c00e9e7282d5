"""Verbs that change data, each one transaction."""
