"""The plugin `training`."""
