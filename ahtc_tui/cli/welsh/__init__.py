"""`ahtc welsh`: what waits for translation, and the files of translators."""
