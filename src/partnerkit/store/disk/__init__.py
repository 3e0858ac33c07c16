"""Every touch of the disk: files written whole, paths that may be meant, the lock."""
