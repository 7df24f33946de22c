"""The relay: reads the log by position and publishes it to Kafka."""
