"""Getting through the reports: done and next, the queue, bookmarks, time, history. Nothing here edits by itself."""
