"""The app itself: modes, navigation, palette, help, themes, crash reports, garbage collection."""
