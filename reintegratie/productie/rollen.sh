#!/bin/sh
# First start of the PostgreSQL container: three roles and the database (docs/beheer.md).
# The owner migrates, the application works, the third role may erase. None is a superuser.
set -eu
psql -v ON_ERROR_STOP=1 -X -q --username "$POSTGRES_USER" --dbname postgres \
  -v eigenaar="$DB_WACHTWOORD_EIGENAAR" -v app="$DB_WACHTWOORD_APP" -v wisser="$DB_WACHTWOORD_WISSER" <<'SQL'
CREATE ROLE reintegratie LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE PASSWORD :'eigenaar';
CREATE ROLE reintegratie_app LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE PASSWORD :'app';
CREATE ROLE reintegratie_wis LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE PASSWORD :'wisser';
CREATE DATABASE reintegratie OWNER reintegratie;
REVOKE ALL ON DATABASE reintegratie FROM PUBLIC;
GRANT CONNECT ON DATABASE reintegratie TO reintegratie_app, reintegratie_wis;
SQL
