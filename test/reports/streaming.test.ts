import { describe, expect, test } from 'vitest';
import { csv } from '../../reports/csv.ts';
import { junit } from '../../reports/junit.ts';
import { markdown } from '../../reports/markdown.ts';
import { ocsf } from '../../reports/ocsf.ts';
import { sarif } from '../../reports/sarif.ts';
import type { Finding } from '../../src/model/finding.ts';
import { sampleAudit } from './sample.ts';

describe('a format', () => {
  test.each([csv, junit, markdown, ocsf, sarif])(
    '$name hands out text as it reads, and keeps nothing',
    async (format) => {
      const { audit, findings } = sampleAudit({ findings: 2_000 });
      let read = 0;
      const counting = async function* (): AsyncGenerator<Finding> {
        // Those that count first begin again.
        read = 0;
        for (const finding of findings) {
          read += 1;
          yield await Promise.resolve(finding);
        }
      };
      let sawHalf = false;
      for await (const chunk of format.write(audit, counting)) {
        expect(chunk.length).toBeLessThan(50_000);
        if (read > 100 && read < 1_900 && format.name !== 'markdown') sawHalf = true;
        if (read > 50 && read < 200 && format.name === 'markdown') sawHalf = true;
      }
      expect(sawHalf).toBe(true);
    },
  );
});
