#!/usr/bin/env bash
# The classes of the first stage, tested again on a newer JDK where the machine has one. Nothing is compiled again,
# so the strangers' projects, which are built from nothing each time, are left out.
set -euo pipefail

major() { "$1" -XshowSettings:properties -version 2>&1 | sed -n 's/^ *java\.specification\.version = //p'; }

baseline=$(major "${JAVA_HOME:+$JAVA_HOME/bin/}java")
best= best_version=$baseline
for candidate in "${JAVA_HOME_25_X64:-}/bin/java" "${JAVA_HOME_21_X64:-}/bin/java" /usr/lib/jvm/*/bin/java \
  "$HOME"/.sdkman/candidates/java/*/bin/java /Library/Java/JavaVirtualMachines/*/Contents/Home/bin/java; do
  [ -x "$candidate" ] && [ -x "${candidate%java}javac" ] || continue
  version=$(major "$candidate")
  case $version in *[!0-9]* | '') continue ;; esac
  if [ "$version" -gt "$best_version" ]; then best=$candidate best_version=$version; fi
done
if [ -z "$best" ]; then
  echo "stage 2: no JDK newer than $baseline on this machine, nothing to do"
  exit 0
fi
echo "stage 2: tests on Java $best_version ($best), compiled by Java $baseline"

classes() { find . -path ./.git -prune -o -name node_modules -prune -o -path '*/target/*' -name '*.class' -printf '%T@ %p\n' | sort; }
mkdir -p target
classes > target/classes-before.txt
[ -s target/classes-before.txt ] || { echo "stage 2: nothing is compiled yet; run: mvn verify"; exit 1; }
mvn verify -Djvm="$best" -Dspotless.check.skip=true -Denforcer.skip=true -Dinvoker.skip=true
classes > target/classes-after.txt
if ! cmp -s target/classes-before.txt target/classes-after.txt; then
  echo "stage 2: classes were compiled again, so this was not the test of what the first stage built:"
  diff target/classes-before.txt target/classes-after.txt | head
  exit 1
fi
seen=$(grep -rlE "name=\"java.specification.version\" value=\"$best_version\"" --include='TEST-*.xml' . | wc -l)
[ "$seen" -gt 0 ] || { echo "stage 2: no test report says that it ran on Java $best_version"; exit 1; }
echo
echo "stage 2: $seen test classes on Java $best_version, $(wc -l < target/classes-before.txt) class files untouched"
