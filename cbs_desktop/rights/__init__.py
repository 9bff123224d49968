"""The rights of a person (Law 058/2021, art. 18-23): to see, to correct, to restrict, to be erased."""
