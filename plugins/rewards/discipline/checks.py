"""Checks of discipline."""

from core.plugin_api import Check

CHECKS: list[Check] = []
