-- Logins that go on at another provider: what has to be known when the browser
-- comes back.
CREATE TABLE upstream_logins (
    state      BYTEA  PRIMARY KEY,
    browser    BYTEA  NOT NULL,
    connection TEXT   NOT NULL,
    parameters TEXT   NOT NULL,
    expires_at BIGINT NOT NULL
);

CREATE INDEX upstream_logins_by_expiry ON upstream_logins (expires_at);
