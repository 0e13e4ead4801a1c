import { GATEWAY_GROUP, isGateway, isListenerSet } from '../../../model/gateway-api.ts';
import type { Resource } from '../../../model/model.ts';
import { table } from '../../../text/table.ts';
import type { ControllerName, RouteController } from '../../links/controller.ts';
import type { Settings } from '../../links/settings.ts';
import type { GatewayIndex } from './gateway-index.ts';

const BY_CONTROLLER = table<ControllerName>({
  'traefik.io/gateway-controller': 'traefik',
  'istio.io/gateway-controller': 'istio',
  'projectcontour.io/gateway-controller': 'contour',
  'networking.gke.io/gateway': 'gke',
});

/** Names that an implementation gives its class by itself. */
const BY_NAME = table<ControllerName>({
  traefik: 'traefik',
  istio: 'istio',
  contour: 'contour',
});

/** Who serves a Gateway: its GatewayClass says so, and without that its class name makes it likely. */
export function gatewayController(
  parent: Resource | undefined,
  index: Pick<GatewayIndex, 'controllers' | 'owners'>,
  settings: Pick<Settings, 'controllers'>,
): RouteController {
  const className = parent && classOf(parent, index);
  if (className === undefined) return { name: 'unknown', certain: false, className };
  const said = index.controllers.get(className);
  if (said) return { name: BY_CONTROLLER[said] ?? 'other', certain: true, className };
  const configured = settings.controllers.get(className);
  if (configured) return { name: configured, certain: true, className };
  return { name: BY_NAME[className] ?? 'unknown', certain: false, className };
}

function classOf(parent: Resource, { owners }: Pick<GatewayIndex, 'owners'>): string | undefined {
  if (isGateway(parent)) return parent.className?.value;
  if (!isListenerSet(parent) || !parent.parentRef) return undefined;
  const { namespace, name } = parent.parentRef;
  const [gateway] = owners(GATEWAY_GROUP, 'Gateway', namespace?.value ?? parent.namespace, name.value);
  return gateway && classOf(gateway, { owners });
}
