"""Custom actions: read slots, call motcua, utter, return events. Flat modules by topic, since rasa-sdk walks them by leaf name."""
