ALTER TABLE news ADD COLUMN withdrawn boolean NOT NULL DEFAULT false;
ALTER TABLE told RENAME TO settled;
