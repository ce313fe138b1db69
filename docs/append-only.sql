-- Run by debts_owner after every migrate: append-only tables are only added to and read by the application.
--   psql "$OWNER_DATABASE_URL" -f docs/append-only.sql
-- The triggers refuse changes to everyone; this takes the right away as well.

REVOKE UPDATE, DELETE, TRUNCATE ON debts_entry, debts_casemove, debts_debtclass, debts_registermove, debts_planmove, debts_planapproval, debts_transfer, debts_transferpart, accounts_auditevent, monitoring_visitmove, monitoring_followup, reports_returnversion, reports_returnmove, reports_returnremark, reports_returntick, monitoring_gradingmove, monitoring_groupmoney, funds_sheetmove, monitoring_actionplanmove, monitoring_activityreport FROM debts_app;
REVOKE INSERT, UPDATE, DELETE, TRUNCATE ON django_migrations FROM debts_app;
