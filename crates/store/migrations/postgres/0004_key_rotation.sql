-- Signing keys take turns. The one that signs began last (signs_from); one
-- that has not begun is the next. Each has a self-signed certificate (DER),
-- except for those that are older than this column.
ALTER TABLE signing_keys ADD COLUMN signs_from BIGINT;
ALTER TABLE signing_keys ADD COLUMN certificate BYTEA;
UPDATE signing_keys SET signs_from = created_at;
