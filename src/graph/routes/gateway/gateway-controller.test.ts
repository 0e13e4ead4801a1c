import { expect, test } from 'vitest';
import { isGateway, isListenerSet } from '../../../model/gateway-api.ts';
import { graphOf } from '../../../testing/graph-of.ts';
import type { ControllerName } from '../../links/controller.ts';
import { gatewayController } from './gateway-controller.ts';
import { gatewayIndex } from './gateway-index.ts';

const gateway = (className: string): string => `
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: { name: gate }
spec: { gatewayClassName: ${className}, listeners: [{ name: http, port: 80, protocol: HTTP }] }
---
apiVersion: gateway.networking.k8s.io/v1
kind: ListenerSet
metadata: { name: more }
spec: { parentRef: { name: gate }, listeners: [{ name: extra, port: 81, protocol: HTTP }] }
`;
const gatewayClass = (controller: string): string => `
apiVersion: gateway.networking.k8s.io/v1
kind: GatewayClass
metadata: { name: outside }
spec: { controllerName: ${controller} }
`;

test.each<[string, string, [string, ControllerName][], [ControllerName, boolean]]>([
  [
    'its class says so',
    `${gateway('outside')}---${gatewayClass('traefik.io/gateway-controller')}`,
    [],
    ['traefik', true],
  ],
  ['another controller', `${gateway('outside')}---${gatewayClass('example.com/gate')}`, [], ['other', true]],
  ['a name makes it likely', gateway('istio'), [], ['istio', false]],
  ['nothing is known', gateway('outside'), [], ['unknown', false]],
  ['the configuration says so', gateway('outside'), [['outside', 'contour']], ['contour', true]],
])('who serves a Gateway: %s', (_, yaml, configured, [name, certain]) => {
  const { model } = graphOf(yaml);
  const settings = { controllers: new Map(configured) };
  const owners = [
    ...model.ofKind('Gateway').filter(isGateway),
    ...model.ofKind('ListenerSet').filter(isListenerSet),
  ];
  expect(owners.length).toBe(2);
  for (const owner of owners) {
    const controller = gatewayController(owner, gatewayIndex(model), settings);
    expect([controller.name, controller.certain]).toEqual([name, certain]);
  }
});
