import { KubeConfig } from '@kubernetes/client-node/dist/config.js';
import { newClusters, newContexts, newUsers } from '@kubernetes/client-node/dist/config_types.js';
import WebSocket from 'ws';

/**
 * The only door to @kubernetes/client-node, which knows how users prove to an API server who they are, and to
 * WebSockets. Built as a file of its own, so that an install does not grow by its 60 MB and no other run reads it.
 */
export { KubeConfig, newClusters, newContexts, newUsers, WebSocket };
