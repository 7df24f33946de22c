ALTER TABLE news ADD COLUMN reach text;
