-- The ties of before, in the order in which they were said, and what they amount to. A merge of which no event is known
-- any more that says so, or whose event was taken back before, is tied by itself: an officer may part it.
CREATE TEMP TABLE tying ON COMMIT DROP AS
SELECT j.position, j.source, j.id, j.type LIKE 'police.%' AS one_crime, false AS told_only, named.cases
FROM joining j CROSS JOIN LATERAL (
  SELECT array_agg(case_id ORDER BY place) AS cases FROM (
    SELECT case_id, min(place) AS place FROM (
      SELECT n.case_id, n.place FROM joined_name n WHERE n.position = j.position
      UNION ALL SELECT q.case_id, 1000 FROM quoting q WHERE q.position = j.position) AS each GROUP BY case_id
  ) AS own) AS named
UNION ALL
SELECT l.position, coalesce(cause.source, l.source), coalesce(cause.id, l.id), coalesce(cause.type LIKE 'police.%', false),
       true, ARRAY[m.into_case, m.from_case]
FROM case_merge m JOIN log l ON l.source = 'urn:throughline:intake' AND l.id = m.event_id
LEFT JOIN log cause ON cause.id = convert_from(l.body, 'UTF8')::jsonb ->> 'causationid' AND cause.key = l.key;

CREATE TEMP TABLE going_on (case_id text PRIMARY KEY, now_id text NOT NULL) ON COMMIT DROP;

CREATE FUNCTION pg_temp.root(text) RETURNS text LANGUAGE sql STABLE AS
$$ SELECT coalesce((SELECT now_id FROM going_on WHERE case_id = $1), $1) $$;

CREATE FUNCTION pg_temp.crime(text) RETURNS text LANGUAGE sql STABLE AS
$$ SELECT coalesce((SELECT crime_id FROM case_alias WHERE case_id = $1), $1) $$;

CREATE FUNCTION pg_temp.go_on(old text, new text, is_one_crime boolean) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  UPDATE going_on SET now_id = new WHERE now_id = old;
  INSERT INTO going_on VALUES (old, new);
  IF is_one_crime THEN
    UPDATE case_alias SET crime_id = new WHERE crime_id = old;
  END IF;
  UPDATE case_merge SET same_crime = is_one_crime WHERE from_case = old AND into_case = new;
END $$;

DO $$
DECLARE
  step record; centre text; other text; old text; new text;
BEGIN
  FOR step IN SELECT * FROM tying ORDER BY position LOOP
    SELECT own INTO centre FROM unnest(step.cases) AS own ORDER BY pg_temp.root(own), own LIMIT 1;
    FOREACH other IN ARRAY coalesce(step.cases, '{}') LOOP
      old := greatest(pg_temp.root(centre), pg_temp.root(other));
      new := least(pg_temp.root(centre), pg_temp.root(other));
      CONTINUE WHEN other = centre OR (old = new AND step.told_only);
      IF old <> new THEN
        CONTINUE WHEN NOT EXISTS (SELECT FROM case_merge WHERE from_case = old AND into_case = new);
        PERFORM pg_temp.go_on(old, new, step.one_crime AND
          ARRAY[old, new] <@ ARRAY[pg_temp.crime(centre), pg_temp.crime(other)]);
      END IF;
      INSERT INTO case_tie (one_case, other_case, same_crime, source, event_id)
      VALUES (centre, other, step.one_crime, step.source, step.id);
    END LOOP;
  END LOOP;
END $$;
