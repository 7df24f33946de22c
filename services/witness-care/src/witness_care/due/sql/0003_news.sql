-- What became news for each victim, so that an officer sees what there is to tell: type and times, no content.

CREATE TABLE news (
    news_id     text NOT NULL,
    victim_id   text NOT NULL,
    event_type  text NOT NULL,
    occurred_at timestamptz NOT NULL,
    corrects    text,
    retracts    boolean NOT NULL,
    PRIMARY KEY (victim_id, news_id)
);
CREATE INDEX news_by_original ON news (victim_id, corrects) WHERE corrects IS NOT NULL;
