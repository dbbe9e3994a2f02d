"""What the front door's pages show, each made for the account that asks."""
