-- News is a state that is said again whenever it changes. What was given to an officer may have been told.
ALTER TABLE news
    ADD COLUMN known_at  timestamptz,
    ADD COLUMN says_type text,
    ADD COLUMN about_at  timestamptz,
    ADD COLUMN withdrawn boolean NOT NULL DEFAULT false;
UPDATE news SET known_at = recorded_at;
ALTER TABLE news ALTER COLUMN known_at SET NOT NULL;
UPDATE news SET withdrawn = true FROM decision d WHERE d.news_id = news.news_id AND d.why = 'not-theirs';
CREATE INDEX news_amending ON news (corrects) WHERE corrects IS NOT NULL;
ALTER TABLE decision ADD COLUMN given_at timestamptz;
UPDATE decision SET given_at = decided_at WHERE verdict = 'give-to-officer';
