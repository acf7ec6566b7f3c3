"""What better hiring is worth, in the money of the company that asks."""
