"""What imports read and report: tables, contacts, meetings, replies, three-way merge, the report itself."""
