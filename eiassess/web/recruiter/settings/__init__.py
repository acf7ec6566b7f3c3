"""An opening's settings: making it, changing it, who works on it, and its end."""
