"""The law of evaluation as pure functions: every figure comes from a `Rule` that the caller gives."""
