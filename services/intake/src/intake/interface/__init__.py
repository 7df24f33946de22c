"""What a developer of an agency reads: the documents of the interface, and the reference made from them."""
