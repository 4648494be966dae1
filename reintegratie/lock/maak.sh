#!/usr/bin/env bash
# Renews the lock files from pyproject.toml; needs uv. Universal: one file serves Python 3.11-3.14.
set -euo pipefail
cd "$(dirname "$0")/../.."
maak() { uv pip compile --universal --python-version 3.11 --generate-hashes --no-header --quiet "$@"; }
maak pyproject.toml -o reintegratie/lock/app.txt
maak pyproject.toml --group test -c reintegratie/lock/app.txt -o reintegratie/lock/test.txt
maak pyproject.toml --group test --group controle -c reintegratie/lock/app.txt -o reintegratie/lock/controle.txt
