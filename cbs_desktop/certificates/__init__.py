"""Who completed, numbered certificates, and the register of them."""
