-- Two victims of whom an officer has confirmed that they are one person; the one goes on as the other.
CREATE TABLE person_join (
  join_id text PRIMARY KEY,
  victim_id text NOT NULL,
  into_victim_id text NOT NULL,
  joined_by text NOT NULL,
  joined_at timestamptz NOT NULL DEFAULT business_now(),
  parted_by text,
  parted_at timestamptz
);
CREATE INDEX person_join_victim ON person_join (victim_id) WHERE parted_at IS NULL;

-- As whom a victim goes on; made of the joins that stand.
CREATE TABLE person_alias (
  victim_id text PRIMARY KEY,
  now_id text NOT NULL
);
CREATE INDEX person_alias_now ON person_alias (now_id);
CREATE TRIGGER person_alias_means AFTER INSERT OR UPDATE OR DELETE ON person_alias
FOR EACH STATEMENT EXECUTE FUNCTION move_identity_revision();
