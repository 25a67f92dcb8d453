"""What people read: feedback pages, the class report, an explanation, nbgrader's pages made inert."""
