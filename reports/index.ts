/** The report formats. The JSON report is the audit itself. */
import { csv } from './csv.ts';
import type { Format } from './format.ts';
import { html } from './html.ts';
import { junit } from './junit.ts';
import { markdown } from './markdown.ts';
import { ocsf } from './ocsf.ts';
import { sarif } from './sarif.ts';
import { sarifFull } from './sarif-full.ts';

/** What is written where no format is named. */
export const usualFormats: readonly Format[] = [sarif, html, csv, markdown, ocsf];

export const formats: readonly Format[] = [...usualFormats, junit, sarifFull];
