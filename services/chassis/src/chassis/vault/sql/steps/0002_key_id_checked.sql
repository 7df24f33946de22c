-- Apart, since it reads every row, and the lock of the step before keeps everybody out.
ALTER TABLE vault.data_key VALIDATE CONSTRAINT data_key_wrapped_check;
