import { request } from 'node:http';
import { asked, CONTROLLER } from './cluster.ts';

/** Whether a client outside gets an answer of the application. */
export function isAnsweredOutside(host: string): Promise<boolean> {
  const [address, port] = CONTROLLER.split(':');
  return new Promise((resolve) => {
    const asking = request(
      { host: address, port, path: '/', headers: { host }, agent: false, timeout: 10_000 },
      (response) => {
        response.resume();
        resolve(response.statusCode === 200);
      },
    );
    asking.on('timeout', () => asking.destroy());
    asking.on('error', () => resolve(false));
    asking.end();
  });
}

/** A Pod in which clients run. */
export const clientYaml = (namespace: string): string => `
apiVersion: v1
kind: Pod
metadata: { name: client, namespace: ${namespace} }
spec:
  terminationGracePeriodSeconds: 0
  containers: [{ name: client, image: 'busybox:1.35', command: [sleep, '3600'] }]
`;

/** Which of these places answer a client in the cluster with HTTP. */
export function answeredInside(
  namespace: string,
  places: readonly (readonly [host: string, port: number])[],
): boolean[] {
  const script = `
rm -rf /tmp/met; mkdir /tmp/met; i=0
while [ $# -gt 1 ]; do
  ( printf 'GET / HTTP/1.0\\r\\n\\r\\n' | timeout 8 nc -w 5 "$1" "$2" 2>/dev/null | head -c 8 > /tmp/met/$i ) &
  i=$((i + 1)); shift 2
  [ $((i % 10)) -eq 0 ] && wait
done
wait
n=0; while [ $n -lt $i ]; do echo "$(cat /tmp/met/$n)"; n=$((n + 1)); done`;
  const words = places.flatMap(([host, port]) => [host, String(port)]);
  const lines = asked(['-n', namespace, 'exec', 'client', '--', 'sh', '-c', script, 'dial', ...words]).split(
    '\n',
  );
  return places.map((_, index) => lines[index]?.startsWith('HTTP/') === true);
}
