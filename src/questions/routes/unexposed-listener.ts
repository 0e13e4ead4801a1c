import type { RouteController } from '../../graph/links/controller.ts';
import type { Resource, Service, Workload } from '../../model/model.ts';
import type { Located, Location } from '../../text/source.ts';
import type { Scalar } from '../../text/yaml-node.ts';

/** A port that a Gateway listens on and its data plane does not open, or does not carry to where clients are. */
export interface UnexposedListener {
  readonly owner: Resource;
  /** Path of the port in its owner, by name. */
  readonly field: string;
  readonly port: Located<Scalar>;
  readonly number: number;
  /** `entry-point`: the process opens no such port. `service-port`: its Service has none that leads there. */
  readonly lacks: 'entry-point' | 'service-port';
  /** What lacks it; undefined for a data plane that is not in the input and known by its defaults. */
  readonly by: Workload | Service | undefined;
  readonly opened: readonly { readonly number: number; readonly name: string; readonly at: Location }[];
  /** The port that was probably meant. */
  readonly meant: number | undefined;
  readonly controller: RouteController;
}
