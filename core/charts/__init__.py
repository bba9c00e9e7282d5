"""Pictures of figures: specifications, the bands of the law behind them, and their drawing apart from the server."""
