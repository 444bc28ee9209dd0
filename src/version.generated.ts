/** The version of this package. Generated from package.json. */
export const version = '0.1.0';
