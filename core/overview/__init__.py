"""What the areas together say about a unit."""
