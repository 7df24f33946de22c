"""The vault: one data key per subject, so that erasing a person is destroying one key."""
