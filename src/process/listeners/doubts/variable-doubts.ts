import type { Setting } from '../../../knowledge/image-fact.ts';
import { nounOf } from '../../../knowledge/noun.ts';
import { type WrittenSetting, wordSetting } from '../grounds/written-setting.ts';
import type { Reader, Wordings } from './wording.ts';

/** A variable, with where a person would say it is set: `ConfigMap shop/web`. */
interface Variable {
  readonly variable: string;
  readonly from: string;
}

/** What can set any variable; undefined for envFrom. */
interface Unseen {
  readonly unseen: string | undefined;
}

/** What a switch does where it is on. */
interface Switching {
  readonly effect: 'opens' | 'makes-plain';
  readonly port: number;
}

/** What can be unknown of settings: variables, and flags that were found. */
export interface VariableDoubts {
  readonly 'variable-moves': Reader & { readonly variable: string };
  readonly 'unseen-sets': Reader & Unseen & { readonly variable: string };
  readonly 'unseen-sets-unknown': Reader & Unseen;
  readonly 'variable-unlisted': Reader & Variable;
  readonly 'link-in-variable': Reader & Variable;
  readonly 'value-outside': Variable;
  /** `value`: undefined where it may be secret. */
  readonly 'variable-unreadable': Variable & {
    readonly value: string | undefined;
    readonly form: Setting['form'];
  };
  readonly 'flag-unreadable': { readonly setting: WrittenSetting; readonly form: Setting['form'] };
  readonly 'default-repeated': { readonly flag: WrittenSetting; readonly variable: WrittenSetting };
  readonly 'switch-unclear': Variable & Switching;
  readonly 'unseen-switches': Switching & { readonly variable: string };
}

export const VARIABLE_DOUBTS: Wordings<VariableDoubts> = {
  'variable-moves': ({ variable, fact }) => `${variable} can move ports of ${nounOf(fact)}`,
  'unseen-sets': ({ unseen = ENV_FROM, variable, fact }) =>
    `${unseen} can set ${variable}, which ${nounOf(fact)} reads`,
  'unseen-sets-unknown': ({ unseen = ENV_FROM, fact }) =>
    `${unseen} can set variables of ${nounOf(fact)} that are not known`,
  'variable-unlisted': ({ variable, from, fact }) =>
    `whether ${nounOf(fact)} reads ${variable} from ${from} is not known`,
  'link-in-variable': ({ variable, from, fact }) =>
    `${from} puts a value of its own into ${variable}, which ${nounOf(fact)} reads`,
  'value-outside': ({ variable, from }) => `the value of ${variable} from ${from} is not in the input`,
  'variable-unreadable': ({ variable, value, from, form }) =>
    `${variable}${value === undefined ? '' : `=${JSON.stringify(value)}`} from ${from} is not a ${FORMS[form]}`,
  'flag-unreadable': ({ setting, form }) => `${wordSetting(setting)} is not a ${FORMS[form]}`,
  'default-repeated': ({ flag, variable }) =>
    `${wordSetting(flag)} repeats the default, while ${wordSetting(variable)} says another port`,
  'switch-unclear': ({ variable, from, ...switching }) =>
    `whether ${variable} from ${from} ${wordEffect(switching)} is not known`,
  'unseen-switches': ({ variable, ...switching }) =>
    `${ENV_FROM} can set ${variable}, which ${wordEffect(switching)}`,
};

const ENV_FROM = 'an envFrom source that is not in the input';

const FORMS: Record<Setting['form'], string> = {
  port: 'port number',
  address: 'listen address with a port',
  host: 'wildcard or loopback address',
  list: 'list of ports or listen addresses',
  listen: 'list of ports or listen addresses',
};

const wordEffect = ({ effect, port }: Switching): string =>
  effect === 'opens' ? `opens ${port}` : `makes ${port} plain`;
