/**
 * The circles of a graph of imports: groups of modules of which each reaches every other one, in the order in which
 * they are met (Tarjan's strongly connected components of more than one member).
 */
export function circlesIn(importsOf: ReadonlyMap<string, readonly string[]>): string[][] {
  const order = new Map<string, number>();
  const lowest = new Map<string, number>();
  const open: string[] = [];
  const circles: string[][] = [];
  const visit = (module: string): number => {
    const at = order.size;
    order.set(module, at);
    lowest.set(module, at);
    open.push(module);
    for (const next of importsOf.get(module) ?? []) {
      if (next === module) circles.push([module]);
      const reached = order.has(next) ? (open.includes(next) ? order.get(next)! : at) : visit(next);
      lowest.set(module, Math.min(lowest.get(module)!, reached));
    }
    if (lowest.get(module) === at) {
      const members = open.splice(open.indexOf(module));
      if (members.length > 1) circles.push(members);
    }
    return lowest.get(module)!;
  };
  for (const module of importsOf.keys()) if (!order.has(module)) visit(module);
  return circles;
}
