"""参保地: person, filing, recognised diseases, benefit, year sums, personal account."""
