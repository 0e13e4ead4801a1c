import { expectTypeOf, test } from 'vitest';
import type { LinkGround } from '../graph/links/stated.ts';
import type { MissingKind } from '../process/listeners/missing-proof.ts';
import type { Witness } from '../questions/observed/witness.ts';
import type { ReportGround, ReportMissing, ReportWitness } from './report.ts';

/** The report says again what other floors know, as it may not import from them; `npm run types` holds both together. */
test('the report and what it tells of have the same words', () => {
  expectTypeOf<ReportMissing['kind']>().toEqualTypeOf<MissingKind>();
  expectTypeOf<ReportGround['kind']>().toEqualTypeOf<LinkGround['kind']>();
  expectTypeOf<ReportWitness>().toEqualTypeOf<Witness>();
});
