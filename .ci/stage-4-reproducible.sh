#!/usr/bin/env bash
# The published jars, built twice from copies of the tree in two directories, are the same to the byte.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

modules=$(sed -n 's:.*<module>\(.*\)</module>.*:\1:p' pom.xml | while read -r m; do
  grep -q '<packaging>pom</packaging>' "$m/pom.xml" || grep -q '<maven.deploy.skip>true' "$m/pom.xml" \
    || case $m in testing/* | examples/*) ;; *) printf '%s,' "$m" ;; esac
done)
modules=${modules%,}
[ -n "$modules" ] || { echo "stage 4: no published module was found"; exit 1; }

build() {
  mkdir -p "$work/$1"
  git ls-files -z --cached --others --exclude-standard | tar --null --files-from=- --create | tar --extract -C "$work/$1"
  (cd "$work/$1" && mvn -q package -pl "$modules" -am -Pquickstart)
  (cd "$work/$1" && for m in ${modules//,/ }; do find "$m/target" -maxdepth 1 -name '*.jar'; done | sort | xargs sha256sum) > "$work/$1.txt"
}
build first
build a-second-directory
count=$(wc -l < "$work/first.txt")
expected=$(tr ',' '\n' <<< "$modules" | wc -l)
if [ "$count" -lt "$expected" ]; then
  echo "stage 4: $count jars of $expected published modules were built"
  exit 1
fi
if ! diff "$work/first.txt" "$work/a-second-directory.txt"; then
  echo "stage 4: these jars differ between two builds of the same tree"
  exit 1
fi
echo
echo "stage 4: $count jars are the same in both builds"
