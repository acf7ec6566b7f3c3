"""What a closed panel says, and the key that is published from it."""
