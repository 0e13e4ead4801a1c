/**
 * The strings of an instruction in exec form. `text` for what is no JSON array, which is then shell form; `refused`
 * for an array that holds something other than strings, which BuildKit refuses
 * (moby/buildkit, frontend/dockerfile/parser/line_parsers.go, parseJSON).
 */
export function execForm(text: string): readonly string[] | 'text' | 'refused' {
  if (!text.startsWith('[')) return 'text';
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    return 'text';
  }
  if (!Array.isArray(parsed)) return 'text';
  return parsed.every((item): item is string => typeof item === 'string') ? parsed : 'refused';
}
