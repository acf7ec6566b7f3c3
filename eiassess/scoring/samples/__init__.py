"""Many people's answers: how scenarios, options, keys and rules work in them."""
