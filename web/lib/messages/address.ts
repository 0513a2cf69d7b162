/** What can be wrong with the page's address. */
export const addressErrors = {
  value: 'The address asks for {name}: {why} The default is used.',
  cores: 'The address asks for cores that cannot be read; it goes like cores=virtual:8. The default is used.',
} as const;
