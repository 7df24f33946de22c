"""What tests of every service need: a clock to move, an issuer to mint tokens, sentences for aggregates."""
