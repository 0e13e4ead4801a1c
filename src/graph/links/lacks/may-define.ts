import type { Resource } from '../../../model/model.ts';
import type { Unread } from '../../../model/resource-set.ts';
import type { MissingThing } from './any-lacks.ts';
import { type Unproved, unproved } from './lacking.ts';

/** What could not be read may define a thing that is missing: a template when it is rendered, a document once it parses. */
export const mayDefine = ({ is, source }: Unread, from: Resource, thing: MissingThing): Unproved =>
  is === 'broken'
    ? unproved('in-broken-document', { path: source.path, thing })
    : unproved('in-template', { template: source.path, besides: from.kind, thing });
