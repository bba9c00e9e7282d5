"""The plugin `rewards`."""
