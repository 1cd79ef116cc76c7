-- What a letter about a new address carries.
CREATE TABLE email_verifications (
    ticket     BLOB    PRIMARY KEY NOT NULL,
    user_id    TEXT    NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    email      TEXT    NOT NULL,
    result_url TEXT,
    expires_at INTEGER NOT NULL
) STRICT;

CREATE INDEX email_verifications_by_user ON email_verifications (user_id);
CREATE INDEX email_verifications_by_expiry ON email_verifications (expires_at);
