import type { PortGraph } from '../graph/links/port-graph.ts';
import type { NearMiss, SelectorLink } from '../graph/links/service-links.ts';
import { isGivenAtRunTime } from '../graph/services/near-miss.ts';
import { areApart, mayShareNamespace } from '../model/apart.ts';
import { describe } from '../model/describe.ts';
import type { Service, Workload } from '../model/model.ts';
import { isPlaceholder } from '../model/ports.ts';
import { keyBefore } from '../text/key-before.ts';
import { spell } from '../text/spell.ts';
import { defineRule, type Fix, type Label, type Report, type Rule } from './rule.ts';

const unmatchedSelector: Rule = defineRule({
  id: 'unmatched-selector',
  severity: 'error',
  summary: 'The selector of a Service matches no Pod template of its namespace.',

  *check(graph) {
    for (const link of graph.selectors) {
      // Labels that are added before it is applied may be those that are selected.
      if (link.workload || link.service.unsettled?.labels) continue;
      if (link.state === 'broken' && link.nearest) yield missed(link, link.nearest);
      else if (isApart(link)) yield { ...missed(link, link.nearest!), severity: 'warning' };
      else if (isNotable(link.service, graph)) yield unmatched(link, graph);
    }
  },
});

/** One of them says no namespace; without `-n` they do not meet. */
const isApart = ({ service, nearest }: SelectorLink): boolean =>
  nearest?.why === 'namespace' &&
  Boolean(service.unplaced ?? nearest.workload.unplaced) &&
  !mayShareNamespace(service, nearest.workload);

const WHY =
  'a selector is compared with the labels of Pods of its own namespace, and all of it must match; a Service without Pods has no endpoints, and Kubernetes reports no error';

const base = (link: SelectorLink): Pick<Report, 'field' | 'link' | 'notes'> => ({
  field: 'spec.selector',
  link,
  notes: [WHY],
});

/** A workload was plainly meant. */
function missed(link: SelectorLink, { workload, why, key, meantKey }: NearMiss): Report {
  const { service } = link;
  const resources = [service, workload];
  switch (why) {
    case 'own-labels':
      return {
        ...base(link),
        resources,
        message: `${describe(service)} selects labels of ${describe(workload)} itself, which its Pods do not have`,
        labels: [
          { at: service.selectorAt, message: 'matches no Pod' },
          { at: workload.template.labelsAt, message: 'the labels of the Pods' },
        ],
        help: ['write the labels into the Pod template, or select those that are there'],
      };
    case 'namespace':
      return {
        ...base(link),
        resources,
        message: `${describe(service)} selects nothing in its namespace; ${describe(workload)} has these labels in namespace \`${workload.namespace}\``,
        labels: [
          { at: service.selectorAt, message: `matches no Pod of namespace \`${service.namespace}\`` },
          { at: workload.nameAt, message: `in namespace \`${workload.namespace}\`` },
        ],
        help: ['put the Service and its Pods into one namespace'],
      };
    case 'label':
      return meantKey ? misspelt(link, workload, key!, meantKey) : differs(link, workload, key!);
  }
}

function differs(link: SelectorLink, workload: Workload, key: string): Report {
  const { service } = link;
  const wanted = service.selector.get(key)!;
  const there = workload.template.labels.get(key);
  return {
    ...base(link),
    resources: [service, workload],
    message: there
      ? `${describe(service)} selects \`${key}: ${wanted.value}\`, and ${describe(workload)} has \`${key}: ${there.value}\``
      : `${describe(service)} selects \`${key}: ${wanted.value}\`, a label that the Pods of ${describe(workload)} lack`,
    labels: [
      { at: wanted.value === '' ? service.selectorAt : wanted.at, message: 'matches no Pod' },
      there && there.value !== ''
        ? { at: there.at, message: "the Pods' label" }
        : { at: workload.template.labelsAt, message: `no \`${key}\` with this value here` },
    ],
    help: there ? [] : [`add the label to the Pod template, or take \`${key}\` out of the selector`],
    fixes: there ? agreeing(service, workload) : [],
  };
}

