ALTER TABLE duty ADD COLUMN met_by text;
