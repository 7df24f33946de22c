"""What services say: event models, schemas, duties, who may publish what."""
