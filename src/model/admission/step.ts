/** Where a value stands in what holds it: a field, an item of a list, or a key of a map, which is no field. */
export type Step = string | number | readonly [key: string];

/** A path as the server writes it: `spec.ports[0].port`, `metadata.labels[app]`. */
export function fieldOf(steps: Iterable<Step>): string {
  let text = '';
  for (const step of steps) {
    if (typeof step === 'number') text += `[${step}]`;
    else if (typeof step === 'string') text += text === '' ? step : `.${step}`;
    else text += `[${step[0]}]`;
  }
  return text;
}

export const clip = (text: string): string => (text.length > 60 ? `${text.slice(0, 57)}…` : text);
