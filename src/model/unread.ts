import { areNear } from '../text/bundle.ts';
import type { Resource } from './model.ts';
import type { Model, Unread } from './resource-set.ts';

/** What may be applied along with an object and could not be read, so that it may define whatever is missing. */
export function unreadNear({ unread }: Model, from: Resource): Unread | undefined {
  const near = unread.filter((one) => areNear(one, from));
  return near.find(({ is }) => is === 'broken') ?? near[0];
}
