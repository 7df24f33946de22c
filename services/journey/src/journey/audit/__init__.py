"""The auditor's view: any victim's journey as of any past moment, over all services' logs, with the chains verified."""
