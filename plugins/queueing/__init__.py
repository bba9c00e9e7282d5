"""The plugin `queueing`."""
