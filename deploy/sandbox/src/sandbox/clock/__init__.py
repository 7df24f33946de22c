"""The business clock of the sandbox: the same in every service's database, and only ever moved forward."""
