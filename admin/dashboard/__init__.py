"""The start page: figures and pictures of one's units, who is late, what waits for oneself, and how the system is."""
