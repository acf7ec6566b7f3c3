#!/usr/bin/env bash
# Flask-Login keeps a hash of address and browser in each session, also where nothing compares it.
#
# One would guess: login_manager.session_protection = None turns off what binds a session to its browser, so that a session
#   holds who is signed in, and nothing of where from.
# What is true (Flask-Login 0.6.3): None turns off the comparing only. login_user still stores "_id", the SHA-512 of the
#   visitor's address and User-Agent, in whatever keeps the session: a cookie, a file, a database. The hash has no salt, so
#   whoever reads it and has a list of addresses and common browsers finds out which it was.
# Why it matters here: our sessions are rows, and we promise that no row says where somebody signed in from. We take "_id" out
#   in the signal of a sign-in, and a test looks at the stored row.
set -eu
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
export PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_INPUT=1
python3 -m venv "$room/venv"
"$room/venv/bin/pip" install --quiet Flask-Login==0.6.3 Flask==3.1.3 Werkzeug==3.1.9
cd "$room"
"$room/venv/bin/python" -W ignore::DeprecationWarning - <<'PYTHON'
import hashlib
import sys
from importlib.metadata import version

from flask import Flask, session
from flask_login import LoginManager, UserMixin, login_user

print("Flask-Login", version("Flask-Login"))
app = Flask("finding")
app.secret_key = "not a secret"
manager = LoginManager(app)
manager.session_protection = None


class Person(UserMixin):
    id = "1"


@manager.user_loader
def find(_id):
    return Person()


@app.get("/in")
def sign_in():
    login_user(Person())
    return dict(session)


held = app.test_client().get("/in", environ_base={"REMOTE_ADDR": "192.0.2.7"}, headers={"User-Agent": "A Browser/1"}).json
guessed = hashlib.sha512(b"b'192.0.2.7'|b'A Browser/1'").hexdigest()
print("kept with session_protection = None:", sorted(held))
print("_id is the hash of this address and browser:", held.get("_id") == guessed)
sys.exit(held.get("_id") != guessed)
PYTHON
