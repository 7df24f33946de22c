-- Contacts that officers made, and those that were recorded in error.
CREATE TABLE contact (
    contact_id uuid PRIMARY KEY,
    victim_id uuid NOT NULL,
    made_at timestamptz NOT NULL,
    how text NOT NULL,
    news_ids uuid[] NOT NULL,
    duty_keys uuid[] NOT NULL
);
CREATE INDEX contact_of_victim ON contact (victim_id);

CREATE TABLE contact_taken_back (
    contact_id uuid PRIMARY KEY
);

INSERT INTO contact (contact_id, victim_id, made_at, how, news_ids, duty_keys)
SELECT DISTINCT ON (told ->> 'contact_id') (told ->> 'contact_id')::uuid, victim_id, (told ->> 'made_at')::timestamptz,
       told ->> 'how',
       ARRAY(SELECT jsonb_array_elements_text(coalesce(told -> 'news_ids', '[]')))::uuid[],
       ARRAY(SELECT jsonb_array_elements_text(coalesce(told -> 'duty_keys', '[]')))::uuid[]
FROM (SELECT *, convert_from(body, 'UTF8')::jsonb -> 'data' AS told FROM fact
      WHERE type = 'witness-care.contact-made.v1' AND victim_id IS NOT NULL) AS f
ORDER BY told ->> 'contact_id', position;

-- Whose news it is: it may be seen before the fact that it is about has come here.
ALTER TABLE telling DROP COLUMN contacted_at, DROP COLUMN contacted_how, ADD COLUMN victim_id uuid;
UPDATE telling t SET victim_id = n.victim_id FROM news n WHERE n.news_id = t.news_id;
DELETE FROM telling WHERE victim_id IS NULL;
ALTER TABLE telling DROP CONSTRAINT telling_pkey, ADD PRIMARY KEY (news_id, victim_id);
CREATE INDEX telling_of_victim ON telling (victim_id);
