-- What events of before brought about is found in the log, so that it falls with them as what is said from now on does.
-- What was taken back before, or was doubtful, joins nothing. Not told again: a merge is one crime where it is the
-- police's, as it would be told today.
CREATE FUNCTION pg_temp.spelt(text) RETURNS text LANGUAGE sql IMMUTABLE
RETURN upper(regexp_replace($1, '\s', '', 'g'));

CREATE FUNCTION pg_temp.names_of(said jsonb) RETURNS TABLE (place bigint, scheme text, issuer text, value text)
LANGUAGE sql IMMUTABLE AS $$
  SELECT place, scheme,
         CASE WHEN scheme = 'cp-case' OR (scheme = 'urn' AND bare ~ '^[A-Z0-9]{11}$') THEN '*' ELSE issuer END,
         CASE scheme WHEN 'urn' THEN bare ELSE spelt END
  FROM (
    SELECT place, name ->> 'scheme' AS scheme, name ->> 'issuer' AS issuer, pg_temp.spelt(name ->> 'value') AS spelt,
           regexp_replace(pg_temp.spelt(name ->> 'value'), '[/.-]', '', 'g') AS bare
    FROM jsonb_array_elements(said -> 'references') WITH ORDINALITY AS named(name, place)) AS read
$$;

-- Events that join names. They are few: by type, or because a report's reference stands in them, as a member or a scheme.
CREATE TEMP TABLE joining ON COMMIT DROP AS
SELECT l.position, l.source, l.id, l.type, read.body -> 'data' AS said
FROM log l CROSS JOIN LATERAL (SELECT convert_from(l.body, 'UTF8')::jsonb AS body) AS read
WHERE l.key IS NOT NULL AND l.source <> 'urn:throughline:intake'
AND (l.type = 'cps.case-references-linked.v1' OR l.body LIKE '%report_reference%'::bytea)
AND coalesce(read.body ->> 'doubt', 'future-time') = 'future-time'
AND NOT EXISTS (
  SELECT FROM correction c WHERE c.source = l.source AND c.original_id = l.id AND c.retracts);

CREATE TEMP TABLE quoting ON COMMIT DROP AS
SELECT j.position, r.case_id, r.victim_id FROM joining j CROSS JOIN LATERAL (
  SELECT pg_temp.spelt(j.said ->> 'report_reference') AS reference
  UNION SELECT n.value FROM pg_temp.names_of(j.said) AS n WHERE n.scheme = 'report-reference') AS quoted
JOIN report r USING (reference);

INSERT INTO number_joined (issuer, number, source, event_id)
SELECT DISTINCT v.issuer, v.number, j.source, j.id FROM joining j JOIN quoting q USING (position)
JOIN victim_number v ON v.victim_id = q.victim_id AND v.issuer = j.said #>> '{victim,issuer}'
  AND v.number = pg_temp.spelt(j.said #>> '{victim,number}');

-- Whoever may quote a report, only the police's word joins names by it.
DELETE FROM joining j WHERE j.type <> 'cps.case-references-linked.v1'
AND NOT (j.type LIKE 'police.%' AND EXISTS (SELECT FROM quoting q WHERE q.position = j.position));

CREATE TEMP TABLE joined_name ON COMMIT DROP AS
SELECT j.position, j.source, j.id, n.*, r.case_id
FROM joining j CROSS JOIN LATERAL pg_temp.names_of(j.said) AS n JOIN reference r USING (scheme, issuer, value);

-- A name was recorded for the case under whose key the event stands that was the first to say it.
CREATE TEMP TABLE first_named ON COMMIT DROP AS
SELECT n.scheme, n.issuer, n.value, min(l.position) AS position
FROM log l CROSS JOIN LATERAL pg_temp.names_of(convert_from(l.body, 'UTF8')::jsonb -> 'data') AS n
JOIN (SELECT DISTINCT scheme, issuer, value, case_id FROM joined_name) AS known
  ON known.case_id = l.key AND (known.scheme, known.issuer, known.value) = (n.scheme, n.issuer, n.value)
WHERE l.key IN (SELECT case_id FROM joined_name) GROUP BY 1, 2, 3;

INSERT INTO name_joined (scheme, issuer, value, source, event_id, attached)
SELECT DISTINCT ON (scheme, issuer, value, source, id) scheme, issuer, value, source, id, is_first AND (
  -- of a case that was new one name stays
  NOT bool_and(is_first) OVER event OR place > min(place) OVER event
  OR EXISTS (SELECT FROM quoting q WHERE q.position = named.position))
FROM (SELECT j.*, f.position IS NOT DISTINCT FROM j.position AS is_first FROM joined_name j
      LEFT JOIN first_named f USING (scheme, issuer, value)) AS named
WINDOW event AS (PARTITION BY position) ORDER BY scheme, issuer, value, source, id, place;
