"""Tables read out of other people's files: xlsx, xls, ods, csv. Never what a column means, but for contacts."""
