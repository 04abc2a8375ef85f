"""When a signature is to be expected, and how well earlier forecasts came true."""
