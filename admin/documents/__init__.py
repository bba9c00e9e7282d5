"""The official forms of plans and evaluations, to be downloaded."""
