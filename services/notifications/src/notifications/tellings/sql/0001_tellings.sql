CREATE TABLE told (
    victim_id uuid        NOT NULL,
    news_id   uuid        NOT NULL,
    how       text        NOT NULL CHECK (how IN ('seen', 'told-by-officer')),
    at        timestamptz NOT NULL,
    PRIMARY KEY (victim_id, news_id, how)
);

CREATE TABLE last_told (
    victim_id uuid PRIMARY KEY,
    at        timestamptz NOT NULL
);
