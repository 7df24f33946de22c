"""HMPPS domain events, and which prisoner an officer said is which defendant."""
