"""Everything on one machine: servers, issuer, fake Notify, clock, scenario."""
