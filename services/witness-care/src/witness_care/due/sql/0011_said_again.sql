-- What is said of news and of duties may be said again, and what a contact told may be taken back.
-- The defaults stand for what the release before writes.

ALTER TABLE news ADD COLUMN says_type text,
                 ADD COLUMN about_at timestamptz,
                 ADD COLUMN standing boolean NOT NULL DEFAULT true;
ALTER TABLE duty ADD COLUMN subject text,
                 ADD COLUMN reach text NOT NULL DEFAULT 'victim';

CREATE TABLE contact_made (
    contact_id text PRIMARY KEY,
    victim_id  text NOT NULL,
    made_at    timestamptz NOT NULL,
    how        text NOT NULL,
    duty_keys  text[] NOT NULL,
    put_right  text[] NOT NULL
);
CREATE INDEX contact_made_with_victim ON contact_made (victim_id, made_at);

-- By which contact news was told: what another told as well stays told when one is taken back.
ALTER TABLE settled ADD COLUMN settled_by text NOT NULL DEFAULT 'seen';
ALTER TABLE settled DROP CONSTRAINT told_pkey;
ALTER TABLE settled ADD CONSTRAINT settled_pkey PRIMARY KEY (victim_id, news_id, settled_by);

ALTER TABLE officer_contact ADD COLUMN asked_at timestamptz NOT NULL DEFAULT '-infinity',
                            ADD COLUMN ends_by text NOT NULL DEFAULT 'told',
                            ADD COLUMN withdrawn boolean NOT NULL DEFAULT false;

-- Contacts stand in our own log. What ended a line before is not known, so nothing opens those again from here.
INSERT INTO contact_made (contact_id, victim_id, made_at, how, duty_keys, put_right)
SELECT said ->> 'contact_id', key, (said ->> 'made_at')::timestamptz, said ->> 'how',
       ARRAY(SELECT jsonb_array_elements_text(said -> 'duty_keys')), '{}'
FROM (SELECT key, convert_from(body, 'UTF8')::jsonb -> 'data' AS said
      FROM log WHERE type = 'witness-care.contact-made.v1') AS made
ON CONFLICT DO NOTHING;
INSERT INTO settled (victim_id, news_id, at, settled_by)
SELECT key, news_id, (said ->> 'made_at')::timestamptz, said ->> 'contact_id'
FROM (SELECT key, convert_from(body, 'UTF8')::jsonb -> 'data' AS said
      FROM log WHERE type = 'witness-care.contact-made.v1') AS made,
     jsonb_array_elements_text(said -> 'news_ids') AS news_id
ON CONFLICT DO NOTHING;
DELETE FROM settled s WHERE s.settled_by = 'seen' AND (
    EXISTS (SELECT FROM settled by_contact WHERE by_contact.victim_id = s.victim_id
            AND by_contact.news_id = s.news_id AND by_contact.settled_by <> 'seen')
    OR EXISTS (SELECT FROM news n WHERE n.victim_id = s.victim_id AND n.news_id = s.news_id AND n.withdrawn));
UPDATE officer_contact SET withdrawn = met_at IS NOT NULL,
    ends_by = CASE WHEN reason = 'not-theirs' THEN 'put-right'
                   WHEN reason = 'silence' OR (cardinality(news_ids) = 0 AND cardinality(duty_keys) = 0) THEN 'in-touch'
                   ELSE 'told' END;

-- What is still to be told by each line, before what it is about begins.
CREATE VIEW open_contact AS
SELECT c.contact_id, c.victim_id, c.reason, c.ends_by, c.duty_keys, about.news_ids,
       least(c.due_by, about.begins_at) AS due_at
FROM officer_contact c CROSS JOIN LATERAL (
    SELECT coalesce(array_agg(asked.news_id ORDER BY asked.place), '{}') AS news_ids,
           min(n.about_at) FILTER (WHERE c.ends_by <> 'put-right') AS begins_at
    FROM unnest(c.news_ids) WITH ORDINALITY AS asked(news_id, place)
    LEFT JOIN news n ON n.victim_id = c.victim_id AND n.news_id = asked.news_id
    WHERE c.ends_by = 'put-right' OR (
        coalesce(n.standing AND NOT n.withdrawn, true)
        AND NOT EXISTS (SELECT FROM settled s WHERE s.victim_id = c.victim_id AND s.news_id = asked.news_id))
) AS about
WHERE c.met_at IS NULL;
