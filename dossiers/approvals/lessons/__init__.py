"""What finished runs teach: how they differed from the path, and what the path could say better."""
