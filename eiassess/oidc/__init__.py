"""The conversation with a provider of sign-in, by OpenID Connect; what it needs comes with ``eiassess[sso]``."""
