import {
  type Gateway,
  isGateway,
  isListenerSet,
  LISTENER_KINDS,
  type ListenerSet,
} from '../../../model/gateway-api.ts';
import type { Model } from '../../../model/resource-set.ts';

/** What the listeners of the Gateway API belong to, kind by kind in the order of the input. */
export const listenerOwnersOf = (model: Model): (Gateway | ListenerSet)[] =>
  LISTENER_KINDS.flatMap((kind) => model.ofKind(kind)).filter((one) => isGateway(one) || isListenerSet(one));
