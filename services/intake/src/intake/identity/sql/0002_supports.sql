-- Links that a publisher's event made rest on it, and on the first others that say who the victim is. One whose events
-- were all taken back before rests on nothing, and is an officer's to revoke.
CREATE TEMP TABLE made_link ON COMMIT DROP AS
SELECT l.link_id, l.victim_id, coalesce(a.now_id, l.case_id) AS case_id, e.key,
       convert_from(e.body, 'UTF8')::jsonb ->> 'causationid' AS cause
FROM victim_link l JOIN log e ON e.source = 'urn:throughline:intake' AND e.id = l.link_id
LEFT JOIN case_alias a USING (case_id)
WHERE l.defendant_id IS NULL AND l.revoked_at IS NULL;

CREATE TEMP TABLE naming ON COMMIT DROP AS
SELECT l.position, l.source, l.id, coalesce(a.now_id, l.key) AS case_id, read.body ->> 'victimid' AS victim_id
FROM log l LEFT JOIN case_alias a ON a.case_id = l.key
CROSS JOIN LATERAL (SELECT convert_from(l.body, 'UTF8')::jsonb AS body) AS read
WHERE l.key IS NOT NULL AND l.type = 'police.victim-identified.v1'
AND coalesce(read.body ->> 'doubt', '') NOT LIKE '%references-disagree%';

INSERT INTO link_support (link_id, source, event_id)
SELECT link_id, source, id FROM (
  SELECT link_id, source, id, row_number() OVER (PARTITION BY link_id ORDER BY position) AS nth FROM (
    SELECT m.link_id, l.position, l.source, l.id FROM made_link m JOIN log l ON l.id = m.cause AND l.key = m.key
    UNION SELECT m.link_id, n.position, n.source, n.id FROM made_link m JOIN naming n USING (victim_id, case_id)
    WHERE m.cause IS NOT NULL) AS said
  WHERE NOT EXISTS (
    SELECT FROM correction c WHERE c.source = said.source AND c.original_id = said.id AND c.retracts)) AS supporting
WHERE nth <= 3;
