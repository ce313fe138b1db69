-- Run once by a PostgreSQL administrator, with the two passwords given from outside:
--   psql -v owner_password=… -v app_password=… -f docs/roles.sql
-- debts_owner changes the schema (migrate); debts_app, used by the web machines, only works in it.

CREATE ROLE debts_owner LOGIN PASSWORD :'owner_password';
CREATE ROLE debts_app LOGIN PASSWORD :'app_password';

-- The character type must not be C, or searching in Thai finds nothing.
CREATE DATABASE debts OWNER debts_owner
  TEMPLATE template0 ENCODING 'UTF8' LC_COLLATE 'C.UTF-8' LC_CTYPE 'C.UTF-8';
REVOKE ALL ON DATABASE debts FROM PUBLIC;
GRANT CONNECT ON DATABASE debts TO debts_app;

\connect debts
CREATE EXTENSION pg_trgm;

-- Neither TRUNCATE nor any DDL: the application cannot empty or alter a table, not even by mistake.
GRANT USAGE ON SCHEMA public TO debts_app;
ALTER DEFAULT PRIVILEGES FOR ROLE debts_owner IN SCHEMA public
  GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO debts_app;
ALTER DEFAULT PRIVILEGES FOR ROLE debts_owner IN SCHEMA public
  GRANT USAGE, SELECT ON SEQUENCES TO debts_app;
