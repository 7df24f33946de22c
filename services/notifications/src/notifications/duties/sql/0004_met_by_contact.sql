-- The contact that met it, until journey says so itself: it may be taken back.
ALTER TABLE duty ADD COLUMN met_by text;
