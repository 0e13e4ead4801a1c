import { get } from '../../../model/reader.ts';
import type { Surroundings } from '../build.ts';
import { type GitOpsObject, textAt } from '../objects.ts';
import { fillIn } from './fill-in.ts';
import { generatedBy } from './generators.ts';
import type { Places } from './parameters.ts';
import { Undecided } from './undecided.ts';

/**
 * The Applications that an ApplicationSet makes, where the repository decides them: list, Git folders and files, and a
 * matrix of these (ApplicationSetSpec of argo-cd, v1alpha1).
 *
 * @returns why not, where a cluster or a service decides them
 */
export function applicationsOf(
  object: GitOpsObject,
  around: Surroundings,
): readonly GitOpsObject[] | { readonly undecided: string } {
  const { spec } = object;
  try {
    if (get(spec, 'templatePatch')) throw new Undecided('`templatePatch` is text that a template makes');
    const isGo = textAt(spec, 'goTemplate') === 'true';
    const template = get(spec, 'template');
    const generators = get(spec, 'generators');
    if (!template || generators?.type !== 'list') return [];
    const places: Places = new Map();
    const placeOf: GitOpsObject['at'] = (node) => (places.has(node) ? places.get(node) : object.at(node));
    const context = { object, around, isGo, places, placeOf };
    return generators.items
      .flatMap((generator) => generatedBy(generator, context))
      .map((parameters) => {
        const made = fillIn(template, parameters, context);
        return {
          ...object,
          kind: 'application' as const,
          name: textAt(made, 'metadata', 'name') ?? object.name,
          spec: get(made, 'spec'),
          at: placeOf,
        };
      });
  } catch (error) {
    if (error instanceof Undecided) return { undecided: error.message };
    throw error;
  }
}
