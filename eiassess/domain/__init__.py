"""What an assessment is: frozen values, standard library only."""
