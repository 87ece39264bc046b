"""Hỏi Một Cửa: Vietnamese text, guides, retrieval, dossiers and places, without any web or dialogue framework."""
