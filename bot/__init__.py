"""The Rasa process: what it loads of ours."""
