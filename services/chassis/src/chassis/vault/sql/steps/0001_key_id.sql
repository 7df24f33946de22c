-- Before a wrapped key may stand the id of the key that wraps it, behind its length.
ALTER TABLE vault.data_key DROP CONSTRAINT data_key_wrapped_check;
ALTER TABLE vault.data_key ADD CONSTRAINT data_key_wrapped_check
CHECK (octet_length(wrapped) = 40 OR octet_length(wrapped) = 41 + get_byte(wrapped, 0)) NOT VALID;
