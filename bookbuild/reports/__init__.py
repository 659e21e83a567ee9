"""What a report tells of every repair and doubt: as text, JSON, SARIF, or a page for the browser."""