function misspelt(link: SelectorLink, workload: Workload, key: string, meantKey: string): Report {
  const { service } = link;
  const [wanted, there] = [service.selector.get(key)!, workload.template.labels.get(meantKey)!];
  const at = keyBefore(wanted.at, key);
  const theirs = keyBefore(there.at, meantKey);
  return {
    ...base(link),
    resources: [service, workload],
    message: `${describe(service)} selects by \`${key}\`, and the Pods of ${describe(workload)} have \`${meantKey}: ${there.value}\``,
    labels: [
      { at: at ?? wanted.at, message: 'the Pods have no label of this key' },
      { at: theirs ?? there.at, message: 'the key of theirs' },
    ],
    help: at ? [] : [`write \`${meantKey}\` for \`${key}\` in the selector`],
    fixes: [
      ...(at ? [{ title: `select by \`${meantKey}\``, edits: [{ at, text: meantKey }] }] : []),
      ...(theirs ? [{ title: `label the Pods by \`${key}\``, edits: [{ at: theirs, text: key }] }] : []),
    ].map((one): Fix => ({ ...one, applicability: 'unsafe' })),
  };
}

/** Makes the selector say what the labels say, or the labels what the selector says, where every key of it is among them. */
function agreeing(service: Service, workload: Workload): Fix[] {
  const pairs = [...service.selector].map(([key, wanted]) => ({
    wanted,
    there: workload.template.labels.get(key),
  }));
  if (pairs.some(({ wanted, there }) => !there?.value || wanted.value === '')) return [];
  const differing = pairs.filter(({ wanted, there }) => wanted.value !== there!.value);
  const [first] = differing;
  return [
    {
      title:
        differing.length === 1
          ? `select \`${first!.there!.value}\``
          : `select what the Pods of ${describe(workload)} have`,
      applicability: 'unsafe',
      edits: differing.map(({ wanted, there }) => spell(wanted.at, there!.value)),
    },
    {
      title:
        differing.length === 1
          ? `label the Pods \`${first!.wanted.value}\``
          : `label the Pods as ${describe(service)} selects them`,
      applicability: 'unsafe',
      edits: differing.map(({ wanted, there }) => spell(there!.at, wanted.value)),
    },
  ];
}

/** Pods are in the input, and nothing else in it is seen to make some that would match. */
function isNotable(service: Service, { model, workloadsOf }: PortGraph): boolean {
  const { namespace, name, selector } = service;
  const workloads = workloadsWith(service, model);
  return (
    workloads.length > 0 &&
    model.unread.length === 0 &&
    !model.others.some(({ group }) => mayMakePods(group)) &&
    ![...selector].some(
      ([key, value]) =>
        isPlaceholder(value) ||
        isGivenAtRunTime(key) ||
        workloads.some(({ template }) => isPlaceholder(template.labels.get(key))),
    ) &&
    // Of two definitions, the one that is applied last may be the one that matches.
    !model.servicesNamed(namespace, name).some((one) => workloadsOf(one).length > 0)
  );
}

/** Those of its namespace, unless that is none but by chance. */
const workloadsWith = (service: Service, model: PortGraph['model']): readonly Workload[] =>
  (model.budget.allows(model.workloadsIn(service.namespace).length, service)
    ? model.workloadsIn(service.namespace)
    : []
  ).filter((workload) => !areApart(service, workload));

/** Groups of custom resources have a dot; those of Kubernetes itself end in k8s.io. */
const mayMakePods = (group: string): boolean => group.includes('.') && !group.endsWith('.k8s.io');

function unmatched(link: SelectorLink, { model }: PortGraph): Report {
  const { service, nearest } = link;
  const { length } = workloadsWith(service, model);
  const near: Label[] = nearest
    ? [{ at: nearest.workload.template.labelsAt, message: `the nearest: ${describe(nearest.workload)}` }]
    : [];
  return {
    ...base(link),
    severity: 'warning',
    resources: nearest ? [service, nearest.workload] : [service],
    message: `${describe(service)} selects nothing: ${length === 1 ? 'the only workload of its namespace in the input has' : `all ${length} workloads of its namespace in the input have`} other labels`,
    labels: [{ at: service.selectorAt, message: 'matches no Pod template of the input' }, ...near],
    help: ['check the labels, or give the manifest that makes these Pods as input too'],
  };
}

export default unmatchedSelector;
