"""The course as a folder of pages that are read without a kernel, a server or a network."""
