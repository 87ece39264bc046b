"""The editor of guides: forms over YAML, saved as changes for git, never into the running knowledge base."""
