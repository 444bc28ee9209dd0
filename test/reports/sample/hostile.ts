/** What an attacker, or an accident, may put into a name, a tag or a policy. */

/** Spoils a text, or leaves it as it is. */
export type Taint = (text: string) => string;

export const plain: Taint = (text) => text;

/** One of each kind; every text gets the next. */
export const payloads: readonly string[] = [
  '<script>alert(1)</script>',
  '</script><img src=x onerror=alert(2)>',
  '"><svg/onload=alert(3)>',
  "' onmouseover='alert(4)",
  '[click](javascript:alert(5)) ![x](https://example.com/x.png)',
  '| a | b |\n|---|---|\n`code` **bold** ~~gone~~ <!-- hidden -->',
  '=HYPERLINK("https://example.com","x")',
  '  +1+1',
  '@SUM(A1:A9)',
  "-2+3+cmd|' /C calc'!A0",
  '\t=1+1',
  '\r=1+1',
  '\u001b[31mred\u001b[0m\u001b]8;;https://example.com\u0007link\u001b]8;;\u0007',
  '\u202egnp.exe\u202c \u2066hidden\u2069 \u200e\u200f',
  'high \ud800 alone',
  'low \udc00 alone',
  'nul \u0000 bell \u0007 del \u007f c1 \u0085 \u009b',
  'lines \u2028 and \u2029 and \r\n and \ufeff and \uffff',
  '{{constructor}} {{{raw}}} ${x} %s %n {0} {1}',
  '"quoted", "commas", and ""doubled""',
  '\\ back\\slash [square] _under_ `tick` \\[',
  '../../etc/passwd %2e%2e/ //host/share file:///etc/passwd',
  '::error file=x,line=1::pwned',
  '😀 é 漢字 ',
];

/** 100 KB in one word. */
export const long: string = 'n'.repeat(100 * 1024);

/** Gives each text the next payload; the fortieth and every 4,000th after it is 100 KB long. */
export function hostile(): Taint {
  let count = 0;
  return (text) => {
    count += 1;
    if (count % 4000 === 40) return `${text}${long}`;
    const payload = payloads[count % payloads.length] ?? '';
    // Formulas must stand at the beginning to matter.
    return count % 2 === 0 ? `${payload}${text}` : `${text}${payload}`;
  };
}
