-- Victims may turn out to be one person: her news goes on under one id, and she may have been told it under another.
ALTER TABLE news
    ADD COLUMN moved             boolean NOT NULL DEFAULT false,
    ADD COLUMN told_elsewhere_at timestamptz;
