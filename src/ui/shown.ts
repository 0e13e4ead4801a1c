import { Fragment, options, type VNode } from 'preact';
import { brief } from '../report/map/words.ts';
import { LONGEST } from '../report/page/page-data.ts';
import { sanitize } from '../report/sanitize.ts';

const shown = (text: string): string => sanitize(brief(text, LONGEST));

const shownChild = (child: unknown): unknown =>
  typeof child === 'string' ? shown(child) : Array.isArray(child) ? child.map(shownChild) : child;

/** Attributes that are read to people. */
const READ = ['title', 'aria-label', 'placeholder'] as const;

/**
 * From here on every text that an element is made of is shown as it is in a terminal: nothing in it turns its
 * direction, takes no room, or looks like another. One place, so that no component can forget it.
 */
export function showTextsSafely(): void {
  const before = options.vnode;
  options.vnode = (vnode: VNode) => {
    if (typeof vnode.type === 'string' || vnode.type === Fragment) {
      const props = vnode.props as Record<string, unknown>;
      if (props.children !== undefined) props.children = shownChild(props.children);
      for (const name of READ) if (typeof props[name] === 'string') props[name] = shown(props[name]);
    }
    before?.(vnode);
  };
}
