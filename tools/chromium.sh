#!/bin/sh
# Sees to it that there is a Chromium for the tests in the browser: tools/chromium.sh PYTHON.
# Quiet when there is one; installs it where that needs nobody's leave; else says in one line how.
set -eu

python=$1

for name in chromium chromium-browser google-chrome google-chrome-stable; do
    if command -v "$name" >/dev/null 2>&1; then exit 0; fi
done
if "$python" - 2>/dev/null <<'ASK'
import pathlib, sys
from playwright.sync_api import sync_playwright
with sync_playwright() as playwright:
    sys.exit(not pathlib.Path(playwright.chromium.executable_path).exists())
ASK
then exit 0; fi

if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    echo "Installing Chromium for the tests in the browser ..."
    export DEBIAN_FRONTEND=noninteractive
    if apt-get update -qq >/dev/null && apt-get install -qq -y --no-install-recommends chromium >/dev/null; then
        exit 0
    fi
fi
echo "Fetching a Chromium for the tests in the browser ..."
if "$python" -m playwright install chromium >/dev/null 2>&1; then exit 0; fi

cat >&2 <<'HOW'
The tests in the browser need Chromium: install it (Debian, Ubuntu: sudo apt install chromium), then run make test again.
To run all other tests: make test ARGS=--ignore=tests/browser
HOW
exit 1
