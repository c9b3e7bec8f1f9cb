"""The step "publish" of `ahtc meetings`, `ahtc commissions` and `ahtc exports`."""

__all__ = ["commands"]
