"""The rooms of the products: catalogue and onboarding."""
