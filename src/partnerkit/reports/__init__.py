"""From a value to text: for a terminal, as JSON, for a forge. Nothing here decides anything."""
