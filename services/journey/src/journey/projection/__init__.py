"""What a consumed event brings about, in the transaction that moves the offset."""
