"""The cover test: what readers find who see the options and not the situations."""
