#!/usr/bin/env bash
# Chromium from Debian's packages, for the test of the catalogue's page; nothing to do where a browser is installed.
set -euo pipefail
for name in chromium chromium-browser google-chrome; do
  if command -v "$name" > /dev/null; then
    echo "stage 0: $(command -v "$name") is there, nothing to do"
    exit 0
  fi
done
root=()
[ "$(id -u)" -eq 0 ] || root=(sudo)
export DEBIAN_FRONTEND=noninteractive
mkdir -p target
if "${root[@]}" timeout 180 apt-get update -q > target/browser.txt 2>&1 \
  && "${root[@]}" timeout 300 apt-get install -y -q --no-install-recommends chromium >> target/browser.txt 2>&1; then
  echo "stage 0: $(chromium --version) is installed"
else
  tail -5 target/browser.txt
  echo "stage 0: NO BROWSER could be installed; the test of the page is skipped"
fi
