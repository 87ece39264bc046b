"""The only public face: stores every message, hands it to the bot one at a time per conversation, keeps the reply."""
