"""Lists of the back office: what is asked for in an address, which rows answer it, and in which form they leave."""
