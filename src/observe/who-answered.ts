import { FORWARDED, ownAnswer } from './controllers.ts';
import type { HttpAnswer } from './http-answer.ts';

export interface Answerer {
  /** Undefined where it may have been either. */
  readonly by: 'controller' | 'application' | undefined;
  /** Who it is, where the answer tells: `Traefik`. */
  readonly controller?: string | undefined;
}

/**
 * Whose answer came through a controller.
 *
 * @param answer what the controller sent
 * @param direct what the application sent to the same request without the controller; undefined where it did not answer
 */
export function whoAnswered(answer: HttpAnswer, direct: HttpAnswer | undefined): Answerer {
  if (FORWARDED.some(({ header }) => answer.headers[header] !== undefined)) return { by: 'application' };
  const own = ownAnswer(answer);
  const isSame = direct !== undefined && direct.status === answer.status && isAlike(direct.body, answer.body);
  if (own && !own.isCommon) return { by: 'controller', controller: own.controller };
  if (own) return isSame ? { by: undefined } : { by: 'controller', controller: own.controller };
  // Nobody but an application is content, redirects within itself, or asks for a login; who refuses may be either.
  if (isSame || (answer.status >= 200 && answer.status < 300)) return { by: 'application' };
  return direct && direct.status === answer.status ? { by: 'application' } : { by: undefined };
}

/** Pages hold times and tokens: the start has to be the same. */
const isAlike = (one: string, other: string): boolean => one.slice(0, ALIKE) === other.slice(0, ALIKE);
const ALIKE = 64;
