/** What a `Status` of the API server says, in its words; undefined for any other text. */
export function statusMessage(text: string): string | undefined {
  try {
    const said = JSON.parse(text) as { kind?: unknown; message?: unknown } | null;
    return said?.kind === 'Status' && typeof said.message === 'string' ? said.message : undefined;
  } catch {
    return undefined;
  }
}
