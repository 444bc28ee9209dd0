/** A pattern of a policy in which `*` takes any characters and `?` takes one. */
export function wildcard(text: string, flags = ''): RegExp {
  const source = text
    .replace(/[\\^$.+()|[\]{}]/g, '\\$&')
    .replace(/\*/g, '.*')
    .replace(/\?/g, '.');
  return new RegExp(`^${source}$`, `${flags}s`);
}
