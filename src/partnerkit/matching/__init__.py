"""Who may learn with whom, how well they would fit, and who with whom is best for all: it proposes, people decide."""
