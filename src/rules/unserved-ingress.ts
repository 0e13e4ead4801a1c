import type { RouteController } from '../graph/links/controller.ts';
import type { ParentLink } from '../graph/links/route-links.ts';
import { controllerOf } from '../graph/routes/ingress/ingress-controller.ts';
import { type EntryPoints, entryPointsOf } from '../graph/routes/traefik/entry-points.ts';
import { areApart } from '../model/apart.ts';
import { describe } from '../model/describe.ts';
import type { Ingress } from '../model/ingress.ts';
import type { Resource, Workload } from '../model/model.ts';
import { isPlaceholder } from '../model/ports.ts';
import type { Model } from '../model/resource-set.ts';
import { isTraefikRoute, type TraefikRoute } from '../model/traefik.ts';
import { isLeftOut, onlyToldClass, type ToldClass } from '../questions/routes/told-classes.ts';
import type { Located, Location } from '../text/source.ts';
import { nearest } from '../text/suggest.ts';
import { defineRule, type Label, type Report, type Rule } from './rule.ts';

const CLASS_ANNOTATION = 'kubernetes.io/ingress.class';
const ENTRY_POINTS = 'traefik.ingress.kubernetes.io/router.entrypoints';

const unservedIngress: Rule = defineRule({
  id: 'unserved-ingress',
  severity: 'warning',
  summary: 'An Ingress or IngressRoute asks for a class or an entry point that nothing of the input serves.',

  *check({ model, settings, parents }) {
    const ignoresClassless = isClassNeeded(model);
    const entryPoints = entryPointsOf(model);
    const told = onlyToldClass(model);
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
      } else {
        const asked = className ?? annotation;
        if (told && asked && isLeftOut(ingress, asked, told, model)) yield leftOut(ingress, asked, told);
      }
      const asked = ingress.annotations.get(ENTRY_POINTS);
      if (!asked || isPlaceholder(asked)) continue;
      const controller = controllerOf(ingress, model, settings);
      if (!mayBeTraefik(controller)) continue;
      if (entryPoints) yield* lostEntryPoints(ingress, asked, entryPoints, controller);
      if (ingress.tls && asked.value.trim() === 'web') yield ingressAtWeb(ingress, asked);
    }
    if (entryPoints) {
      const own = parents.filter(({ parent }) => parent === entryPoints.workload);
      const served = new Set(own.filter(({ state }) => state !== 'broken').map(({ route }) => route));
      for (const link of own) yield* lost(link, entryPoints, !served.has(link.route));
    }
    const elsewhere = new Set(parents.filter(({ port }) => port !== 80).map(({ route }) => route));
    for (const route of model.routes.filter(isTraefikRoute)) {
      if (!elsewhere.has(route)) yield* onlyPlain(route);
    }
  },
});

/** A template that is not rendered may hold the class, and so may a chart from elsewhere, unless it is a slip of the pen. */
function isUnknown(className: string, model: Model): boolean {
  const { ingressClasses, ingressClass, classesElsewhere, unread, others } = model;
  if (ingressClasses.length === 0 || unread.length > 0 || ingressClass(className)) return false;
  if (classesElsewhere.has(className)) return false;
  if (!others.some(({ kind }) => CHARTS.has(kind))) return true;
  return model.budget.allows(ingressClasses.length, ingressClasses[0]!)
    ? nearest(
        className,
        ingressClasses.map(({ name }) => name),
      ).length > 0
    : false;
}

/** Objects whose controllers apply charts. */
const CHARTS: ReadonlySet<string> = new Set(['HelmRelease', 'HelmChart', 'Application', 'ApplicationSet']);

/** Every controller of the input is an ingress-nginx that leaves out an Ingress without a class (S-136, S-147). */
const isClassNeeded = ({
  ingressClasses,
  ingressClass,
  classesElsewhere,
  workloads,
  unread,
}: Model): boolean =>
  ingressClasses.length > 0 &&
  unread.length === 0 &&
  [...classesElsewhere].every((name) => ingressClass(name)) &&
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
  stopsTraffic: true,
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
  stopsTraffic: true,
  labels: [{ at: className.at, message: 'no class has an empty name' }],
  notes: ['the API server rejects an empty `ingressClassName`; only a missing one gets the default class'],
  help: ['remove the field, or name a class'],
});

