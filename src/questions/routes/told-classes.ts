import type { ControllerName } from '../../graph/links/controller.ts';
import type { Ingress } from '../../model/ingress.ts';
import type { Workload } from '../../model/model.ts';
import { isPlaceholder } from '../../model/ports.ts';
import type { Model } from '../../model/resource-set.ts';
import type { Located } from '../../text/source.ts';
import { table } from '../../text/table.ts';
import { runs } from './controller-programs.ts';

/** A controller of the input that a flag tells the one class it serves. */
export interface ToldClass {
  readonly workload: Workload;
  readonly controller: ControllerName;
  readonly flag: Located<string>;
  readonly className: string;
}

interface Program {
  readonly controller: ControllerName;
  /** Before the name of the class. */
  readonly flag: RegExp;
  /** What its IngressClasses name as their controller, before a slash and the class; undefined where any will do. */
  readonly ofClass?: string;
}

const PROGRAMS: readonly Program[] = [
  {
    controller: 'haproxy',
    flag: /^--ingress\.class=/,
    // `IsIngressClassSupported` in pkg/store/types.go at fc1206761aa7.
    ofClass: 'haproxy.org/ingress-controller',
  },
  {
    controller: 'haproxy-ingress',
    flag: /^--ingress-class=/,
  },
  {
    controller: 'ingress-nginx',
    flag: /^--ingress-class=/,
  },
  {
    controller: 'traefik',
    flag: /^--providers\.kubernetesingress\.ingressclass=/i,
  },
];

/** The only controller of the input, where a flag tells it its class. Of several, each may have a class of its own. */
export function onlyToldClass(model: Model): ToldClass | undefined {
  const [only, ...others] = model.workloads.flatMap((workload) =>
    workload.template.containers.flatMap((container) => {
      const program = PROGRAMS.find(({ controller }) => runs(controller, container));
      return program ? [{ workload, container, program }] : [];
    }),
  );
  if (!only || others.length > 0) return undefined;
  const { workload, container, program } = only;
  const flag = [...(container.command ?? []), ...(container.args ?? [])].find(({ value }) =>
    program.flag.test(value),
  );
  const className = flag?.value.replace(program.flag, '') ?? '';
  if (!flag || className === '' || isPlaceholder({ value: className })) return undefined;
  return { workload, controller: program.controller, flag, className };
}

/** Names that only one program's users give a class. */
const USUAL = table<readonly ControllerName[]>({
  nginx: ['ingress-nginx'],
  haproxy: ['haproxy', 'haproxy-ingress'],
  traefik: ['traefik'],
});

/**
 * Whether a controller leaves an Ingress out that is meant for it: it asks for the class that this program usually has,
 * or for one whose IngressClass names the program, and the flag says another.
 */
export function isLeftOut(ingress: Ingress, asked: Located<string>, told: ToldClass, model: Model): boolean {
  if (asked.value === told.className || isPlaceholder(asked)) return false;
  const { controller } = model.ingressClass(asked.value) ?? {};
  if (!controller) return USUAL[asked.value]?.includes(told.controller) === true && !ingress.unsettled;
  const { ofClass } = PROGRAMS.find((one) => one.controller === told.controller)!;
  return controller.value === ofClass;
}
