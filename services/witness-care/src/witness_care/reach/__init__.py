"""How a victim may be reached: what they called safe."""
