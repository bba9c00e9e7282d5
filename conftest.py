"""Loads what holds for every test, before any folder's own fixtures."""

pytest_plugins = ["tests.plugin_environment"]
