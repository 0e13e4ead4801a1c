import type { Located } from '../text/source.ts';
import type { Labels } from './model.ts';
import { isPlaceholder } from './ports.ts';

/** A `metav1.LabelSelector`: every label and every expression must hold; one without any matches everything. */
export interface LabelSelector {
  readonly labels: Labels;
  readonly expressions: readonly LabelExpression[];
}

export interface LabelExpression {
  readonly key: string;
  /** `In`, `NotIn`, `Exists`, `DoesNotExist`. */
  readonly operator: string;
  readonly values: readonly Located<string>[];
}

export const isEmpty = ({ labels, expressions }: LabelSelector): boolean =>
  labels.size === 0 && expressions.length === 0;

/** Labels by key, as far as they matter here. */
export type LabelValues = ReadonlyMap<string, { readonly value: string }>;

/**
 * Whether a selector matches an object's labels; undefined where the input cannot tell: a value that another tool
 * fills in, or a label of an object of which only some labels are known.
 *
 * @param isKnown whether a key that `labels` lacks is known to be missing
 */
export function matches(
  { labels: wanted, expressions }: LabelSelector,
  labels: LabelValues,
  isKnown: (key: string) => boolean = () => true,
): boolean | undefined {
  const answers = [
    ...Array.from(wanted, ([key, value]) => isIn([value], labels.get(key), isKnown(key))),
    ...expressions.map(({ key, operator, values }) =>
      holdsFor(operator, values, labels.get(key), isKnown(key)),
    ),
  ];
  if (answers.includes(false)) return false;
  return answers.includes(undefined) ? undefined : true;
}

/** NotIn also holds where the label is missing, as in apimachinery's `labels.Requirement.Matches`. */
function holdsFor(
  operator: string,
  values: LabelExpression['values'],
  label: { readonly value: string } | undefined,
  known: boolean,
): boolean | undefined {
  switch (operator) {
    case 'In':
      return isIn(values, label, known);
    case 'NotIn':
      return not(isIn(values, label, known));
    case 'Exists':
      return label ? true : known ? false : undefined;
    case 'DoesNotExist':
      return label ? false : known ? true : undefined;
    default:
      return undefined;
  }
}

function isIn(
  values: LabelExpression['values'],
  label: { readonly value: string } | undefined,
  known: boolean,
): boolean | undefined {
  if (!label) return known ? false : undefined;
  if (values.some(({ value }) => value === label.value)) return true;
  return isPlaceholder(label) || values.some(isPlaceholder) ? undefined : false;
}

const not = (holds: boolean | undefined): boolean | undefined => (holds === undefined ? undefined : !holds);
