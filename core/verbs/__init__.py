"""What people do to rows by hand: named changes with typed fields, each calling one service."""
