"""PostgreSQL and Kafka from packages: real servers, no installation."""
