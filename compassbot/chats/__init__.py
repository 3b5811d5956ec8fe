"""One folder per platform: how its messages become Events, and Cards and Forms its messages."""
