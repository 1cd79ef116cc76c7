-- Blocked users, identities at other providers, and limits.

ALTER TABLE users ADD COLUMN blocked INTEGER NOT NULL DEFAULT 0;

CREATE INDEX users_by_email ON users (email);
CREATE INDEX users_by_age ON users (created_at, id);

-- The history gets an order of its own, which it had by SQLite's rowid alone.
CREATE TABLE new_password_history (
    id            INTEGER PRIMARY KEY,
    user_id       TEXT    NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    password_hash TEXT    NOT NULL,
    replaced_at   INTEGER NOT NULL
) STRICT;

INSERT INTO new_password_history (user_id, password_hash, replaced_at)
SELECT user_id, password_hash, replaced_at FROM password_history ORDER BY replaced_at, rowid;

DROP TABLE password_history;
ALTER TABLE new_password_history RENAME TO password_history;
CREATE INDEX password_history_by_user ON password_history (user_id, id);

-- Who users are at other identity providers, with what those said last, as JSON.
CREATE TABLE identities (
    id         INTEGER PRIMARY KEY,
    user_id    TEXT    NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    provider   TEXT    NOT NULL,
    connection TEXT    NOT NULL,
    subject    TEXT    NOT NULL,
    is_social  INTEGER NOT NULL,
    profile    TEXT    NOT NULL,
    UNIQUE (connection, subject)
) STRICT;

CREATE INDEX identities_by_user ON identities (user_id, id);

-- How often something was done, by the SHA-256 of what it is.
CREATE TABLE limits (
    key     BLOB    PRIMARY KEY NOT NULL,
    used    INTEGER NOT NULL,
    ends_at INTEGER NOT NULL
) STRICT;

CREATE INDEX limits_by_end ON limits (ends_at);
