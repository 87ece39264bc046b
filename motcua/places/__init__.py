"""The 99 wards and communes of today, and the names people still use for them."""
