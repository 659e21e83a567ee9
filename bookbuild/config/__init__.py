"""build.yaml: read with its places, typed, and made into the editions to build."""
