import type { ImageFact } from '../knowledge/image-fact.ts';
import { findImageFact } from '../knowledge/lookup.ts';
import type { Container, PodTemplate } from '../model/model.ts';
import { readCommandLine } from './command-line.ts';
import type { ContainerProcess } from './container-process.ts';
import type { Environment } from './environment.ts';
import { ignoredPortVariables } from './ignored-variables.ts';
import { configMounts, stateMounts } from './mounts.ts';
import { place } from './placement.ts';

/** What the facts of its image, its arguments, its environment and its mounts say of a container's sockets. */
export function processOf(
  container: Container,
  template: PodTemplate,
  environment: Environment,
): ContainerProcess {
  const image = container.image?.value;
  const fact = image === undefined ? undefined : findImageFact(image);
  if (fact) return processOfImage(container, template, environment, fact);
  const doubt = image
    ? `the image ${image} is not in the table of image facts`
    : 'the container names no image';
  return { fact: undefined, ...unknown([doubt]) };
}

function processOfImage(
  container: Container,
  template: PodTemplate,
  environment: Environment,
  fact: ImageFact,
): ContainerProcess {
  const { flags, doubts } = readCommandLine(container, fact, environment);
  // Any of these can move, add or close every port, so that none is known.
  const unsettled = [...doubts, ...configMounts(container, fact), ...unfollowed(environment, fact)];
  if (unsettled.length > 0) return { fact, ...unknown(unsettled) };

  const placed = fact.ports.map((port) => ({
    ...place(port, { container, fact, environment, flags }),
    port,
  }));
  const open = placed.flatMap(({ listener, port }) =>
    listener ? [{ listener, certain: !port.conditional }] : [],
  );
  const remaining = [
    ...(fact.status === 'from memory' ? [`the facts of the image ${fact.id} have no source`] : []),
    ...placed.flatMap(({ doubt }) => doubt ?? []),
    ...stateMounts(container, template, fact),
  ];
  return {
    fact,
    listeners: open.flatMap(({ listener, certain }) => (certain ? [listener] : [])),
    possible: open.flatMap(({ listener: { port, protocol }, certain }) =>
      certain ? [] : [{ port, protocol }],
    ),
    complete: remaining.length === 0,
    doubts: remaining,
    ignoredPortVariables:
      fact.status === 'verified' ? ignoredPortVariables(container, fact, environment) : [],
    misunderstood: [],
    overridden: [],
    serviceLinks: [],
  };
}

const unknown = (doubts: readonly string[]): Omit<ContainerProcess, 'fact'> => ({
  listeners: [],
  possible: [],
  complete: false,
  doubts,
  ignoredPortVariables: [],
  misunderstood: [],
  overridden: [],
  serviceLinks: [],
});

/** Variables that decide over ports in a way that is not followed, one phrase each. */
function unfollowed({ variables, complete }: Environment, { otherVariables = [], id }: ImageFact): string[] {
  const set = otherVariables.filter((name) => variables.has(name));
  if (set.length > 0) return set.map((name) => `${name} can move ports of the image ${id}`);
  const [name] = complete ? [] : otherVariables;
  return name
    ? [`an envFrom source that is not in the input can set ${name}, which the image ${id} reads`]
    : [];
}
