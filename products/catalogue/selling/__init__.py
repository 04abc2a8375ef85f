"""What a salesperson needs of a product page: benefits, objections, competitors, limits."""
