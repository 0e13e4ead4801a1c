import { endsOf } from '../graph/links/ends.ts';
import { resourcesOf } from '../graph/links/joined.ts';
import { wordVerdict } from '../graph/links/lacks/lacking.ts';
import type { Link } from '../graph/links/link.ts';
import type { BindLink } from '../graph/links/pod-links.ts';
import { linksOf } from '../graph/links/port-graph.ts';
import type { Contradiction } from '../graph/links/stated.ts';
import { describe } from '../model/describe.ts';
import type { KnownListener } from '../process/listeners/container-process.ts';
import { type Ground, wordGround, wordGrounds } from '../process/listeners/grounds/ground.ts';
import { wordListener } from '../process/listeners/grounds/listener-words.ts';
import { saidOf } from '../questions/observed/said-of-link.ts';
import { sendersOf, sentFrom } from '../questions/services/senders.ts';
import { defineRule, type Label, type Report, type Rule } from './rule.ts';

const contradictedManifest: Rule = defineRule({
  id: 'contradicted-manifest',
  severity: 'warning',
  summary: 'What was seen of the thing that runs contradicts what the manifests say.',

  *check(graph) {
    for (const link of linksOf(graph)) {
      if (link.contradiction) yield contradicted(link, link.contradiction);
      // Where nothing answers on the port that is dialled, the rules about that tell it.
      else if (link.kind === 'bind' && link.state === 'whole' && link.listener?.against?.at) {
        yield moved(link, link.listener, link.listener.against);
      }
    }
  },
});

function contradicted(link: Link, { declared, seen }: Contradiction): Report {
  const { from, to } = endsOf(link);
  const works = declared.state === 'broken';
  const reason = wordVerdict(declared);
  const said = works ? `${saidOf(link)}, which cannot work as it stands: ${reason}` : saidOf(link);
  const far: Label[] = to?.at ? [{ at: to.at, message: 'the other end' }] : [];
  return {
    message: `${said}, but ${wordGround(seen)}`,
    resources: resourcesOf(link),
    field: from.field,
    link,
    labels: [
      {
        at: from.at ?? from.resource.nameAt,
        message: works ? 'was seen to work' : 'what comes this way was seen to fail',
      },
      ...far,
    ],
    notes: [
      ...(works ? [] : [`from the manifests: ${reason}`]),
      ...seenAt(seen),
      works
        ? 'what runs was made of other manifests than these, which break it as soon as they are applied'
        : 'either what runs was made of other manifests than these, or something that they do not say keeps it from working',
    ],
    ...(works ? {} : { stopsTraffic: true }),
  };
}

/** It answers now, and its settings say something else for the next start. */
function moved(link: BindLink, { port, protocol, grounds }: KnownListener, against: KnownListener): Report {
  const { workload } = link;
  const senders = sendersOf(link);
  return {
    message: `${describe(workload)} was seen to listen on ${port}/${protocol}, and its settings say ${against.port}`,
    resources: [...new Set([workload, ...senders.map(({ service }) => service)])],
    field: endsOf(link).from.field,
    link,
    labels: [
      { at: against.at ?? workload.nameAt, message: `says ${against.port}` },
      ...senders.map((sender): Label => ({ at: sentFrom(sender), message: `traffic is sent to ${port}` })),
    ],
    notes: [
      { known: `how ${port} is known: ${wordGrounds(grounds)}` },
      ...(grounds[0] ? seenAt(grounds[0]) : []),
      `how ${against.port} is known: ${wordListener(against)}`,
      'a process reads its settings when it starts, so that the next Pod may listen where nothing is sent',
    ],
  };
}

const seenAt = (seen: Ground): string[] =>
  'time' in seen && seen.time !== undefined ? [`seen at ${seen.time}`] : [];

export default contradictedManifest;
