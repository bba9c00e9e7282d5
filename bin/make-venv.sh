#!/bin/sh
# Make a virtual environment with the first Python 3.11 or newer found: make-venv.sh FOLDER
set -eu
for name in ${PYTHON:-} python3 python3.14 python3.13 python3.12 python3.11 python; do
    if "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
        if "$name" -m venv --clear "$1"; then
            exit 0
        fi
        echo "$name cannot make a virtual environment. On Debian or Ubuntu: apt install python3-venv" >&2
        echo "$name tidak dapat membuat lingkungan virtual. Di Debian atau Ubuntu: apt install python3-venv" >&2
        exit 1
    fi
done
echo "Kinerja needs Python 3.11 or newer. Install it, or name it: make PYTHON=/path/to/python3.11 …" >&2
echo "Kinerja memerlukan Python 3.11 atau lebih baru. Pasang, atau sebutkan: make PYTHON=/path/ke/python3.11 …" >&2
exit 1
