"""Import of answers to invitations: match, plan, write."""
