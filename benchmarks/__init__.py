"""How long builds take, beside other generators and beside stock MkDocs."""
