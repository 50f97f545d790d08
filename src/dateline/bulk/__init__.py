"""The same path as `dateline add` over whole archives: workers read and write shards, one committer keeps them."""
