// What robfig/cron v3 makes of the schedule of a CronJob (ParseStandard), with its words for what it does not read.

interface Field {
  readonly min: number;
  readonly max: number;
  readonly names: readonly string[];
}

const MONTHS = ['', ...'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ')];
const DAYS = 'sun mon tue wed thu fri sat'.split(' ');
const FIELDS: readonly Field[] = [
  { min: 0, max: 59, names: [] },
  { min: 0, max: 23, names: [] },
  { min: 1, max: 31, names: [] },
  { min: 1, max: 12, names: MONTHS },
  { min: 0, max: 6, names: DAYS },
];
const DESCRIPTORS = /^@(?:yearly|annually|monthly|weekly|daily|midnight|hourly)$/;

/** Why it is no schedule; undefined where it is one. */
export function scheduleFault(schedule: string): string | undefined {
  const zone = /^(?:CRON_)?TZ=\S*\s*/.exec(schedule)?.[0] ?? '';
  const said = schedule.slice(zone.length);
  const fault = said.startsWith('@') ? descriptorFault(said) : fieldsFault(said);
  if (fault) return fault;
  return schedule.includes('TZ')
    ? 'cannot use TZ or CRON_TZ in schedule, use timeZone field instead'
    : undefined;
}

function descriptorFault(said: string): string | undefined {
  if (DESCRIPTORS.test(said)) return undefined;
  if (!said.startsWith('@every ')) return `unrecognized descriptor: ${said}`;
  const fault = durationFault(said.slice('@every '.length));
  return fault && `failed to parse duration ${said}: ${fault}`;
}

/** Go's time.ParseDuration. */
function durationFault(text: string): string | undefined {
  if (/^[+-]?(?:0|(?:(?:\d+(?:\.\d*)?|\.\d+)(?:ns|us|\u00b5s|\u03bcs|ms|s|m|h))+)$/.test(text))
    return undefined;
  const [, unit] = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)([^\d.]*)/.exec(text) ?? [];
  if (unit === undefined) return `time: invalid duration ${JSON.stringify(text)}`;
  return unit === ''
    ? `time: missing unit in duration ${JSON.stringify(text)}`
    : `time: unknown unit ${JSON.stringify(unit)} in duration ${JSON.stringify(text)}`;
}

function fieldsFault(said: string): string | undefined {
  const fields = said.split(/\s+/).filter(Boolean);
  if (fields.length !== FIELDS.length)
    return `expected exactly 5 fields, found ${fields.length}: [${fields.join(' ')}]`;
  for (const [index, field] of fields.entries())
    for (const range of field.split(',').filter(Boolean)) {
      const fault = rangeFault(range, FIELDS[index]!);
      if (fault) return fault;
    }
  return undefined;
}

/** getRange: `*`, `?`, a number or a name, a range, and a step behind it. */
function rangeFault(range: string, { min, max, names }: Field): string | undefined {
  const [ends = '', step, ...steps] = range.split('/');
  const [low = '', high, ...highs] = ends.split('-');
  const isAny = low === '*' || low === '?';
  let [start, end] = [min, max];
  if (!isAny) {
    const first = numberOf(low, names);
    if (typeof first === 'string') return first;
    if (highs.length > 0) return `too many hyphens: ${range}`;
    const last = high === undefined ? first : numberOf(high, names);
    if (typeof last === 'string') return last;
    [start, end] = [first, last];
  }
  if (steps.length > 0) return `too many slashes: ${range}`;
  const by = step === undefined ? 1 : numberOf(step, []);
  if (typeof by === 'string') return by;
  if (step !== undefined && high === undefined) end = max;
  if (start < min) return `beginning of range (${start}) below minimum (${min}): ${range}`;
  if (end > max) return `end of range (${end}) above maximum (${max}): ${range}`;
  if (start > end) return `beginning of range (${start}) beyond end of range (${end}): ${range}`;
  return by === 0 ? `step of range should be a positive number: ${range}` : undefined;
}

function numberOf(text: string, names: readonly string[]): number | string {
  const named = text === '' ? -1 : names.indexOf(text.toLowerCase());
  if (named >= 0) return named;
  if (!/^[+-]?\d+$/.test(text))
    return `failed to parse int from ${text}: strconv.Atoi: parsing ${JSON.stringify(text)}: invalid syntax`;
  const number = Number(text);
  return number < 0 ? `negative number (${number}) not allowed: ${text}` : number;
}
