import type { ConfigFormat } from '../../knowledge/image-fact.ts';
import { readCaddyFiles } from './caddyfile.ts';
import type { ConfigReader } from './config-file.ts';
import { readCorefiles } from './corefile.ts';
import { readGrafanaFiles } from './grafana.ts';
import { readHaproxyFiles } from './haproxy.ts';
import { readHttpdFiles } from './httpd.ts';
import { readLokiFiles } from './loki.ts';
import { readMongodFiles } from './mongod.ts';
import { readMosquittoFiles } from './mosquitto.ts';
import { readNginxFiles } from './nginx.ts';
import { readOtelFiles } from './otel-collector.ts';
import { readPostgresqlFiles } from './postgresql.ts';
import { readRabbitmqFiles } from './rabbitmq.ts';
import { readRedisFiles } from './redis.ts';
import { readSpringFiles } from './spring.ts';
import { readTraefikFiles } from './traefik.ts';

const READERS: Readonly<Record<ConfigFormat, ConfigReader>> = {
  nginx: readNginxFiles,
  redis: readRedisFiles,
  mongod: readMongodFiles,
  mosquitto: readMosquittoFiles,
  haproxy: readHaproxyFiles,
  caddyfile: readCaddyFiles,
  postgresql: readPostgresqlFiles,
  spring: readSpringFiles,
  grafana: readGrafanaFiles,
  'otel-collector': readOtelFiles,
  traefik: readTraefikFiles,
  corefile: readCorefiles,
  rabbitmq: readRabbitmqFiles,
  loki: readLokiFiles,
  httpd: readHttpdFiles,
};

/** The reader of a format; it answers with doubts where it does not understand. */
export const configReaderOf = (format: ConfigFormat): ConfigReader => READERS[format];
