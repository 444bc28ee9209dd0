/** The names in ARNs: wherever one stands in a text, its resource is names. */
import { withoutPieces } from './labels.ts';

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html */
const arn = /\barn:([\w*-]+):([\w*-]*):([\w*-]*):([\w*${}:.-]*?):([^\s"'`<>,;()[\]\\]+)/g;

/** Words of ARNs that name a kind of thing, or what everybody has. */
const kinds: ReadonlySet<string> = new Set([
  ...[
    'role',
    'user',
    'group',
    'policy',
    'root',
    'instance-profile',
    'assumed-role',
    'federated-user',
    'saml-provider',
  ],
  ...[
    'oidc-provider',
    'mfa',
    'service-role',
    'aws-service-role',
    'aws-reserved',
    'key',
    'alias',
    'aws',
    's3',
    '*',
  ],
  ...['accesspoint', 'account', 'organization', 'ou', 'service_control_policy', 'resource_control_policy'],
  ...['function', 'table', 'topic', 'queue', 'job', 'storage-lens'],
]);

/** The end of an ARN by itself: `role/team/copier`. */
const path = /(?<![\w:/-])((?:role|user|group|policy|assumed-role|alias)\/[\w+=.@/*?-]+)/g;

/** The text, with each name of an ARN's resource replaced, and of a path that is the end of one. */
export function withoutArnNames(text: string, name: (name: string) => string): string {
  if (!text.includes('arn:') && !text.includes('/')) return text;
  return text
    .replace(arn, (...[whole, partition, service, region, account, rest]: readonly string[]) => {
      // What AWS itself owns is nobody's name.
      if (account === 'aws') return whole ?? '';
      const head = ['arn', partition, service, region, account].join(':');
      return `${head}:${ended(rest ?? '', (resource) => resourceOf(service ?? '', resource, name))}`;
    })
    .replace(path, (found: string) => ended(found, (resource) => resourceOf('iam', resource, name)));
}

/** A full stop or a colon behind a name ends the sentence. */
function ended(text: string, map: (text: string) => string): string {
  const [, resource = '', end = ''] = /^(.*?)([.:]*)$/s.exec(text) ?? [];
  return `${map(resource)}${end}`;
}

const others = /^(accesspoint|job|storage-lens)\b/;

/** Of S3 the bucket and what a key or a prefix is made of; of all others every part that is no word of AWS's. */
function resourceOf(service: string, resource: string, name: (name: string) => string): string {
  if (service === 's3' && !others.test(resource)) {
    const [, bucket = '', key = ''] = /^((?:\$\{[^}]*\}|[^/])*)(.*)$/s.exec(resource) ?? [];
    return `${pattern(bucket, name)}${withoutPieces(key, name)}`;
  }
  return resource
    .split(/([/:])/)
    .map((part, index) => (index % 2 === 1 || kinds.has(part) ? part : pattern(part, name)))
    .join('');
}

/** A name with wildcards or variables in it: what stands between them is replaced, a piece at a time. */
export function pattern(text: string, name: (name: string) => string): string {
  return text
    .split(/(\$\{[^}]*\}|[*?]+)/)
    .map((part, index) => (index % 2 === 1 || part === '' ? part : name(part)))
    .join('');
}
