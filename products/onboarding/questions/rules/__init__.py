"""What a fair question is, without web and database."""
