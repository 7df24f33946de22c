-- What each duty is about, whether it waits for an officer, and how often anything was said of it.
ALTER TABLE duty RENAME COLUMN thread TO subject;
ALTER TABLE duty ADD COLUMN reach text NOT NULL DEFAULT 'victim' CHECK (reach IN ('victim', 'officer')),
    ADD COLUMN revision integer NOT NULL DEFAULT 1,
    ADD COLUMN leg boolean NOT NULL DEFAULT false;
DROP INDEX duty_open_of_victim;
ALTER TABLE duty DROP COLUMN by_telling;
DROP TABLE enhanced_victim;
