#!/usr/bin/env bash
# Chromium from Debian's packages, for the test of the catalogue's page; nothing to do where a browser is installed.
set -euo pipefail
for name in chromium chromium-browser google-chrome; do
  if command -v "$name" > /dev/null; then
    echo "stage 0: $(command -v "$name") is there, nothing to do"
    exit 0
  fi
done
command -v apt-get > /dev/null || { echo "stage 0: no browser and no apt-get here: install Chromium by hand"; exit 1; }
root=()
[ "$(id -u)" -eq 0 ] || root=(sudo)
export DEBIAN_FRONTEND=noninteractive
mkdir -p target
"${root[@]}" apt-get update -q > target/browser.txt
"${root[@]}" apt-get install -y -q --no-install-recommends chromium >> target/browser.txt
echo "stage 0: $(chromium --version) is installed"
