// What registries say of an image now, against what they said when somebody last looked: facts/registry.json.

/** The part of an image's configuration that a fact rests on. */
export const snapshotOf = ({ env, entrypoint, cmd, user, exposed }) => ({
  exposed: exposed.map(({ port, protocol }) => `${port}/${protocol}`).sort(),
  env: Object.fromEntries([...env].filter(([name, value]) => isAboutPorts(name, value))),
  entrypoint: entrypoint ?? [],
  cmd: cmd ?? [],
  user: user ?? '',
});

const isAboutPorts = (name, value) =>
  /PORT|LISTEN|BIND|ADDR|HOST|URLS?$/i.test(name) || /^\S*:?\d{2,5}$/.test(value);

/** One phrase for each part that differs. */
export function differences(before, now) {
  return ['exposed', 'env', 'entrypoint', 'cmd', 'user'].flatMap((part) => {
    const [was, is] = [before[part], now[part]].map((value) => JSON.stringify(value));
    return was === is ? [] : [`${NAMES[part]} was ${was} and is ${is}`];
  });
}

const NAMES = { exposed: 'ExposedPorts', env: 'Env', entrypoint: 'Entrypoint', cmd: 'Cmd', user: 'User' };

/** Ports that an image exposes and its fact knows nothing of. */
export function unknownPorts(fact, { exposed }) {
  const parts = [fact, ...['versions', 'variants', 'subcommands'].flatMap((key) => fact[key] ?? [])];
  const known = new Set(
    parts.flatMap(({ ports = [] }) => ports).map(({ port, protocol = 'TCP' }) => `${port}/${protocol}`),
  );
  return exposed.filter((one) => !known.has(one));
}

/** The newest tag, and the first and last of each boundary between versions. */
export const tagsOf = ({ exceptTags = [], versions = [] }) => [
  ...(exceptTags.some((part) => 'latest'.includes(part)) ? [] : ['latest']),
  ...new Set(versions.flatMap(({ since, before }) => [since, before].filter((one) => one !== undefined))),
];
