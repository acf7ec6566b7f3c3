"""The administrators' area: who can sign in, and as what."""
