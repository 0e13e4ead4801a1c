import { get } from '../../../model/reader.ts';
import { toPlain } from '../../../text/to-plain.ts';
import { readYaml } from '../../../text/yaml.ts';
import type { Surroundings } from '../build.ts';
import { type GitOpsObject, textAt } from '../objects.ts';
import { fillIn } from './fill-in.ts';
import { generatedBy } from './generators.ts';
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
    const plain = toPlain(template);
    return generators.items
      .flatMap((generator) => generatedBy(toPlain(generator), { object, around, isGo }))
      .flatMap((parameters) => {
        const text = JSON.stringify(fillIn(plain, parameters, isGo));
        const root = readYaml(text).documents[0]?.root ?? undefined;
        return {
          ...object,
          kind: 'application' as const,
          name: textAt(root, 'metadata', 'name') ?? object.name,
          spec: get(root, 'spec'),
          isMade: true,
        };
      });
  } catch (error) {
    if (error instanceof Undecided) return { undecided: error.message };
    throw error;
  }
}
