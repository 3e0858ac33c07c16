"""A register as a site: pages that need no server, no script and no request, made of what its readers may see."""
