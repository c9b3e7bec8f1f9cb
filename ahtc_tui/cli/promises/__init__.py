"""`ahtc promises`: the register of promises."""
