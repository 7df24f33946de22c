"""What victims asked for when they reported something to us, until somebody has acted on it."""
