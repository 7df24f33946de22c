-- One officer's contact at most for each item of news.
CREATE TABLE officer_contact (
    victim_id  uuid NOT NULL,
    news_id    uuid NOT NULL,
    contact_id uuid NOT NULL,
    PRIMARY KEY (victim_id, news_id)
);
