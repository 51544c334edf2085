"""For authors: notebooks, pictures and pages from their sources, and checks of a problem."""
