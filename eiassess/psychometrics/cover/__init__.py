"""How much of a key can be found without the situation: by arithmetic, by words, by people who see options only."""
