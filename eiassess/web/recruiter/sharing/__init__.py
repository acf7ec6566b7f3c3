"""What hiring managers see of candidates, and the links that show them."""
