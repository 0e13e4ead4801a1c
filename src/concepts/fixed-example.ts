/** The broken example of a concept's page, with the lines changed that its Fixed changes. */
export function fixedExample(broken: string, page: string): string {
  const [, diff = ''] = /## Fixed\n\n```diff\n(.*?)```/s.exec(page) ?? [];
  let fixed = broken;
  for (const [, removed = '', added = ''] of diff.matchAll(/((?:^-.*\n)+)((?:^\+.*\n)*)/gm)) {
    const parts = fixed.split(withoutSigns(removed));
    if (parts.length !== 2) throw new Error(`not once in the example: ${removed}`);
    fixed = parts.join(withoutSigns(added));
  }
  return fixed;
}

const withoutSigns = (lines: string): string => lines.replace(/^[+-]/gm, '');
