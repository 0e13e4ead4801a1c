import { type EntryPoints, entryPointsOf } from '../graph/entry-points.ts';
import { controllerOf } from '../graph/ingress-controller.ts';
import type { RouteController } from '../graph/link.ts';
import { describe } from '../model/describe.ts';
import type { Ingress } from '../model/model.ts';
import { isPlaceholder } from '../model/ports.ts';
import type { Model } from '../model/resource-set.ts';
import type { Located } from '../text/source.ts';
import { nearest } from '../text/suggest.ts';
import { defineRule, type Report, type Rule } from './rule.ts';

const CLASS_ANNOTATION = 'kubernetes.io/ingress.class';
const ENTRY_POINTS = 'traefik.ingress.kubernetes.io/router.entrypoints';

const unservedIngress: Rule = defineRule({
  id: 'unserved-ingress',
  severity: 'warning',
  summary: 'An Ingress asks for a class or an entry point that nothing of the input serves.',

  *check({ model, settings }) {
    const ignoresClassless = isClassNeeded(model);
    const entryPoints = entryPointsOf(model);
    for (const ingress of model.ingresses) {
      const { className } = ingress;
      const annotation = ingress.annotations.get(CLASS_ANNOTATION);
      if (isPlaceholder(className) || isPlaceholder(annotation)) continue;
      if (className && annotation && className.value !== annotation.value) {
        yield twoClasses(ingress, className, annotation);
      } else if (className?.value === '') {
        yield emptyClass(ingress, className);
      } else if (className && isUnknown(className.value, model)) {
        yield unknownClass(ingress, className, model);
      } else if (!className && !annotation && ignoresClassless) {
        yield noClass(ingress, model);
      }
      if (entryPoints) {
        yield* lostEntryPoints(ingress, entryPoints, controllerOf(ingress, model, settings));
      }
    }
  },
});

/** A template that is not rendered may hold the class. */
const isUnknown = (className: string, { ingressClasses, templates }: Model): boolean =>
  ingressClasses.length > 0 &&
  templates.length === 0 &&
  !ingressClasses.some(({ name }) => name === className);

/** Every controller of the input is an ingress-nginx that leaves out an Ingress without a class (S-136, S-147). */
const isClassNeeded = ({ ingressClasses, workloads, templates }: Model): boolean =>
  ingressClasses.length > 0 &&
  templates.length === 0 &&
  ingressClasses.every(
    ({ controller, isDefault }) => controller?.value === 'k8s.io/ingress-nginx' && !isDefault,
  ) &&
  !workloads.some(({ template }) =>
    template.containers.some(({ command = [], args = [] }) =>
      [...command, ...args].some(({ value }) => value.includes('--watch-ingress-without-class')),
    ),
  );

const twoClasses = (ingress: Ingress, className: Located<string>, annotation: Located<string>): Report => ({
  message: `${describe(ingress)} asks for class \`${className.value}\` and, in its annotation, for \`${annotation.value}\``,
  resources: [ingress],
  field: 'spec.ingressClassName',
  labels: [
    { at: annotation.at, message: 'another class than `ingressClassName`' },
    { at: className.at, message: 'the class of the field' },
  ],
  notes: [
    'the API server refuses to create an Ingress whose annotation `kubernetes.io/ingress.class` and `ingressClassName` differ',
  ],
  help: ['remove the annotation: `ingressClassName` took its place'],
});

const emptyClass = (ingress: Ingress, className: Located<string>): Report => ({
  message: `${describe(ingress)} has an empty \`ingressClassName\``,
  resources: [ingress],
  field: 'spec.ingressClassName',
  labels: [{ at: className.at, message: 'no class has an empty name' }],
  notes: ['the API server rejects an empty `ingressClassName`; only a missing one gets the default class'],
  help: ['remove the field, or name a class'],
});

function unknownClass(ingress: Ingress, className: Located<string>, { ingressClasses }: Model): Report {
  const names = ingressClasses.map(({ name }) => name).toSorted();
  const [meant] = nearest(className.value, names);
  const shown = ingressClasses.filter(({ name }) => name === meant || meant === undefined).slice(0, 4);
  return {
    message: `${describe(ingress)} asks for class \`${className.value}\`, and no IngressClass of the input has this name`,
    resources: [ingress],
    field: 'spec.ingressClassName',
    labels: [
      { at: className.at, message: 'no IngressClass has this name' },
      ...shown.map(({ nameAt }) => ({ at: nameAt, message: 'a class of the input' })),
    ],
    notes: [
      'class names are not checked when an Ingress is applied; no controller serves one of an unknown class',
    ],
    fixes:
      meant === undefined
        ? []
        : [
            {
              title: `ask for class \`${meant}\``,
              applicability: 'unsafe',
              edits: [{ at: className.at, text: meant }],
            },
          ],
  };
}

const noClass = (ingress: Ingress, { ingressClasses }: Model): Report => ({
  message: `${describe(ingress)} names no class, no IngressClass of the input is the default one, and ingress-nginx leaves such an Ingress out`,
  resources: [ingress],
  field: 'spec.ingressClassName',
  labels: [
    { at: ingress.nameAt, message: 'no `ingressClassName`' },
    ...ingressClasses.slice(0, 4).map(({ nameAt }) => ({ at: nameAt, message: 'not marked as default' })),
  ],
  notes: [
    'ingress-nginx serves an Ingress without a class only with `--watch-ingress-without-class`; Traefik serves it',
  ],
  help: [
    `write \`ingressClassName: ${ingressClasses.map(({ name }) => name).toSorted()[0]}\`, or annotate the class with \`ingressclass.kubernetes.io/is-default-class: "true"\``,
  ],
});

function* lostEntryPoints(
  ingress: Ingress,
  { workload, flags }: EntryPoints,
  { name }: RouteController,
): Generator<Report> {
  const asked = ingress.annotations.get(ENTRY_POINTS);
  if (!asked || isPlaceholder(asked) || (name !== 'traefik' && name !== 'unknown')) return;
  // Traefik makes the entry point `traefik` by itself when its dashboard or ping needs one.
  const known = [...flags.keys(), 'traefik'];
  for (const point of asked.value.split(',').map((one) => one.trim())) {
    if (point === '' || known.includes(point.toLowerCase())) continue;
    yield {
      message: `${describe(ingress)} asks for entry point \`${point}\`, which ${describe(workload)} does not open`,
      resources: [ingress, workload],
      field: `metadata.annotations[${ENTRY_POINTS}][${point}]`,
      labels: [
        { at: asked.at, message: 'no flag of Traefik defines it' },
        ...[...flags].slice(0, 4).map(([one, flag]) => ({ at: flag.at, message: `entry point \`${one}\`` })),
      ],
      notes: ['Traefik makes no route for an entry point that it does not have, and says so in its log only'],
    };
  }
}

export default unservedIngress;
