// validateTimeZone: pkg/apis/batch/validation, with the names that Go finds in the tz database.

/** A directory of regions or a name of its own; Go looks for a file, in which case counts. */
const NAME =
  /^[A-Z][A-Za-z]*(?:[+-]\d{1,2}|\d)?(?:[_+-][A-Za-z0-9+-]+(?:_[A-Za-z0-9+-]+)*)?(?:\/[A-Z][\w+-]*)*$/;
/** Of ICU alone, and of three letters that are no name of the tz database. */
const OF_ICU = new Set(
  'ACT AET AGT ART AST BET BST CAT CNT CST CTT EAT ECT IET IST JST MIT NET NST PLT PNT PRT PST SST VST'.split(
    ' ',
  ),
);

/** Why it is no time zone; undefined where it is one. */
export function zoneFault(name: string): string | undefined {
  if (name === '') return 'timeZone must be nil or non-empty string';
  if (name.toLowerCase() === 'local')
    return 'timeZone must be an explicit time zone as defined in https://www.iana.org/time-zones';
  return isKnown(name) ? undefined : `unknown time zone ${name}`;
}

function isKnown(name: string): boolean {
  if (!NAME.test(name) || OF_ICU.has(name) || /^[A-Z]{4,}\//.test(name)) return false;
  if (name.length <= 3 && name !== name.toUpperCase()) return false;
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
