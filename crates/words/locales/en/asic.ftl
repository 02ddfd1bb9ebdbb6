# The dossier as an ASiC-E container
claim-asic = As an ASiC-E container its manifest and time-stamp hold
cli-asic = The dossier is an ASiC-E container, too (ETSI EN 319 162-1), stamped as a whole by { $name }: common validators open it.
cli-asic-none = No time-stamp authority answered: the dossier verifies as always, but is not stamped as a whole and no ASiC-E container. Name an authority with midun stamp add and build it again.
w-asic = It is an ASiC-E container, too (ETSI EN 319 162-1), stamped as a whole by { $name }.
w-asic-none = No time-stamp authority answered: it verifies as always, but is not stamped as a whole and no ASiC-E container.
