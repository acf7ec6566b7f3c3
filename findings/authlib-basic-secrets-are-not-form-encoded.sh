#!/usr/bin/env bash
# Authlib's client_secret_basic sends id and secret as they are; OAuth 2.0 has them form-encoded first.
#
# One would guess: a client that names client_secret_basic sends what RFC 6749, section 2.3.1, asks for: id and secret each
#   encoded as a form's values are, then joined by a colon and put in base64. A provider decodes them again.
# What is true (Authlib 1.9.10): they are joined and put in base64 as they are. With letters and digits alone nobody notices.
#   A secret with "+" or "%" arrives at a provider that follows the RFC as another secret, and signing in fails with
#   invalid_client although the settings are right; a provider that does not decode takes it.
# Why it matters here: providers make secrets with such signs, and whoever sets up sign-in would look for the fault in what
#   they typed. So we send it in the form where the provider takes that, and our guide says what to do where it does not.
set -eu
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
export PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_INPUT=1
python3 -m venv "$room/venv"
"$room/venv/bin/pip" install --quiet Authlib==1.9.10
"$room/venv/bin/python" - <<'PYTHON'
import base64
import sys
from importlib.metadata import version
from urllib.parse import quote_plus, unquote_plus

from authlib.oauth2.auth import ClientAuth

print("Authlib", version("Authlib"))
ID, SECRET = "hiring", "a+b%20c/d"
_, headers, _ = ClientAuth(ID, SECRET, "client_secret_basic").prepare("POST", "https://provider.example/token", {}, "")
sent = base64.b64decode(headers["Authorization"].removeprefix("Basic ")).decode()
print("sent:           ", sent)
print("the RFC's form: ", f"{quote_plus(ID)}:{quote_plus(SECRET)}")
read = unquote_plus(sent.partition(":")[2])
print("read as the RFC says:", read, "- the same secret:", read == SECRET)
sys.exit(not (sent == f"{ID}:{SECRET}" and read != SECRET))
PYTHON
