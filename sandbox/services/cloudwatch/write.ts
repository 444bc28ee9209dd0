/** PutMetricData, by which a client seeds what S3 would have reported. */
import { notImplemented } from '../../service.ts';
import { fields, instant, invalid, list, text } from '../../wire/fields.ts';
import type { Fields } from '../../wire/fields.ts';
import { allow } from '../../wire/operation.ts';
import type { Call } from '../../wire/operation.ts';
import { dimensionsOf } from './metric.ts';

/** Takes the namespace `AWS/S3` too, which CloudWatch itself keeps for S3: the sandbox has nobody else to fill it. */
export function putMetricData(call: Call): Fields {
  allow(call, '*');
  const namespace = text(call.input, 'Namespace');
  for (const datum of list(call.input, 'MetricData')) put(call, namespace, fields(datum));
  return {};
}

function put({ world, caller, region }: Call, namespace: string, datum: Fields): void {
  const at = instant(datum, 'Timestamp') ?? world.now();
  const metric = { namespace, name: text(datum, 'MetricName'), dimensions: dimensionsOf(datum) };
  for (const value of valuesOf(datum))
    world.metrics.push({ account: caller.account, region, ...metric, at, value });
}

function valuesOf(datum: Fields): readonly number[] {
  const unknown = ['StatisticValues', 'Counts'].find((field) => datum[field] !== undefined);
  if (unknown !== undefined) throw notImplemented(`${unknown} of cloudwatch:PutMetricData`);
  const values = [...list(datum, 'Values'), ...(datum['Value'] === undefined ? [] : [datum['Value']])];
  return values.map((value) => {
    if (typeof value !== 'number') throw invalid('value', value, 'be a number');
    return value;
  });
}
