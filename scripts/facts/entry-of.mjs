// The entry of an image, as far as its configuration tells: a beginning, from memory until somebody reads its sources.

/** @param taken ids that other entries have */
export function entryOf(name, { env, entrypoint, cmd, user, exposed }, day, taken) {
  const parts = name.split('/');
  const last = parts.at(-1).toLowerCase().replaceAll('_', '-');
  const id = taken.has(last) ? `${parts.at(-2) ?? 'other'}-${last}`.replace(/[^a-z0-9.-]/g, '-') : last;
  const variables = [...env].filter(([, value]) => /^:?\d{1,5}$|^\S+:\d{1,5}$/.test(value));
  const ports = exposed.map(({ port, protocol }, index) => {
    const moving = variables
      .filter(([, value]) => value.replace(/^.*:/, '') === String(port))
      .map(([variable, value]) => (value.includes(':') ? { name: variable, form: 'address' } : variable));
    return {
      port,
      ...(protocol === 'TCP' ? {} : { protocol }),
      ...(index === 0 ? {} : { role: 'data' }),
      ...(moving.length > 0 ? { env: moving } : {}),
    };
  });
  const [program] = [...(entrypoint ?? []), ...(cmd ?? [])].map((word) =>
    word.slice(word.lastIndexOf('/') + 1),
  );
  const account = user?.split(':')[0];
  return {
    id,
    match: [name],
    ports,
    honoursPort: variables.some(([variable]) => variable === 'PORT') ? 'yes' : 'no',
    variablesComplete: false,
    ...(program && !/\.sh$|^(?:sh|bash|ash|tini|dumb-init|env)$/.test(program)
      ? { programs: [program] }
      : {}),
    // Until somebody says where it keeps its settings, any volume can hold them.
    statePaths: ['/'],
    otherArgsHarmless: false,
    bind: 'all',
    ...(account ? { user: /^\d+$/.test(account) ? Number(account) : account } : {}),
    status: 'from memory',
    checked: day,
    source: [],
    cases: [
      { ports: exposed.map(({ port, protocol }) => (protocol === 'TCP' ? port : `${port}/${protocol}`)) },
    ],
    ...(exposed.length === 0 ? { notes: 'The image exposes nothing.' } : {}),
  };
}
