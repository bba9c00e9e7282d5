"""What is done in the queue."""
