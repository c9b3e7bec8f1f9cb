"""What screens are built on: the base screens, the threads behind them, type-ahead."""
