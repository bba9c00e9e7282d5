"""Live events: kept for a while in the order of their commits, and followed by streams."""
