import { areNear } from '../text/bundle.ts';
import type { Resource } from './model.ts';
import type { Model } from './resource-set.ts';

interface NearUnread {
  /** `a template beside the Ingress`. */
  readonly what: string;
  /** Words for what would settle what it may define. */
  readonly proof: string;
}

/** What may be applied along with an object and could not be read, so that it may define whatever is missing. */
export function unreadNear({ unread }: Model, from: Resource): NearUnread | undefined {
  const near = unread.filter((one) => areNear(one, from));
  if (near.length === 0) return undefined;
  const broken = near.find(({ is }) => is === 'broken');
  return broken
    ? {
        what: `a document of ${broken.source.path} that does not parse`,
        proof: 'it would prove it once it does',
      }
    : { what: `a template beside the ${from.kind}`, proof: 'the rendered manifests would prove it' };
}
