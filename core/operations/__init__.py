"""Registered operations: GraphQL documents that clients run by hash or by name."""
