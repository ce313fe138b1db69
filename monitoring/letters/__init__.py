"""Letters and memos that announce a visit: written, issued with a number, never changed after."""
