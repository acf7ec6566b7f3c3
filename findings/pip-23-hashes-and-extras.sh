#!/usr/bin/env bash
# What one would guess: with `pip install --require-hashes -r LOCK`, where the lock pins every package by == and hash, pip
# installs those versions and looks for no others.
#
# What is true: pip 23.0.1 (Debian 12's) and 23.2.1 (Python 3.11.7's) do not see that the pin of a plain name is also the pin
# of the name with an extra. pytest-cov 7.1.0 requires `coverage[toml]`; with coverage 7.10.6 locked it
# they go for the newest coverage, which the lock has no hash for, and refuse the whole list. pip 26.2 takes the locked one.
# The day the list was made both worked, since the locked version was the newest: a lock breaks by somebody else's release.
#
# Why it matters here: uv writes locks with plain names. Set-up must not resolve at all: `--no-deps`, and a lock that is complete.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
export PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_INPUT=1
python3 -m venv "$folder/venv"
python=$folder/venv/bin/python
packages="coverage==7.10.6 pytest-cov==7.1.0 pytest==9.0.0 pluggy==1.6.0 iniconfig==2.1.0 packaging==25.0 pygments==2.19.2"

# shellcheck disable=SC2086 - a list of words
"$python" -m pip download --quiet --no-deps --dest "$folder/wheels" $packages
for word in $packages; do
  name=${word%%==*}
  file=$(ls "$folder/wheels" | grep -i "^${name//-/_}-")
  echo "$word --hash=sha256:$(sha256sum "$folder/wheels/$file" | cut -d' ' -f1)"
done >"$folder/lock.txt"

try() {
  "$python" -m pip install --quiet "pip==$1"
  shift
  "$python" -m pip install --dry-run --ignore-installed --require-hashes "$@" -r "$folder/lock.txt" >"$folder/out" 2>&1
}
code=0
for old in 23.0.1 23.2.1; do
  try "$old" && { echo "pip $old took the lock: this has changed"; code=1; }
  echo "pip $old, resolving: $(grep -m 1 -A 1 -E 'ERROR' "$folder/out" | tr -s '\n ' ' ')"
done
try 23.2.1 --no-deps || { echo "pip 23.2.1 with --no-deps refused it: this has changed"; code=1; }
echo "pip 23.2.1, --no-deps: $(grep 'Would install' "$folder/out")"
try 26.2 || { echo "pip 26.2 refused it: this has changed"; code=1; }
echo "pip 26.2, resolving: $(grep 'Would install' "$folder/out")"
exit "$code"
