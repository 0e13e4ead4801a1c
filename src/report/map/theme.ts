/** Every colour has a contrast of at least 4.5 to what it stands on, in both themes. */
export interface Colours {
  readonly ground: string;
  readonly lane: string;
  readonly card: string;
  readonly edge: string;
  readonly ink: string;
  readonly soft: string;
  readonly whole: string;
  readonly broken: string;
  readonly unproved: string;
}

export const LIGHT: Colours = {
  ground: '#fbfcfd',
  lane: '#f1f4f7',
  card: '#ffffff',
  edge: '#c9d1db',
  ink: '#1b2330',
  soft: '#526072',
  whole: '#14764a',
  broken: '#b3261e',
  unproved: '#8a5a00',
};

export const DARK: Colours = {
  ground: '#14171c',
  lane: '#1a1e25',
  card: '#20262f',
  edge: '#3a4452',
  ink: '#edf1f6',
  soft: '#a9b4c2',
  whole: '#55c98f',
  broken: '#ff7d76',
  unproved: '#e3b04b',
};

export type Theme = 'auto' | 'light' | 'dark';

const NAMES = Object.keys(LIGHT) as (keyof Colours)[];

const VARIABLES = Object.fromEntries(NAMES.map((name) => [name, `var(--${name})`])) as unknown as Colours;

const rules = (colour: Colours): string => `
.ground{fill:${colour.ground}}.lane{fill:${colour.lane}}
.card{fill:${colour.card};stroke:${colour.edge}}.card.broken{stroke:${colour.broken};stroke-width:1.6}.card.ghost{fill:none;stroke-dasharray:4 4}
.ink{fill:${colour.ink}}.soft{fill:${colour.soft}}
.wire,.sign{stroke:${colour.soft};fill:none}.wire.whole{stroke:${colour.whole}}.wire.broken,.sign.broken{stroke:${colour.broken}}.wire.unproved,.sign.unproved{stroke:${colour.unproved}}
.hole{stroke:${colour.ground};fill:${colour.ground}}
.socket{fill:${colour.card};stroke:${colour.edge}}.socket.whole{fill:${colour.whole};stroke:${colour.whole}}.socket.broken{fill:${colour.broken};stroke:${colour.broken}}.socket.unproved{stroke:${colour.unproved}}
text.broken{fill:${colour.broken}}text.unproved{fill:${colour.unproved}}text.whole{fill:${colour.whole}}`;

const BASE = `
svg text{font:11.5px Inter,"Helvetica Neue",Arial,"DejaVu Sans",sans-serif}svg .title{font-size:14px;font-weight:600}svg .long{font-size:12px}svg .lane-name{font-size:13px;letter-spacing:.04em}
svg .number{font:700 15px ui-monospace,"DejaVu Sans Mono",Menlo,monospace}
.reach{fill:none;stroke:none;stroke-width:18;pointer-events:stroke}.wire{stroke-width:2}.wire.broken{stroke-width:2.5}.wire.unproved{stroke-dasharray:7 5}.wire.inside{stroke-dasharray:2 4}.wire.unproved.inside{stroke-dasharray:8 4 2 4}.hole{stroke-width:1}.cross{stroke-width:2.5;stroke-linecap:round;fill:none}.socket{stroke-width:1.6}.sign{stroke-width:1.3;stroke-linejoin:round;stroke-linecap:round}`;

/** The style sheet of a picture; what is printed is light, whatever the screen is. */
export const styleOf = (theme: Theme): string => {
  if (theme === 'dark') return BASE + rules(DARK);
  const light = BASE + rules(LIGHT);
  return theme === 'light'
    ? light
    : `${light}\n@media screen and (prefers-color-scheme:dark){${rules(DARK)}\n}`;
};

const variables = (colours: Colours): string => NAMES.map((name) => `--${name}:${colours[name]}`).join(';');

/** The same for a page around pictures, whose own colours are these: one that says `data-theme` goes by that. */
export const PAGE_STYLE: string = `:root{color-scheme:light;${variables(LIGHT)}}
@media screen{:root[data-theme="dark"]{color-scheme:dark;${variables(DARK)}}}
@media screen and (prefers-color-scheme:dark){:root:not([data-theme="light"]){color-scheme:dark;${variables(DARK)}}}
${BASE}${rules(VARIABLES)}`;
