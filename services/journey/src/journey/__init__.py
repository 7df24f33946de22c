"""The projection: timeline, single point of contact, duties; the portal; the audit."""
