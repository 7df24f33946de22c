-- The codes by which rules choose, of the facts that say any (`journey.facts.said`): JSON, absent from most.
ALTER TABLE fact ADD COLUMN said bytea;

-- Merges and what undid them, links and what revoked them: each whichever comes first. What they amount to is computed.
CREATE TABLE case_merge (
    event_id text PRIMARY KEY,
    merged uuid NOT NULL,
    into_case uuid NOT NULL,
    same_crime boolean NOT NULL,
    merged_at timestamptz NOT NULL,
    position bigint NOT NULL
);
CREATE INDEX case_merge_merged ON case_merge (merged);

CREATE TABLE merge_undone (
    event_id text PRIMARY KEY,
    undone_at timestamptz NOT NULL
);

CREATE TABLE link_revoked (
    link_id text PRIMARY KEY,
    revoked_at timestamptz NOT NULL
);

-- A merge said nothing of crimes before: both are one where the police brought it about, as intake has it since, too.
INSERT INTO case_merge (event_id, merged, into_case, same_crime, merged_at, position)
SELECT id, (f.announced #>> '{data,from_case}')::uuid, (f.announced #>> '{data,into_case}')::uuid, EXISTS (
         SELECT FROM fact cause WHERE cause.case_id = f.case_id AND cause.id = f.announced ->> 'causationid'
         AND cause.topic = f.topic AND cause.type LIKE 'police.%'), recorded_at, position
FROM (SELECT *, convert_from(body, 'UTF8')::jsonb AS announced FROM fact WHERE type = 'intake.case-merged.v1') AS f;

INSERT INTO link_revoked SELECT link_id, revoked_at FROM victim_link WHERE revoked_at IS NOT NULL;
ALTER TABLE victim_link DROP COLUMN revoked_at;
CREATE INDEX victim_link_of_victim ON victim_link (victim_id);

-- root_id names all cases that were ever merged with one another: where to look, and never whose anything is.
ALTER TABLE case_root DROP COLUMN merged_position, DROP COLUMN merged_at;
DROP TABLE membership;

ALTER TABLE doubt_cleared ADD COLUMN position bigint NOT NULL DEFAULT 0;

-- What was last said of each piece of news, and how often anything was.
ALTER TABLE news ADD COLUMN corrects uuid, ADD COLUMN revision integer NOT NULL DEFAULT 1;
