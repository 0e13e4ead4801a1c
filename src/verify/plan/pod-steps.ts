import type { Subject } from '../../model/observation.ts';
import { PROC_NET, type Step } from '../step/step.ts';
import type { PodState } from './choose-pod.ts';
import type { Kubectl } from './kubectl.ts';

/** A Pod that declares a hundred ports is not knocked at a hundred times. */
const MOST_PORTS = 8;

/** What one Pod is asked: its logs, its sockets, and each port from outside and from inside. */
export function podSteps(subject: Subject, pod: PodState, kubectl: Kubectl): Step[] {
  const { namespace, name, running, logging, crashed, ports } = pod;
  const own = (...words: readonly string[]): string => kubectl('-n', namespace, ...words);
  const chosen = { namespace, name, running };
  const logOf = (container: string, previous: boolean): Step => ({
    kind: 'log',
    subject: { ...subject, container },
    pod: chosen,
    container,
    previous,
    command: own('logs', name, '-c', container, ...(previous ? ['--previous'] : [])),
  });
  const [first] = running;
  return [
    ...logging.map((container) => logOf(container, false)),
    ...crashed.map((container) => logOf(container, true)),
    ...(first === undefined
      ? []
      : ports.slice(0, MOST_PORTS).flatMap((port): Step[] => [
          {
            kind: 'pod',
            subject,
            pod: chosen,
            port,
            command: own('get', '--raw', `/api/v1/namespaces/${namespace}/pods/${name}:${port}/proxy/`),
          },
          {
            kind: 'localhost',
            subject,
            pod: chosen,
            port,
            command: `${own('port-forward', name, `:${port}`)}  # and curl the port that it names`,
          },
        ])),
    ...(first === undefined
      ? []
      : [
          {
            kind: 'sockets',
            subject,
            pod: chosen,
            command: own('exec', name, '-c', first, '--', 'cat', ...PROC_NET),
          } as const,
        ]),
  ];
}
