"""What people do and see, in words that no chat platform owns: Events in, Cards and Forms out."""
