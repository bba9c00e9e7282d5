"""The law of planning as pure functions, one subject a module."""
