-- A duty is owed also while only an officer may know.
ALTER TABLE duty ADD COLUMN reach text NOT NULL DEFAULT 'victim' CHECK (reach IN ('victim', 'officer'));
