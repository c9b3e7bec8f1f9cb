"""The Wales 2013 data set: what one published committee paper evidences, each record with its paragraph."""
