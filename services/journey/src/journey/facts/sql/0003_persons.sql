-- Victims that an officer confirmed to be one person, and what took that back: each whichever comes first.
CREATE TABLE person_join (
    join_id text PRIMARY KEY,
    victim_id uuid NOT NULL,
    into_victim_id uuid NOT NULL,
    joined_at timestamptz NOT NULL,
    position bigint NOT NULL
);
CREATE INDEX person_join_of ON person_join (victim_id);
CREATE INDEX person_join_into ON person_join (into_victim_id);

CREATE TABLE person_parted (
    join_id text PRIMARY KEY,
    parted_at timestamptz NOT NULL
);

INSERT INTO person_join
SELECT data ->> 'join_id', (data ->> 'victim_id')::uuid, (data ->> 'into_victim_id')::uuid, recorded_at, position
FROM (SELECT *, convert_from(body, 'UTF8')::jsonb -> 'data' AS data FROM fact
      WHERE type = 'intake.persons-joined.v1') AS f ON CONFLICT DO NOTHING;
INSERT INTO person_parted
SELECT data ->> 'join_id', recorded_at
FROM (SELECT *, convert_from(body, 'UTF8')::jsonb -> 'data' AS data FROM fact
      WHERE type = 'intake.persons-parted.v1') AS f ON CONFLICT DO NOTHING;

-- When she was told it under another of her ids; and the id under which it goes on, where it was withdrawn for that.
ALTER TABLE news ADD COLUMN told_at timestamptz, ADD COLUMN moved_to uuid;
