#!/usr/bin/env bash
# The README's main command; its verdict counts, not only its exit code.
set -euo pipefail
mkdir -p target
mvn -q -Pquickstart verify | tee target/quickstart.txt
grep -qE '^quickstart: OK, ([0-9]+) of \1 scenes$' target/quickstart.txt || {
  echo "stage 3: the last line is not 'quickstart: OK, n of n scenes'; see target/quickstart.txt"
  exit 1
}
