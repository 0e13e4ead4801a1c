import type { ClientLink, MonitorLink, PolicyLink, WebhookLink } from './caller-links.ts';
import type { HostLink } from './node-links.ts';
import type { BindLink, ConfigLink, ProbeLink } from './pod-links.ts';
import type { BackendLink, ParentLink } from './route-links.ts';
import type { EndpointLink, SelectorLink, TargetPortLink } from './service-links.ts';

export type Link =
  | ParentLink
  | BackendLink
  | SelectorLink
  | TargetPortLink
  | EndpointLink
  | BindLink
  | ProbeLink
  | HostLink
  | PolicyLink
  | ClientLink
  | MonitorLink
  | WebhookLink
  | ConfigLink;

export type LinkKind = Link['kind'];
