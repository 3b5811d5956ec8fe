#!/bin/sh
# Makes the virtual environment: tools/make_venv.sh FOLDER [PYTHON].
# Takes the first Python on the PATH that is new enough and can make one; else says in a sentence what to do.
set -eu

folder=$1
wanted=${2:-}
no_venv=

for python in ${wanted:-python3 python3.14 python3.13 python3.12 python3.11}; do
    # Asking it to run is the only sure test: a name on the PATH may be a stub of a version manager.
    "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1 || continue
    if ! "$python" -c 'import ensurepip, venv' >/dev/null 2>&1; then
        no_venv=$python
        continue
    fi
    echo "Making $folder with $("$python" --version) ($python)"
    exec "$python" -m venv --clear "$folder"
done

if [ -n "$no_venv" ]; then
    version=$("$no_venv" -c 'import sys; print("%d.%d" % sys.version_info[:2])')
    echo "Python $version is here, but not its module venv. On Debian or Ubuntu: apt install python$version-venv" >&2
elif [ -n "$wanted" ]; then
    echo "$wanted is not a Python 3.11 or newer that runs. Leave PYTHON= out, or name another." >&2
else
    echo "compassbot needs Python 3.11 or newer, and found none. Install one, or name it: make install PYTHON=/path/to/python3" >&2
fi
exit 1
