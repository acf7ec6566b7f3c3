"""Settings of sign-in by a provider: each that cannot be used says what to write, and none repeats the secret."""

from pathlib import Path

import pytest

from eiassess.config import Settings, settings_from_environment
from eiassess.errors import SetupError

GOOD = {"ISSUER": "https://login.example.org/realms/staff", "CLIENT_ID": "eiassess", "CLIENT_SECRET": "open sesame"}


def settings(**given: str) -> Settings:
    environment = {f"EIASSESS_OIDC_{name}": text for name, text in given.items()}
    return settings_from_environment(environment, Path("/srv"), Path("/banks"))


def test_without_a_provider_nothing_else_is_asked() -> None:
    assert settings().provider is None
    assert settings(ISSUER="", CLIENT_ID="", ONLY="").provider is None


def test_a_provider_and_what_it_is_called() -> None:
    provider = settings(**GOOD).provider
    assert provider
    assert (provider.issuer, provider.client_id, provider.client_secret) == tuple(GOOD.values())
    assert (provider.name, provider.links_by_address, provider.is_only_way) == ("login.example.org", False, False)
    assert "sesame" not in repr(provider)
    named = settings(**GOOD, NAME="Example", LINK_BY_ADDRESS="yes", ONLY="yes").provider
    assert named
    assert (named.name, named.links_by_address, named.is_only_way) == ("Example", True, True)


@pytest.mark.parametrize(
    "issuer", ["http://127.0.0.1:9000/x", "http://localhost:9000", "http://[::1]:1", "https://a.b/"]
)
def test_an_issuer_is_kept_letter_by_letter(issuer: str) -> None:
    provider = settings(**{**GOOD, "ISSUER": issuer}).provider
    assert provider
    assert provider.issuer == issuer


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"ISSUER": "https://login.example.org"}, "EIASSESS_OIDC_ISSUER is set; .* all three"),
        ({"ONLY": "yes"}, "EIASSESS_OIDC_ONLY is set; .* all three"),
        ({**GOOD, "CLIENT_SECRET": ""}, "all three"),
        ({**GOOD, "ISSUER": "login.example.org"}, "give the address that the provider names itself by"),
        ({**GOOD, "ISSUER": "http://login.example.org"}, "with https"),
        ({**GOOD, "ISSUER": "https://"}, "give the address"),
        ({**GOOD, "ISSUER": "https://login.example.org/?x=1"}, "nothing behind the path"),
        ({**GOOD, "ISSUER": "https://login.example.org/#x"}, "nothing behind the path"),
        ({**GOOD, "ISSUER": "https://ann:sesame@login.example.org"}, "give the address"),
        ({**GOOD, "ISSUER": f"https://login.example.org/{'x' * 255}"}, "give the address"),
        ({**GOOD, "CLIENT_ID": "a:b"}, "no colon in the first"),
        ({**GOOD, "CLIENT_SECRET": "ses\u00e4me"}, "have to be ASCII"),
        ({**GOOD, "ONLY": "true"}, "EIASSESS_OIDC_ONLY is 'true'; write yes or no"),
        ({**GOOD, "LINK_BY_ADDRESS": "1"}, "EIASSESS_OIDC_LINK_BY_ADDRESS is '1'; write yes or no"),
    ],
)
def test_what_cannot_be_used_says_what_to_write(given: dict[str, str], said: str) -> None:
    with pytest.raises(SetupError, match=said) as refused:
        settings(**given)
    assert GOOD["CLIENT_SECRET"] not in str(refused.value)
