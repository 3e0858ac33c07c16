"""What a record is: one pydantic model per file, shared parts, statements, entries, the roster."""
