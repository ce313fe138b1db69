"""The report pack: each report is one function; the page, the paper, the spreadsheet and the feed are made from it."""
