/**
 * What GitHub code scanning takes, and keeps.
 * https://docs.github.com/en/code-security/code-scanning/integrating-with-code-scanning/sarif-support-for-code-scanning
 */

/** More runs in a file are rejected. */
export const mostRuns = 20;

/** More rules in a run are rejected. */
export const mostRules = 25_000;

/** 25,000 are taken and 5,000 kept; which ones is not ours to say, so no more than that are written. */
export const mostResults = 5_000;

/** 1,000 are taken and 100 kept. */
export const mostLocations = 100;

/** 20 are taken and 10 kept. */
export const mostTags = 10;

/** UTF-16 units. */
export const longestName = 255;

/** UTF-16 units; of the short and of the full description. */
export const longestDescription = 1_024;

/** Bytes, gzipped. GitHub says 10 MB. */
export const largestUpload = 10_000_000;

/** The one fingerprint that GitHub looks at. */
export const fingerprintKey = 'primaryLocationLineHash';
