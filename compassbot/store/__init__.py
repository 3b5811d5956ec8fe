"""What is kept: tables, and the named questions and changes that are asked of them."""
