"""Who did what in the console, in a chain that nobody can change unseen."""
