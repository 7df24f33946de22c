"""What services say to each other: event models, schemas, duties, and who may publish what."""
