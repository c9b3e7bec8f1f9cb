"""Writers of Excel workbooks: shared style, charts and drop-downs, and one module per workbook."""
