"""How far apart scores must lie: estimates of their errors, and people placed by them."""
