"""What the demonstration starts with: an office, dilemmas, and a history that is lived through the bot."""
