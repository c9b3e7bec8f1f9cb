"""The register of promises on the screen."""
