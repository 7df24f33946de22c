"""A small OpenID Connect and OAuth 2.0 issuer with invented people to choose from. It exists only in the sandbox."""
