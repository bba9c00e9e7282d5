"""Bringing data in from files: upload, columns, trial, import, undo."""
