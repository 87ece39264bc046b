"""People beside the assistant: who helps when it cannot, and the API by which the console lets them."""
