"""Tests over the official records are collected only where SHARED_DATA names the folder that holds them."""

import os

collect_ignore = [] if os.environ.get("SHARED_DATA") else ["test_official_records.py", "test_official_catalogue.py"]
