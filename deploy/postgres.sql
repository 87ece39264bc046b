-- One database for each store: psql -f deploy/postgres.sql, as a user that may create databases.
CREATE DATABASE gateway;
CREATE DATABASE private;
CREATE DATABASE conversations;
CREATE DATABASE trackers;
CREATE DATABASE console;
