/** The report formats. The JSON report is the audit itself. */
import { csv } from './csv.ts';
import type { Format } from './format.ts';
import { html } from './html.ts';
import { sarif } from './sarif.ts';
import { sarifFull } from './sarif-full.ts';

export const formats: readonly Format[] = [sarif, html, csv, sarifFull];
