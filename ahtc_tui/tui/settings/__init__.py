"""The screen of the settings of the workspace."""
