#!/usr/bin/env bash
# Ten seconds of random input for every decoder and every endpoint; FUZZ_SECONDS for more.
set -euo pipefail
mkdir -p target
mvn -q test -pl testing/fuzz -am -Dtest=FuzzTest -Dsurefire.failIfNoSpecifiedTests=false -Dfuzz.seconds="${FUZZ_SECONDS:-10}" \
  | tee target/fuzz.txt
ran=$(grep -cE 'fuzz: \w+ Done [0-9]+ runs' target/fuzz.txt)
listed=$(find testing/fuzz/src/test/java -name '*Fuzz.java' | wc -l)
if [ "$ran" -ne "$listed" ]; then
  echo "stage 5: $ran of $listed targets were fuzzed"
  exit 1
fi
echo
echo "stage 5: $ran targets were fuzzed"
