#!/usr/bin/env bash
# Every test, exactly as the README says.
set -euo pipefail
mvn verify
