-- Whom a listing is about; what was listed before named nobody.
ALTER TABLE known_listing ADD COLUMN defendants text[] NOT NULL DEFAULT '{}';
