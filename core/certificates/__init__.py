"""Certificates that anybody can check: a PDF with a code, and a public page that says what the certificate says."""
