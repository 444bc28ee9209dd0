/** Ids of accounts and of organizations, and what stands for one: found by their form, since any text may hold any. */
import type { Tokens } from './tokens.ts';

const twelveDigits = /(?<!\d)\d{12}(?!\d)/g;
/** A canonical user id. https://docs.aws.amazon.com/accounts/latest/reference/manage-acct-identifiers.html */
const canonical = /(?<![0-9a-zA-Z])[0-9a-f]{64}(?![0-9a-zA-Z])/g;
/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-unique-ids */
const unique = /(?<![A-Z0-9])A[A-Z]{2}A[A-Z0-9]{16,17}(?![A-Z0-9])/g;
/** https://docs.aws.amazon.com/organizations/latest/APIReference/API_Organization.html, API_OrganizationalUnit.html, API_Root.html */
const organization =
  /(?<![\w-])(?:o-[a-z0-9]{10,32}|ou-[a-z0-9]{4,32}-[a-z0-9]{8,32}|r-[a-z0-9]{4,32})(?![\w-])/g;
const key =
  /(?<![0-9a-zA-Z-])(?:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|mrk-[0-9a-f]{32})(?![0-9a-zA-Z-])/g;

/** The text without ids of accounts and organizations. */
export function withoutIds(text: string, tokens: Tokens): string {
  if (!/\d/.test(text)) return text.replace(organization, tokens.name);
  return text
    .replace(canonical, tokens.account)
    .replace(unique, tokens.account)
    .replace(organization, tokens.name)
    .replace(twelveDigits, tokens.account);
}

/** The text without ids of KMS keys. */
export function withoutKeys(text: string, tokens: Tokens): string {
  return text.replace(key, tokens.name);
}
