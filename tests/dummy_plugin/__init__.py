"""A plugin that uses every hook once; tests/contract proves each of them with it."""