function unknownClass(ingress: Ingress, className: Located<string>, model: Model): Report {
  const ingressClasses = model.budget.allows(model.ingressClasses.length, ingress)
    ? model.ingressClasses
    : [];
  const names = ingressClasses.map(({ name }) => name).toSorted();
  const [meant] = nearest(className.value, names);
  const shown = ingressClasses.filter(({ name }) => name === meant || meant === undefined).slice(0, 4);
  return {
    message: `${describe(ingress)} asks for class \`${className.value}\`, and no IngressClass of the input has this name`,
    resources: [ingress],
    field: 'spec.ingressClassName',
    stopsTraffic: true,
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

const leftOut = (ingress: Ingress, asked: Located<string>, told: ToldClass): Report => ({
  message: `${describe(ingress)} asks for class \`${asked.value}\`, and ${describe(told.workload)} is told to serve class \`${told.className}\` alone`,
  resources: [ingress, told.workload],
  field: 'spec.ingressClassName',
  stopsTraffic: true,
  labels: [
    { at: asked.at, message: 'another class' },
    { at: told.flag.at, message: 'the class of the controller' },
  ],
  notes: ['it is the only controller of the input; without one outside of it, nobody serves this Ingress'],
  help: [`ask for class \`${told.className}\`, or change the flag`],
});

const noClass = (ingress: Ingress, { ingressClasses }: Model): Report => ({
  message: `${describe(ingress)} names no class, no IngressClass of the input is the default one, and ingress-nginx leaves such an Ingress out`,
  resources: [ingress],
  field: 'spec.ingressClassName',
  stopsTraffic: true,
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

const mayBeTraefik = ({ name }: RouteController): boolean => name === 'traefik' || name === 'unknown';

function* lostEntryPoints(
  ingress: Ingress,
  asked: Located<string>,
  { workload, flags }: EntryPoints,
  controller: RouteController,
): Generator<Report> {
  // Traefik makes the entry point `traefik` by itself when its dashboard or ping needs one.
  const known = [...flags.keys(), 'traefik'];
  const points = asked.value
    .split(',')
    .map((one) => one.trim())
    .filter((one) => one !== '');
  const unknown = points.filter((point) => !known.includes(point.toLowerCase()));
  const isUnserved =
    unknown.length === points.length && controller.name === 'traefik' && isDecidedBy(workload, ingress);
  for (const point of unknown) {
    yield {
      ...lostEntryPoint(ingress, { point, at: asked.at }, { workload, flags }),
      ...(isUnserved ? UNSERVED : {}),
      field: `metadata.annotations[${ENTRY_POINTS}][${point}]`,
    };
  }
}

/** Traefik adds no router of which it knows no entry point at all ("No valid entryPoint for this router"). */
const UNSERVED = { severity: 'error', stopsTraffic: true } as const;

/** The Traefik of the input serves the route, and none from elsewhere. */
const isDecidedBy = (workload: Workload, route: Resource): boolean => !areApart(workload, route);

const lostEntryPoint = (
  route: Resource,
  { point, at }: { readonly point: string; readonly at: Location },
  { workload, flags }: Pick<EntryPoints, 'workload' | 'flags'>,
): Omit<Report, 'field'> => ({
  message: `${describe(route)} asks for entry point \`${point}\`, which ${describe(workload)} does not open`,
  resources: [route, workload],
  labels: [
    { at, message: 'no flag of Traefik defines it' },
    ...[...flags].slice(0, 4).map(([one, flag]) => ({ at: flag.at, message: `entry point \`${one}\`` })),
  ],
  notes: ['Traefik makes no route for an entry point that it does not have, and says so in its log only'],
});

/** The same for routes of Traefik's own kinds, which say more: what they carry. */
function* lost(link: ParentLink, entryPoints: EntryPoints, isUnserved: boolean): Generator<Report> {
  const { route, from, to, fault } = link;
  const at = from.at;
  const point = from.port?.name;
  if (link.state !== 'broken' || !at || point === undefined) return;
  const { field } = from;
  const more = isUnserved && isDecidedBy(entryPoints.workload, route) ? UNSERVED : {};
  if (fault === 'no-listener') {
    const [meant] = nearest(point, [...entryPoints.flags.keys()]);
    yield {
      ...lostEntryPoint(route, { point, at }, entryPoints),
      ...more,
      field,
      link,
      fixes:
        meant === undefined
          ? []
          : [
              {
                title: `ask for entry point \`${meant}\``,
                applicability: 'unsafe',
                edits: [{ at, text: meant }],
              },
            ],
    };
  } else if (to?.at) {
    yield {
      ...more,
      message: `${describe(route)} asks for entry point \`${point}\` of ${describe(entryPoints.workload)}, which is one for ${to.port?.protocol}`,
      resources: [route, entryPoints.workload],
      field,
      link,
      labels: [
        { at, message: `${route.kind} carries another protocol` },
        { at: to.at, message: `opened for ${to.port?.protocol}` },
      ],
      notes: ['Traefik makes no route for an entry point of another protocol, and says so in its log only'],
    };
  }
}

/** By TLS alone, where clients come without: `web` is the entry point of plain HTTP, by the chart and in k3s. */
function* onlyPlain(route: TraefikRoute): Generator<Report> {
  const [only, ...others] = route.parents;
  if (route.kind !== 'IngressRoute' || !route.tlsAt || only?.name.value !== 'web' || others.length > 0)
    return;
  yield {
    ...tlsAtWeb(route, only.name, [{ at: route.tlsAt, message: 'serves TLS alone' }]),
    field: 'spec.entryPoints[web]',
    notes: [
      'a route with `tls` answers no plain request: `http://` gets 404 here, and `https://` gets 404 at the entry point that the route leaves out',
    ],
    help: ['ask for `websecure`, or take `tls` out'],
  };
}

/** The section `tls` of an Ingress names certificates; which entry points serve it, the annotation says. */
const ingressAtWeb = (ingress: Ingress, asked: Located<string>): Report => ({
  ...tlsAtWeb(
    ingress,
    asked,
    ingress.tlsHosts.slice(0, 1).map(({ at }) => ({ at, message: 'meant for TLS' })),
  ),
  field: `metadata.annotations[${ENTRY_POINTS}]`,
  notes: ['`https://` gets 404 at the entry point that the Ingress leaves out'],
  help: ['ask for `web,websecure`, or for `websecure` alone'],
});

const tlsAtWeb = (
  route: Resource,
  at: Location,
  others: readonly Label[],
): Pick<Report, 'message' | 'resources' | 'labels'> => ({
  message: `${describe(route)} has a section \`tls\`, and asks for entry point \`web\` alone, where clients come without TLS`,
  resources: [route],
  labels: [{ at, message: 'usually port 80' }, ...others],
});

export default unservedIngress;
