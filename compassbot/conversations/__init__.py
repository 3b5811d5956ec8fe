"""What people come for: one file each. A conversation turns an Event into a Card or a Form."""
