"""Rules that name a fault from what was seen. One module a family of faults; each exports `RULES`."""
