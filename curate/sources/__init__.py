"""Finding files on a share or a store, and what paths and sidecar files say about them."""
