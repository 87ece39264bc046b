"""Custom actions: read slots, call motcua, utter, return events. Flat modules, since rasa-sdk walks them by leaf name."""
