/** A page in a browser is given manifests alone: what reads logs is left out of it. */
export const noLogs = {
  name: 'no-logs',
  setup(build) {
    build.onLoad({ filter: /\/process\/logs\/[\w-]+\.ts$/ }, () => ({
      contents: `
        const never = () => { throw new Error('no logs are read here'); };
        export { never as listeningPorts, never as withLog };`,
    }));
  },
};
