-- A sequence number is no identity: after a restore it may be given again. So the mark knows its event, by the SHA-256
-- of the body. known_pseq says under which number, since a release that does not know these columns moves pseq alone.
-- stopped says why a partition waits for a person; nothing moves it until `python -m chassis.consumer go-on`.
ALTER TABLE consumer_offset
    ADD COLUMN known_pseq bigint,
    ADD COLUMN known_sha256 bytea,
    ADD COLUMN stopped text;
