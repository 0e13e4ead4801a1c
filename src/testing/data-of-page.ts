import { inflateRawSync } from 'node:zlib';

/** The data that a page of `-o html` holds, as the JSON that they were: stretches that are deflated, one a line. */
export function dataOfPage(html: string): string {
  const [, data = ''] =
    /<script type="application\/x-deflate" id="data">\n([\s\S]*?)<\/script>/.exec(html) ?? [];
  const stretches = data.split('\n').map((line) => Buffer.from(line, 'base64'));
  return inflateRawSync(Buffer.concat(stretches)).toString();
}
