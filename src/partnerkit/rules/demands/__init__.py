"""How each sort of demand is answered: met or not, by what, and what would meet it."""
