#!/usr/bin/env bash
# SPDX-FileCopyrightText: 2026 Pitlane authors
# SPDX-License-Identifier: MIT

# Our tokens beside another implementation of JSON Web Tokens, the npm package jose. ./run test
# installs it; where it is not there, the test is skipped and says so.
# usage: jose.sh PEER CHECK FOLDER-WITH-NODE_MODULES
set -euo pipefail

skip() {
    echo "SKIPPED: $*"
    exit 77
}

peer=$1 check=$2 folder=$3
command -v node >/dev/null ||
    skip "node is not installed (Debian: nodejs), so no other implementation reads our tokens."
[ -f "$folder/node_modules/jose/package.json" ] ||
    skip "the npm package jose is not in $folder. ./run test installs it where the npm registry can be reached."
exec node "$check" "$peer" "$folder"
