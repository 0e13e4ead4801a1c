import { areNear, bundleOf, isComplete } from '../text/bundle.ts';
import type { Resource } from './model.ts';

/**
 * Whether nothing tells that two objects are ever applied together: they lie in separate lessons, examples,
 * environments or charts, and stand in one namespace, if at all, because one of them says none.
 */
export const areApart = (one: Resource, other: Resource): boolean =>
  one !== other &&
  !(areNear(one, other) && isNextTo(one, other)) &&
  (areEnvironments(bundleOf(one).path, bundleOf(other).path) ||
    one.unplaced === true ||
    other.unplaced === true ||
    isComplete(bundleOf(one)) ||
    isComplete(bundleOf(other)));

/** Folders that are named for two environments are often applied to two clusters, whatever their namespaces. */
function areEnvironments(one: string, other: string): boolean {
  const [a, b] = [one.split('/'), other.split('/')];
  const parting = a.findIndex((name, index) => name !== b[index]);
  const [mine, its] = [a[parting], b[parting]];
  return mine !== undefined && its !== undefined && ENVIRONMENT.test(mine) && ENVIRONMENT.test(its);
}

const ENVIRONMENT =
  /^(?:(?:env|cluster|overlay)-)?(?:dev(?:el(?:op(?:ment)?)?)?|test(?:ing)?|ci|qa|uat|int(?:egration)?|stag(?:e|ing)|stg|sandbox|demo|pre-?prod(?:uction)?|prod(?:uction)?|live|local|minikube|kind|k3s|eks|gke|aks|aws|gcp|azure)(?:-cluster)?$/i;

/** In one folder, or in one that lies directly in the other's: what is deeper is an example of its own. */
const isNextTo = (one: Resource, other: Resource): boolean => Math.abs(depthOf(one) - depthOf(other)) <= 1;

const depthOf = (one: Resource): number => {
  const { path } = bundleOf(one);
  return path === '' ? 0 : path.split('/').length;
};

/**
 * Whether two namespaces that differ may be one in the end: who applies an object that says none says it, and
 * kustomizations and Flux put all that they take into theirs. In one file they are compared as they stand.
 */
export const mayShareNamespace = (one: Resource, other: Resource): boolean =>
  (one.unplaced === true || other.unplaced === true) &&
  (one.source !== other.source || one.unsettled !== undefined || other.unsettled !== undefined);
