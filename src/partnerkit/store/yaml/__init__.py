"""YAML: the fast reader with places, the comment-keeping editor, and their proof."""
