#!/usr/bin/env bash
# Prints a Python that has what exported programs and their tests need, as requirements.txt pins it. It is made once, in
# the user's cache (or in GRADUS_CACHE), and again when the pins change. PYTHON names the one that it is made of.
set -euo pipefail
cd "$(dirname "$0")"
requirements=$PWD/requirements.txt
cache=${GRADUS_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/gradus}
folder=$cache/python-$(cksum <requirements.txt | cut -d ' ' -f 1)
python=$folder/bin/python

fail() {
  echo "exported programs cannot be tested: $1" >&2
  echo "  with a Python of your own that has the packages: GRADUS_PYTHON=/path/to/python npm run test:export" >&2
  exit 1
}

if [ ! -e "$folder/complete" ]; then
  mkdir -p "$cache"
  # Of two that start at once, one makes it.
  if command -v flock >/dev/null; then
    exec 9>"$cache/lock"
    flock 9
  fi
  if [ ! -e "$folder/complete" ]; then
    made_of=${PYTHON:-$(command -v python3.11 || command -v python3 || true)}
    [ -n "$made_of" ] || fail 'there is no python3'
    "$made_of" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || fail "$made_of is not Python 3.11 or later"
    rm -rf "$folder"
    "$made_of" -m venv "$folder" >&2 || fail "this failed: $made_of -m venv $folder (Debian: apt-get install python3-venv)"
    "$python" -m pip install --quiet --disable-pip-version-check --only-binary :all: -r "$requirements" >&2 ||
      fail "this failed: $python -m pip install -r $requirements"
    touch "$folder/complete"
  fi
fi
echo "$python"
